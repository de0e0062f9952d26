import path from 'node:path';
import type { FileSourceConfig } from '../config/sections/sources/file-source.ts';
import { ConfigurationError } from '../platform/errors.ts';
import { unreadAdvice } from './unread-files.ts';

export type FileFormat = NonNullable<FileSourceConfig['format']>;

const formatOfExtension: Readonly<Record<string, FileFormat | undefined>> = {
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

/** The format that a file's name tells, `.gz` set aside; undefined when it tells none. */
export function knownFormat(name: string): FileFormat | undefined {
  return formatOfExtension[path.posix.extname(name.replace(/\.gz$/i, '')).toLowerCase()];
}

/** Whether a name is that of a mark such as `_SUCCESS`, which Spark writes beside the data. */
export function isMark(name: string): boolean {
  const base = path.posix.basename(name);
  return base.startsWith('_') && knownFormat(base) === undefined;
}

/** As {@link knownFormat}. @throws ConfigurationError when the name tells none. */
export function formatOfName(name: string): FileFormat {
  const format = knownFormat(name);
  if (format) return format;
  const advice = unreadAdvice(name);
  if (advice !== undefined) throw new ConfigurationError(advice);
  throw new ConfigurationError(
    `cannot tell the format of ${name} from its name; set data.source.format to csv, json, ndjson, parquet or arrow`,
  );
}
