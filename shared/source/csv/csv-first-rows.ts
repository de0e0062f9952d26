import { type CsvDialect, CsvScanner } from './csv-scanner.ts';
import { undouble } from './quoted-cell.ts';

/** A row that is looked at before the file is read. */
export interface FirstRow {
  readonly cells: readonly string[];
  /** Its line, counting from 1. */
  readonly line: number;
  /** Where the next row begins, and on which line. */
  readonly end: number;
  readonly endLine: number;
}

interface Looking {
  readonly file: string;
  /** Nothing follows the bytes. */
  readonly final: boolean;
  readonly most: number;
  /** Rows that are none but a header, for messages: 0 or 1. */
  readonly headers: number;
}

/**
 * The first rows from a place on, of any width; fewer when the file has fewer.
 *
 * @returns undefined when the bytes end before so many rows, and more bytes follow.
 * @throws ConfigurationError for quotation marks that do not match.
 */
export function firstRows(
  bytes: Buffer,
  place: { readonly from: number; readonly line: number },
  dialect: Omit<CsvDialect, 'columns'>,
  { file, final, most, headers }: Looking,
): readonly FirstRow[] | undefined {
  const rows: FirstRow[] = [];
  let { from, line } = place;
  const scratch = Buffer.alloc(bytes.length);
  while (rows.length < most && from < bytes.length) {
    const scanner = new CsvScanner(file, line);
    scanner.rowsBefore = Math.max(0, rows.length - headers);
    scanner.scan(bytes, from, bytes.length, { ...dialect, columns: [] }, final, 1);
    if (scanner.rows === 0) break;
    const cells = Array.from({ length: scanner.cells }, (_, cell) => {
      const start = scanner.starts[cell]!;
      const end = scanner.ends[cell]!;
      return start < 0
        ? scratch.toString('utf8', 0, undouble(bytes, ~start, end, scratch))
        : bytes.toString('utf8', start, end);
    });
    if (cells.length > 1 || cells[0] !== '') {
      rows.push({ cells, line: scanner.rowLine, end: scanner.consumed, endLine: scanner.line });
    }
    from = scanner.consumed;
    line = scanner.line;
  }
  return rows.length === most || final ? rows : undefined;
}
