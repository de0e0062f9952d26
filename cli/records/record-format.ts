import { ConfigurationError } from '../../shared/platform/errors.ts';
import { type FileFormat, knownFormat } from '../../shared/source/file-format.ts';

/** How records come in: as lists of them, or as tables. */
export const recordFormats = ['json', 'ndjson', 'csv', 'parquet', 'arrow'] as const satisfies FileFormat[];
export type RecordFormat = (typeof recordFormats)[number];

/** How predictions go out. */
export const predictionFormats = ['json', 'ndjson', 'csv'] as const;
export type PredictionFormat = (typeof predictionFormats)[number];

/** The format of predictions when none is asked for: that of the records, and of a table's a table that one can read. */
export function answerFormat(format: RecordFormat): PredictionFormat {
  return format === 'parquet' || format === 'arrow' ? 'csv' : format;
}

/**
 * The format that a file's name tells.
 *
 * @throws ConfigurationError when it tells none.
 */
export function formatOfFile(file: string): RecordFormat {
  const format = knownFormat(file);
  if (format) return format;
  throw new ConfigurationError(
    `cannot tell the format of ${file} from its name: add --format json, ndjson, csv, parquet or arrow`,
  );
}

/**
 * The format that the first bytes of a stream of text tell. One object on a line of its own is taken for NDJSON: as JSON
 * it would give the same answer.
 */
export function formatOfStart(start: string): PredictionFormat {
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
