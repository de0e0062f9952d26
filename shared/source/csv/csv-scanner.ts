import { ConfigurationError, quote } from '../../platform/errors.ts';
import { counted } from '../../text/counts.ts';

const lineFeed = 10;
const carriageReturn = 13;
const quoteMark = 34;

/** How the rows of one file are told apart. */
export interface CsvDialect {
  /** One ASCII byte. */
  readonly delimiter: number;
  /** Names of the columns; empty while the header itself is read. */
  readonly columns: readonly string[];
}

/**
 * Finds the cells of the whole rows in a block of CSV bytes, by RFC 4180, with LF, CRLF and CR each ending a
 * row. A cell is quoted only when it begins with a quotation mark; a mark inside a bare cell is a character.
 * An empty line is no row, except in a file of one column, where it is an empty cell.
 *
 * Cell `i` of the block lies at `[starts[i], ends[i])`, without its outer marks; `~starts[i]` stands for a
 * cell that still holds doubled marks. Rows follow each other with as many cells as there are columns.
 */
export class CsvScanner {
  starts = new Int32Array(0);
  ends = new Int32Array(0);
  /** Rows found by the last {@link scan}. */
  rows = 0;
  /** Cells found by the last scan. */
  cells = 0;
  /** Where the first row that is not whole begins: the next block starts with it. */
  consumed = 0;
  /** Line of the byte at {@link consumed}, counting from 1. */
  line: number;
  /** Rows of this file before the last scan; the header is not one. */
  rowsBefore = 0;
  readonly #file: string;

  /** @param file what messages call it. @param line the line that the first scan begins on. */
  constructor(file: string, line = 1) {
    this.#file = file;
    this.line = line;
  }

  /**
   * Scans `bytes[from, to)`.
   *
   * @param final nothing follows: the last row needs no line end.
   * @param most stop after so many rows.
   * @throws ConfigurationError for a row with too many or too few cells, a mark that is never closed, and
   *   text after a closing mark; with file, line, row and the text.
   */
  scan(
    bytes: Buffer,
    from: number,
    to: number,
    dialect: CsvDialect,
    final: boolean,
    most = Number.POSITIVE_INFINITY,
  ): void {
    if (this.starts.length < to - from + 2) {
      this.starts = new Int32Array(to - from + 2);
      this.ends = new Int32Array(to - from + 2);
    }
    const { starts, ends } = this;
    const { delimiter } = dialect;
    const width = dialect.columns.length;
    this.rowsBefore += this.rows;
    let rows = 0;
    let line = this.line;
    let cells = 0;
    let at = from;
    let rowStart = from;
    let lineOfRow = line;

    scanning: while (at < to && rows < most) {
      rowStart = at;
      lineOfRow = line;
      const firstCell = cells;
      for (;;) {
        let start = at;
        let end: number;
        if (at < to && bytes[at] === quoteMark) {
          start = ++at;
          let doubled = false;
          const lineOfMark = line;
          for (;;) {
            if (at >= to) {
              if (!final) break scanning;
              throw this.#unclosed(bytes, start - 1, to, lineOfMark, rows);
            }
            const byte = bytes[at]!;
            if (byte === quoteMark) {
              if (at + 1 < to && bytes[at + 1] === quoteMark) {
                doubled = true;
                at += 2;
                continue;
              }
              if (at + 1 >= to && !final) break scanning;
              break;
            }
            if (byte === lineFeed || (byte === carriageReturn && bytes[at + 1] !== lineFeed)) line++;
            at++;
          }
          end = at++;
          if (at < to) {
            const next = bytes[at];
            if (next !== delimiter && next !== lineFeed && next !== carriageReturn) {
              throw this.#afterMark(bytes, start - 1, at, to, line, rows);
            }
          }
          if (doubled) start = ~start;
        } else {
          for (; at < to; at++) {
            const byte = bytes[at]!;
            if (byte === delimiter || byte === lineFeed || byte === carriageReturn) break;
          }
          end = at;
        }
        starts[cells] = start;
        ends[cells] = end;
        cells++;
        if (at >= to) {
          if (!final) break scanning;
          break;
        }
        const byte = bytes[at++];
        if (byte === delimiter) continue;
        if (byte === carriageReturn) {
          if (at >= to && !final) break scanning;
          if (bytes[at] === lineFeed && at < to) at++;
        }
        line++;
        break;
      }
      const found = cells - firstCell;
      if (found !== width && width > 0) {
        if (found === 1 && starts[firstCell] === ends[firstCell] && starts[firstCell] === rowStart) {
          cells = firstCell;
          rowStart = at;
          lineOfRow = line;
          continue;
        }
        throw this.#wrongWidth(bytes, rowStart, at, lineOfRow, rows, found, dialect.columns);
      }
      rows++;
      rowStart = at;
      lineOfRow = line;
    }
    this.rows = rows;
    this.cells = cells;
    this.consumed = rowStart;
    this.line = lineOfRow;
  }

  #unclosed(bytes: Buffer, start: number, to: number, line: number, rows: number): ConfigurationError {
    return new ConfigurationError(
      `${this.#file}:${line}: row ${this.#rowNumber(rows)} opens a quotation mark that is never closed: ` +
        `${quote(bytes.toString('utf8', start, Math.min(to, start + 400)))}. ` +
        'Close it, or double the mark ("") where it is meant as a character.',
    );
  }

  #afterMark(
    bytes: Buffer,
    start: number,
    at: number,
    to: number,
    line: number,
    rows: number,
  ): ConfigurationError {
    return new ConfigurationError(
      `${this.#file}:${line}: row ${this.#rowNumber(rows)} has text after a closing quotation mark: ` +
        `${quote(bytes.toString('utf8', start, Math.min(to, at + 20)))}. ` +
        'Write a mark inside a quoted cell twice ("").',
    );
  }

  #wrongWidth(
    bytes: Buffer,
    start: number,
    end: number,
    line: number,
    rows: number,
    found: number,
    columns: readonly string[],
  ): ConfigurationError {
    const text = bytes.toString('utf8', start, Math.min(end, start + 400)).replace(/[\r\n]+$/, '');
    return new ConfigurationError(
      `${this.#file}:${line}: row ${this.#rowNumber(rows)} has ${counted(found, 'field')}, ` +
        `the header has ${columns.length} (${quote(columns.join(', '))}): ${quote(text)}. ` +
        (found > columns.length
          ? 'A text that holds the delimiter must stand in quotation marks.'
          : 'An empty cell still needs its delimiter.'),
    );
  }

  #rowNumber(rows: number): number {
    return this.rowsBefore + rows + 1;
  }
}
