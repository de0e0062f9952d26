import path from 'node:path';
import { ConfigurationError } from '../../shared/platform/errors.ts';

/** How records are written, coming in and going out. */
export type RecordFormat = 'json' | 'ndjson' | 'csv';

export const recordFormats: readonly RecordFormat[] = ['json', 'ndjson', 'csv'];

const formatOfExtension: Readonly<Record<string, RecordFormat>> = {
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
};

/**
 * The format that a file's name tells.
 *
 * @throws ConfigurationError when it tells none.
 */
export function formatOfFile(file: string): RecordFormat {
  const extension = path.extname(file.replace(/\.gz$/i, '')).toLowerCase();
  const format = formatOfExtension[extension];
  if (format) return format;
  throw new ConfigurationError(
    `cannot tell the format of ${file} from its name: add --format json, ndjson or csv`,
  );
}

/**
 * The format that the first bytes of a stream tell. One object on a line of its own is taken for NDJSON: as JSON
 * it would give the same answer.
 */
export function formatOfStart(start: string): RecordFormat {
  const text = start.replace(/^\uFEFF/, '').trimStart();
  if (text.startsWith('[')) return 'json';
  if (!text.startsWith('{')) return 'csv';
  const [line] = text.split('\n', 1);
  try {
    JSON.parse(line!);
    return 'ndjson';
  } catch {
    // An object over several lines is one JSON document; a line that the sniffed bytes cut off is NDJSON.
    return text.includes('\n') ? 'json' : 'ndjson';
  }
}
