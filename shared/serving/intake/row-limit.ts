import { badRequest, RequestError } from '../request-error.ts';

/** A request of more records than are answered at a time. */
export function tooManyRows(rows: number | string, most: number): RequestError {
  return new RequestError(
    413,
    `the request has ${rows} records, and ${most} are answered at a time: send fewer`,
  );
}

/** Columns of a CSV body beside those that the model knows: each is refused, and told, by name. */
const unknownColumns = 100;

const quotation = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** Signs that CSV files separate values by: `,`, `;`, tab, `|`. */
const separators: ReadonlySet<number> = new Set([0x2c, 0x3b, 0x09, 0x7c]);

/**
 * Looks through a body of CSV before it is read: a table takes far more memory than its text where its cells are empty.
 *
 * @param known columns that records of the model can have.
 * @throws RequestError 413 for more rows, 400 for more columns.
 */
export function checkCsv(bytes: Uint8Array, most: number, known: number): void {
  let lines = 0;
  let names = 1;
  let quoted = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === quotation) quoted = !quoted;
    else if (quoted) continue;
    else if (byte === lineFeed || (byte === carriageReturn && bytes[i + 1] !== lineFeed)) lines++;
    else if (lines === 0 && separators.has(byte)) names++;
  }
  const last = bytes.at(-1);
  const ended = last === lineFeed || last === carriageReturn;
  // The first line names the columns.
  const rows = lines - (ended ? 1 : 0);
  if (rows > most) throw tooManyRows(rows, most);
  if (names > known + unknownColumns) {
    throw badRequest(
      `the first line of the body names ${names} columns, and the model knows ${known}; write its features`,
    );
  }
}
