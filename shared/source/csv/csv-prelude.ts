import { ConfigurationError, quote } from '../../platform/errors.ts';
import { lineText, nextLine } from './csv-lines.ts';
import type { CsvText } from './csv-text.ts';

/** Where a file's header, or its first row where it has none, begins. */
export interface CsvPrelude {
  readonly from: number;
  /** Its line, counting from 1. */
  readonly line: number;
  /** What a first line such as `sep=;` says, which Excel writes and reads. */
  readonly delimiter?: number;
}

const separatorLine = /^"?sep=(.)"?[,;\t|]*$/i;

/**
 * Goes past all that stands above the header: the byte-order mark, a line `sep=;`, `skip-rows` lines, empty lines
 * and comments.
 *
 * @param final nothing follows these bytes.
 * @returns undefined when the bytes end before the header begins.
 * @throws ConfigurationError when the file does.
 */
export function readPrelude(
  bytes: Buffer,
  file: string,
  { 'skip-rows': skipRows = 0, comment }: Pick<CsvText, 'skip-rows' | 'comment'>,
  final: boolean,
): CsvPrelude | undefined {
  let from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let line = 1;
  let skipped = 0;
  let delimiter: number | undefined;
  const mark = comment?.charCodeAt(0) ?? -1;
  while (from < bytes.length) {
    const next = nextLine(bytes, from, bytes.length, final);
    if (line === 1 && next !== undefined) {
      const separator = separatorLine.exec(lineText(bytes, from, next))?.[1];
      if (separator !== undefined && isDelimiter(separator)) delimiter = separator.charCodeAt(0);
    }
    const byte = bytes[from]!;
    const isSeparator = line === 1 && delimiter !== undefined;
    if (skipped >= skipRows && byte !== 10 && byte !== 13 && byte !== mark && !isSeparator) {
      // The first line may be a separator's: it is known once it is whole.
      if (line === 1 && next === undefined && bytes.length - from < 16) return undefined;
      return { from, line, ...(delimiter === undefined ? {} : { delimiter }) };
    }
    if (next === undefined) break;
    skipped++;
    from = next;
    line++;
  }
  if (!final) return undefined;
  const above = [
    skipRows > 0 ? `data.source.skip-rows is ${skipRows}` : '',
    comment === undefined ? '' : `data.source.comment is ${quote(comment)}`,
  ].filter((text) => text !== '');
  const why =
    line > 1 && above.length > 0
      ? `${file} has no header: its ${line - 1} lines are all skipped (${above.join(', ')})`
      : `${file} is empty`;
  throw new ConfigurationError(`${why}; a CSV file begins with a row of column names`);
}

/** Whether a character can divide cells: ASCII, and neither a quotation mark nor a line's end. */
export function isDelimiter(character: string): boolean {
  const code = character.charCodeAt(0);
  return character.length === 1 && code > 0 && code < 128 && !'"\r\n'.includes(character);
}
