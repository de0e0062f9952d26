import { ConfigurationError, quote } from '../../platform/errors.ts';
import { checkNames } from '../column-names.ts';
import { undouble } from './csv-column.ts';
import { CsvScanner } from './csv-scanner.ts';

/** A file's first row. */
export interface CsvHeader {
  readonly delimiter: number;
  readonly columns: readonly string[];
  /** Bytes up to the first row of data. */
  readonly length: number;
  /** Line that the first row of data begins on. */
  readonly line: number;
}

const candidates = [',', ';', '\t', '|'];

/** The delimiter of a header: the candidate that stands in it most often outside quotation marks. */
function sniffDelimiter(text: string): number {
  const counts = candidates.map(() => 0);
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted) {
      if (character === '\n' || character === '\r') break;
      const candidate = candidates.indexOf(character);
      if (candidate >= 0) counts[candidate]!++;
    }
  }
  return candidates[counts.indexOf(Math.max(...counts))]!.charCodeAt(0);
}

/** The byte of a configured delimiter. @throws ConfigurationError when it cannot divide cells. */
function delimiterByte(delimiter: string): number {
  const code = delimiter.charCodeAt(0);
  if (delimiter.length === 1 && code > 0 && code < 128 && !'"\r\n'.includes(delimiter)) return code;
  throw new ConfigurationError(
    `data.source.delimiter is ${quote(delimiter)}; it must be one ASCII character other than a quotation ` +
      'mark or a line end: "," or ";" or "\\t" or "|"',
  );
}

/**
 * Reads the header at the start of a file's bytes; undefined when it is not whole yet.
 *
 * @param final nothing follows these bytes.
 * @throws ConfigurationError for a column without a name or two of one name.
 */
export function readHeader(
  bytes: Buffer,
  file: string,
  options: { readonly delimiter?: string | undefined; readonly trim: boolean },
  final: boolean,
): CsvHeader | undefined {
  const delimiter =
    options.delimiter === undefined
      ? sniffDelimiter(bytes.toString('utf8'))
      : delimiterByte(options.delimiter);
  let from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let line = 1;
  // Empty lines before the header are no header.
  for (; bytes[from] === 10 || bytes[from] === 13; from++) {
    if (bytes[from] === 10 || bytes[from + 1] !== 10) line++;
  }
  if (from >= bytes.length) {
    if (!final) return undefined;
    throw new ConfigurationError(`${file} is empty; a CSV file begins with a row of column names`);
  }
  const scanner = new CsvScanner(file, line);
  scanner.scan(bytes, from, bytes.length, { delimiter, columns: [] }, final, 1);
  if (scanner.rows === 0) return undefined;
  const columns: string[] = [];
  const scratch = Buffer.alloc(bytes.length);
  for (let cell = 0; cell < scanner.cells; cell++) {
    const start = scanner.starts[cell]!;
    const end = scanner.ends[cell]!;
    const text =
      start < 0
        ? scratch.toString('utf8', 0, undouble(bytes, ~start, end, scratch))
        : bytes.toString('utf8', start, end);
    columns.push(options.trim ? text.trim() : text);
  }
  checkNames(columns, `${file}:${line}`);
  return { delimiter, columns, length: scanner.consumed, line: scanner.line };
}
