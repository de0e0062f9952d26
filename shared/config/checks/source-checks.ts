import type { KeyPath } from '../messages/key-path.ts';
import type { Problem } from '../messages/problem.ts';
import type { FileSourceConfig } from '../sections/sources/file-source.ts';
import type { HttpSourceConfig } from '../sections/sources/http-source.ts';
import type { PostgresSourceConfig } from '../sections/sources/postgres-source.ts';
import type { SourceConfig } from '../sections/sources/source.ts';
import type { TrinoSourceConfig } from '../sections/sources/trino-source.ts';
import type { ConfigParts } from './config-parts.ts';
import { referencesIn, withoutReferences } from './environment-reference.ts';
import { objectProblems } from './object-checks.ts';
import { sinceProblems } from './since-checks.ts';
import { textProblems } from './text-checks.ts';

function* referenceProblems(text: string, path: KeyPath): Iterable<Problem> {
  for (const reference of referencesIn(text)) {
    if ('problem' in reference) yield { path, message: `"${reference.text}": ${reference.problem}` };
  }
}

/** Headers whose value is a secret by their meaning. */
const secretHeader = /^(proxy-)?authorization$|^cookie$|(^|-)(api-?key|token|secret)$/i;

function password(url: string): string | undefined {
  try {
    return new URL(withoutReferences(url, '')).password || undefined;
  } catch {
    return undefined;
  }
}

function* passwordProblems(url: string, path: KeyPath, name: string): Iterable<Problem> {
  if (password(url) === undefined) return;
  const message = `the file contains a password, and is committed; write \${{ env.${name} }} for it`;
  yield { path, message };
}

function* httpProblems(source: HttpSourceConfig, at: KeyPath): Iterable<Problem> {
  yield* referenceProblems(source.url, [...at, 'url']);
  yield* passwordProblems(source.url, [...at, 'url'], 'CICLO_PASSWORD');
  for (const [name, value] of Object.entries(source.headers)) {
    yield* referenceProblems(value, [...at, 'headers', name]);
    if (secretHeader.test(name) && referencesIn(value).length === 0) {
      const message = 'the file contains a secret, and is committed; write ${{ env.CICLO_TOKEN }} for it';
      yield { path: [...at, 'headers', name], message };
    }
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      yield { path: [...at, 'headers', name], message: `"${name}" is not the name of a header (RFC 9110)` };
    }
  }
  for (const [name, value] of Object.entries(source.query)) {
    yield* referenceProblems(String(value), [...at, 'query', name]);
  }
  yield* textProblems(source, source.format, at);
  if (source.format === 'csv' && source.rows !== '$') {
    yield {
      path: [...at, 'rows'],
      message: `"${source.rows}" is a path into JSON, and format is csv; leave it out`,
    };
  }
  if (source.format !== 'json' && source.pagination?.type === 'cursor') {
    const message = `"cursor" is read from a JSON answer, and format is ${source.format}; allowed: link, page, offset`;
    yield { path: [...at, 'pagination', 'type'], message };
  }
}

function* postgresProblems(source: PostgresSourceConfig, at: KeyPath): Iterable<Problem> {
  yield* referenceProblems(source.url, [...at, 'url']);
  yield* passwordProblems(source.url, [...at, 'url'], 'CICLO_POSTGRES_URL');
  const shape = withoutReferences(source.url);
  if (shape === source.url && !/^postgres(ql)?:\/\//.test(shape)) {
    const message = `"${source.url}" is not a connection URL; allowed: \${{ env.CICLO_POSTGRES_URL }}, or postgresql://host/database`;
    yield { path: [...at, 'url'], message };
  }
  yield* queryProblems(source.query, at);
}

const trinoSecrets = {
  password: '${{ env.CICLO_PASSWORD }}',
  token: '${{ env.CICLO_TRINO_TOKEN }}',
} as const;

function* trinoProblems(source: TrinoSourceConfig, at: KeyPath): Iterable<Problem> {
  for (const key of ['url', 'user', 'password', 'token'] as const) {
    if (source[key] !== undefined) yield* referenceProblems(source[key], [...at, key]);
  }
  yield* passwordProblems(source.url, [...at, 'url'], 'CICLO_TRINO_URL');
  for (const [key, reference] of Object.entries(trinoSecrets)) {
    const value = source[key as keyof typeof trinoSecrets];
    if (value === undefined || referencesIn(value).length > 0) continue;
    const message = `the file contains a secret, and is committed; write ${reference} for it`;
    yield { path: [...at, key], message };
  }
  if (source.password !== undefined && source.token !== undefined) {
    const message = 'is a credential beside password, and Trino takes one of them; leave the other out';
    yield { path: [...at, 'token'], message };
  }
  if (withoutReferences(source.url) === source.url && !/^https?:\/\/[^/?#]+\/?$/.test(source.url)) {
    const message = `"${source.url}" is not the address of a coordinator; allowed: \${{ env.CICLO_TRINO_URL }}, or https://host:port, with catalog and schema as keys of their own`;
    yield { path: [...at, 'url'], message };
  }
  yield* queryProblems(source.query, at);
}

function* queryProblems(query: string, at: KeyPath): Iterable<Problem> {
  for (const reference of referencesIn(query)) {
    const message = `"${reference.text}": values of the environment are not put into SQL; write the value itself`;
    yield { path: [...at, 'query'], message };
  }
}

/** The formats that names of files say, when they all say one. */
function namedFormat(source: FileSourceConfig): string | undefined {
  if (source.format !== undefined) return source.format;
  const paths = typeof source.path === 'string' ? [source.path] : source.path;
  const names = new Set(
    paths.map((path) => /\.(csv|json|ndjson|parquet|arrow)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase()),
  );
  return names.size === 1 ? [...names][0] : undefined;
}

function* fileProblems(source: FileSourceConfig, at: KeyPath): Iterable<Problem> {
  const format = namedFormat(source);
  yield* textProblems(source, format, at);
  yield* objectProblems(source, at);
  if (source.rows !== undefined && format !== undefined && format !== 'json') {
    yield {
      path: [...at, 'rows'],
      message: `"${source.rows}" is a path into JSON, and the files are ${format}; leave it out`,
    };
  }
}

/** Sources that would send the wrong secret, show one, or have keys that their format does not use. */
export function* sourceProblems({ data, monitor }: ConfigParts): Iterable<Problem> {
  yield* problemsOf(data?.source, ['data', 'source']);
  for (const [name, source] of Object.entries(data?.sources ?? {})) {
    yield* problemsOf(source, ['data', 'sources', name]);
  }
  yield* problemsOf(monitor?.source, ['monitor', 'source']);
  yield* problemsOf(monitor?.labels, ['monitor', 'labels']);
  yield* sinceProblems({ data, monitor });
}

function* problemsOf(source: SourceConfig | undefined, at: KeyPath): Iterable<Problem> {
  if (source?.type === 'file') yield* fileProblems(source, at);
  if (source?.type === 'http') yield* httpProblems(source, at);
  if (source?.type === 'postgres') yield* postgresProblems(source, at);
  if (source?.type === 'duckdb') yield* queryProblems(source.query, at);
  if (source?.type === 'trino') yield* trinoProblems(source, at);
}
