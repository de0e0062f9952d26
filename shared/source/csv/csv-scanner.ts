import { nextLine } from './csv-lines.ts';
import { type RowPlace, textAfterMark, unclosedMark, wrongWidth } from './csv-row-faults.ts';
import { markAfterSpaces } from './quoted-cell.ts';

const lineFeed = 10;
const carriageReturn = 13;
const quoteMark = 34;
const space = 32;

/** How the rows of one file are told apart. */
export interface CsvDialect {
  /** One ASCII byte. */
  readonly delimiter: number;
  /** Names of the columns; empty while the header itself is read. */
  readonly columns: readonly string[];
  /** A byte: lines that begin with it, where a row could begin, are not rows. */
  readonly comment?: number | undefined;
  /** Blanks before an opening quotation mark are not part of the cell. */
  readonly trim?: boolean | undefined;
}

/**
 * Finds the cells of the whole rows in a block of CSV bytes, by RFC 4180, with LF, CRLF and CR each ending a
 * row. A cell is quoted only when it begins with a quotation mark; a mark inside a bare cell is a character.
 * An empty line is not a row, except in a file of one column, where it is an empty cell.
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
  /** Line that the last whole row began on. */
  rowLine: number;
  /** Rows of this file before the last scan; the header is not one. */
  rowsBefore = 0;
  readonly #file: string;

  /** @param file what messages call it. @param line the line that the first scan begins on. */
  constructor(file: string, line = 1) {
    this.#file = file;
    this.line = line;
    this.rowLine = line;
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
    const { delimiter, comment = -1, trim = false } = dialect;
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
      if (bytes[at] === comment) {
        const next = nextLine(bytes, at, to, final);
        if (next === undefined) break;
        at = next;
        rowStart = at;
        lineOfRow = ++line;
        continue;
      }
      const firstCell = cells;
      for (;;) {
        let start = at;
        let end: number;
        if (trim && at < to && bytes[at] === space) {
          const mark = markAfterSpaces(bytes, at, to, delimiter, final);
          if (mark === undefined) break scanning;
          if (mark > 0) start = at = mark;
        }
        if (at < to && bytes[at] === quoteMark) {
          start = ++at;
          let doubled = false;
          const lineOfMark = line;
          for (;;) {
            if (at >= to) {
              if (!final) break scanning;
              throw unclosedMark(
                this.#place(lineOfMark, rows),
                bytes.toString('utf8', start - 1, Math.min(to, start + 1600)),
              );
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
          if (trim) while (at < to && bytes[at] === space) at++;
          if (at < to) {
            const next = bytes[at];
            if (next !== delimiter && next !== lineFeed && next !== carriageReturn) {
              throw textAfterMark(
                this.#place(line, rows),
                bytes.toString('utf8', start - 1, Math.min(to, at + 20)),
              );
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
        const text = bytes.toString('utf8', rowStart, Math.min(at, rowStart + 400));
        throw wrongWidth(this.#place(lineOfRow, rows), text, found, dialect.columns);
      }
      rows++;
      this.rowLine = lineOfRow;
      rowStart = at;
      lineOfRow = line;
    }
    this.rows = rows;
    this.cells = cells;
    this.consumed = rowStart;
    this.line = lineOfRow;
  }

  #place(line: number, rows: number): RowPlace {
    return { file: this.#file, line, row: this.rowsBefore + rows + 1 };
  }
}
