import path from 'node:path';
import type { FileSourceConfig } from '../config/data-section.ts';
import type { SourceTable } from '../dataset/origin.ts';
import { ConfigurationError } from '../platform/errors.ts';
import { readCsv } from './csv/csv-reader.ts';
import { openFile } from './file-bytes.ts';
import { resolvePaths } from './file-paths.ts';
import type { ReadOptions, SourcePorts } from './types.ts';

type Format = NonNullable<FileSourceConfig['format']>;

const formatOfExtension: Readonly<Record<string, Format>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.parquet': 'parquet',
  '.pq': 'parquet',
  '.arrow': 'arrow',
  '.arrows': 'arrow',
  '.feather': 'arrow',
  '.ipc': 'arrow',
};

/** The format that a file's name tells. @throws ConfigurationError when it tells none. */
export function formatOfName(name: string): Format {
  const extension = path.posix.extname(name.replace(/\.gz$/i, '')).toLowerCase();
  const format = formatOfExtension[extension];
  if (format) return format;
  throw new ConfigurationError(
    `cannot tell the format of ${name} from its name; set data.source.format to csv, json, ndjson, parquet or arrow`,
  );
}

/** Reads files as one table, in the order of their paths. See {@link readSource}. */
export async function readFileSource(
  source: FileSourceConfig,
  options: ReadOptions,
  ports: Pick<SourcePorts, 'directory' | 'logger'>,
): Promise<SourceTable> {
  const patterns = typeof source.path === 'string' ? [source.path] : source.path;
  const names = await resolvePaths(patterns, ports.directory);

  const files = await Promise.all(names.map((name) => openFile(path.resolve(ports.directory, name), name)));
  const { columns, rows, parts } = await readCsv(files, {
    ...options,
    delimiter: source.delimiter,
    union: source.columns === 'union',
  });
  return { table: { rows, columns }, parts };
}
