import path from 'node:path';
import type { FileSourceConfig } from '../config/sections/data-section.ts';
import { ConfigurationError } from '../platform/errors.ts';

export type FileFormat = NonNullable<FileSourceConfig['format']>;

const formatOfExtension: Readonly<Record<string, FileFormat>> = {
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

/** The format that a file's name tells; `.gz` is set aside. @throws ConfigurationError when it tells none. */
export function formatOfName(name: string): FileFormat {
  const extension = path.posix.extname(name.replace(/\.gz$/i, '')).toLowerCase();
  const format = formatOfExtension[extension];
  if (format) return format;
  throw new ConfigurationError(
    `cannot tell the format of ${name} from its name; set data.source.format to csv, json, ndjson, parquet or arrow`,
  );
}
