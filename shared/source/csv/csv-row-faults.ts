import { ConfigurationError, quote } from '../../platform/errors.ts';
import { counted } from '../../text/counts.ts';

/** Where in a file something is wrong. */
export interface RowPlace {
  readonly file: string;
  readonly line: number;
  /** Counting from 1; the header is not a row. */
  readonly row: number;
}

const shown = 400;
const at = ({ file, line, row }: RowPlace): string => `${file}:${line}: row ${row}`;

/** A quotation mark that is never closed. @param text from the mark on. */
export function unclosedMark(place: RowPlace, text: string): ConfigurationError {
  return new ConfigurationError(
    `${at(place)} opens a quotation mark that is never closed: ${quote(text.slice(0, shown))}. ` +
      'Close it, or double the mark ("") where it is meant as a character.',
  );
}

/** Text between a closing mark and the end of its cell. @param text from the opening mark on. */
export function textAfterMark(place: RowPlace, text: string): ConfigurationError {
  return new ConfigurationError(
    `${at(place)} has text after a closing quotation mark: ${quote(text)}. ` +
      'Write a mark inside a quoted cell twice ("").',
  );
}

/** A row of more or fewer cells than the header. @param text the row. */
export function wrongWidth(
  place: RowPlace,
  text: string,
  found: number,
  columns: readonly string[],
): ConfigurationError {
  const row = text.replace(/[\r\n]+$/, '');
  return new ConfigurationError(
    `${at(place)} has ${counted(found, 'field')}, the header has ${columns.length} ` +
      `(${quote(columns.join(', '))}): ${quote(row)}. ${remedy(place, row, found, columns)}`,
  );
}

function remedy({ line, row }: RowPlace, text: string, found: number, columns: readonly string[]): string {
  if (found === columns.length - 1 && columns.at(-1) === '') {
    return 'The rows before it end in a delimiter, and this one does not.';
  }
  const above =
    row === 1 && columns.length < found
      ? ` If the column names stand further down, say how many lines stand above them: data: { source: { skip-rows: ${line - 1} } }.`
      : '';
  if (found > columns.length) {
    const decimals =
      row === 1 && /\d,\d/.test(text)
        ? ' So must a number with a decimal comma, or the columns must be divided by another character, such as a semicolon.'
        : '';
    return `A text that holds the delimiter must stand in quotation marks.${decimals}${above}`;
  }
  return `An empty cell still needs its delimiter.${text.startsWith('#') ? ' If it is a comment: data: { source: { comment: "#" } }.' : ''}`;
}
