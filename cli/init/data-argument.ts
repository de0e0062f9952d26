// `ciclo init`: what it asks, reads and writes; what it proposes is shared/init.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { byCodePoint } from '../../shared/dataset/statistics/category-counts.ts';
import type { SourceDeclaration } from '../../shared/init/proposal.ts';
import { publishedGuide } from '../../shared/init/published-actions.ts';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';
import { knownFormat } from '../../shared/source/file-format.ts';
import { unreadAdvice } from '../../shared/source/unread-files.ts';
import { listNames } from '../../shared/text/nearest-name.ts';

/** What says where the rows are. */
export interface DataArgument {
  /** A file, folder, glob, address of a file or database; undefined: look around. */
  readonly data: string | undefined;
  /** Of a database. */
  readonly query: string | undefined;
  /** The folder that ciclo.yml is to be in: paths start there. */
  readonly folder: string;
}

/** Folders in which data lies beside a project. */
const usualFolders = ['.', 'data', 'dataset', 'datasets'];
/** Other files of a project are JSON and texts, too. */
const unlikely = new Set(['.json', '.txt']);

/**
 * `data.source` for what was named on the command line.
 *
 * @throws ConfigurationError when nothing is there, or several things are and none was named.
 */
export async function sourceOf(argument: DataArgument): Promise<SourceDeclaration> {
  const { data, query, folder } = argument;
  if (data === undefined) return { type: 'file', path: await onlyData(folder) };
  if (/^postgres(?:ql)?(?:$|:\/\/)/.test(data)) return { type: 'postgres', query: needed(query, data) };
  if (/\.(?:duckdb|ddb)$/i.test(data)) {
    return { type: 'duckdb', database: forwards(data), query: needed(query, data) };
  }
  if (query !== undefined) {
    throw new ConfigurationError(
      `--query goes with a database, and ${quote(data)} is none: name postgres (its address in CICLO_POSTGRES_URL), or a file that ends in .duckdb`,
    );
  }
  if (/^https?:\/\//.test(data)) return httpSource(data);
  if (/^s3:\/\//.test(data)) return { type: 'file', path: data };
  return { type: 'file', path: await pathOf(data, folder) };
}

function needed(query: string | undefined, data: string): string {
  if (query !== undefined) return query;
  throw new ConfigurationError(
    `which rows of ${quote(data.replace(/:\/\/.*/, '://…'))}? Give the query: --query "SELECT * FROM orders ORDER BY id"`,
  );
}

function httpSource(data: string): SourceDeclaration {
  const format = knownFormat(new URL(data).pathname);
  if (format === 'csv' || format === 'json' || format === 'ndjson')
    return { type: 'http', url: data, format };
  if (format === undefined) return { type: 'http', url: data };
  throw new ConfigurationError(
    `${quote(data)} is a file of ${format}, and over HTTP Ciclo reads csv, json and ndjson: download it, and name the file`,
  );
}

async function pathOf(data: string, folder: string): Promise<string> {
  const status = await stat(path.resolve(folder, data)).catch(() => undefined);
  if (status?.isDirectory()) return patternOf(data, folder);
  if (status || /[*?[{]/.test(data)) return forwards(relativeTo(folder, data));
  throw new ConfigurationError(
    `there is no file ${path.resolve(folder, data)}: name the data, ciclo init data.csv`,
  );
}

/** All files of the format that most of a folder's files have. */
async function patternOf(data: string, folder: string): Promise<string> {
  const inside = await readdir(path.resolve(folder, data), { recursive: true });
  const unread = inside.flatMap((name) => unreadAdvice(forwards(name)) ?? []);
  const endings = new Map<string, number>();
  for (const name of inside) {
    const known = knownFormat(forwards(name));
    if (known === undefined) continue;
    const ending = endingOf(name);
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
  }
  // Of as many files the ending that comes first, by code points as everywhere.
  const [most] = [...endings].sort((a, b) => b[1] - a[1] || byCodePoint(a[0], b[0]));
  if (!most) {
    throw new ConfigurationError(
      `${path.resolve(folder, data)} has no file of data: csv, tsv, json, ndjson, parquet or arrow${unread.length === 0 ? '' : `. ${listNames(unread, 3)}`}`,
    );
  }
  const nested = inside.some((name) => endingOf(name) === most[0] && /[\\/]/.test(name));
  return `${forwards(relativeTo(folder, data)).replace(/\/$/, '')}/${nested ? '**/' : ''}*${most[0]}`;
}

function endingOf(name: string): string {
  return /\.[A-Za-z]+(?:\.gz)?$/.exec(name)?.[0] ?? '';
}

/** The one file of data, or the one folder of such, that lies here. */
async function onlyData(folder: string): Promise<string> {
  const found: string[] = [];
  const unread: string[] = [];
  for (const place of usualFolders) {
    const names = await readdir(path.join(folder, place)).catch(() => []);
    const files = names.filter(
      (name) => knownFormat(name) !== undefined && !unlikely.has(path.extname(name).toLowerCase()),
    );
    unread.push(...names.flatMap((name) => unreadAdvice(place === '.' ? name : `${place}/${name}`) ?? []));
    if (place === '.') found.push(...files);
    else if (files.length > 0) {
      found.push(files.length === 1 ? `${place}/${files[0]}` : await patternOf(place, folder));
    }
  }
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  throw new ConfigurationError(
    only === undefined
      ? `which data? There is no CSV, Parquet, Arrow or NDJSON file in ${folder}, nor in data/ (one of JSON is taken when it is named)${unread.length === 0 ? '' : `. ${listNames(unread, 3)}. Then`}: name it, ciclo init path/to/data.csv`
      : `which data? There are several: ${listNames(found, 10)}. Name the one whose rows are to be predicted, such as ciclo init ${only}; others can be joined to it later (data.sources and data.steps: ${publishedGuide('guides/data.md')})`,
  );
}

function relativeTo(folder: string, data: string): string {
  return path.isAbsolute(data) ? path.relative(folder, data) : path.normalize(data);
}

/** As ciclo.yml writes paths, on every system. */
function forwards(name: string): string {
  return name.split(path.sep).join('/');
}
