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

const csvSettings = ['delimiter', 'comment', 'skip-rows', 'header', 'decimal', 'thousands'] as const;
const textFormats: ReadonlySet<string> = new Set(['csv', 'json', 'ndjson']);

/** Settings of text that the format does not use, or that contradict each other. */
function* textProblems(
  source: FileSourceConfig | HttpSourceConfig,
  format: string | undefined,
  at: KeyPath,
): Iterable<Problem> {
  for (const key of csvSettings) {
    const value = source[key];
    if (value === undefined || format === undefined || format === 'csv') continue;
    const message = `${JSON.stringify(value)}: ${key === 'delimiter' ? 'a delimiter' : key} is for csv, and the ${source.type === 'file' ? 'files are' : 'format is'} ${format}; leave it out`;
    yield { path: [...at, key], message };
  }
  const { encoding, delimiter, comment } = source;
  if (encoding !== undefined && format !== undefined && !textFormats.has(format)) {
    const message = `"${encoding}": an encoding is for text, and the files are ${format}; leave it out`;
    yield { path: [...at, 'encoding'], message };
  }
  if (encoding !== undefined && !isEncoding(encoding)) {
    const message = `"${encoding}" is not an encoding that is known; allowed: utf-8, utf-16le, utf-16be, windows-1250, windows-1251, windows-1252, iso-8859-1, iso-8859-2, iso-8859-15, macintosh, shift_jis, euc-jp, gbk, gb18030, big5, euc-kr, and others of the WHATWG Encoding Standard`;
    yield { path: [...at, 'encoding'], message };
  }
  if (delimiter !== undefined && /["\r\n]/.test(delimiter)) {
    const message = `${JSON.stringify(delimiter)} ends or quotes fields in CSV; allowed: another character, such as ";"`;
    yield { path: [...at, 'delimiter'], message };
  }
  if (comment !== undefined && !/^[!#$%&'*/:<>@\\^_`|~;-]$/.test(comment)) {
    const message = `${JSON.stringify(comment)} cannot begin a comment; allowed: a character that no row begins with, such as "#" or "%"`;
    yield { path: [...at, 'comment'], message };
  }
  if (comment !== undefined && comment === delimiter) {
    const message = `"${comment}" is the delimiter too; allowed: another character, such as "#"`;
    yield { path: [...at, 'comment'], message };
  }
  yield* numberProblems(source, at);
  yield* headerProblems(source, at);
}

function isEncoding(label: string): boolean {
  try {
    return new TextDecoder(label) instanceof TextDecoder;
  } catch {
    return false;
  }
}

function* numberProblems(
  { decimal = '.', thousands }: FileSourceConfig | HttpSourceConfig,
  at: KeyPath,
): Iterable<Problem> {
  if (thousands !== decimal) return;
  const other = decimal === '.' ? ',' : '.';
  const message = `"${thousands}" stands before the decimals (decimal: "${decimal}"), so it cannot stand between thousands; did you mean decimal: "${other}"?`;
  yield { path: [...at, 'thousands'], message };
}

function* headerProblems({ header }: FileSourceConfig | HttpSourceConfig, at: KeyPath): Iterable<Problem> {
  if (!Array.isArray(header)) return;
  for (const [i, name] of header.entries()) {
    const first = header.indexOf(name);
    if (first === i) continue;
    const message = `columns ${first + 1} and ${i + 1} are both named "${name}"; allowed: a name of its own for every column`;
    yield { path: [...at, 'header', i], message };
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
