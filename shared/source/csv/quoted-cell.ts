const space = 32;
const quoteMark = 34;

/**
 * Where the opening quotation mark of a cell stands that begins with spaces, as in `1, "x, b"`. The cell must end
 * within its line: a mark after a space may as well be a character (`5, 12" wide`).
 *
 * @param at the first space.
 * @returns 0 when the cell is not a quoted one, undefined when `bytes[at, to)` ends before that is known.
 */
export function markAfterSpaces(
  bytes: Buffer,
  at: number,
  to: number,
  delimiter: number,
  final: boolean,
): number | undefined {
  let mark = at;
  while (mark < to && bytes[mark] === space) mark++;
  if (mark >= to) return final ? 0 : undefined;
  if (bytes[mark] !== quoteMark || delimiter === space) return 0;
  for (let end = mark + 1; end < to; end++) {
    const byte = bytes[end];
    if (byte === 10 || byte === 13) return 0;
    if (byte !== quoteMark) continue;
    if (bytes[end + 1] === quoteMark && end + 1 < to) {
      end++;
      continue;
    }
    let after = end + 1;
    while (after < to && bytes[after] === space) after++;
    if (after >= to) return final ? mark : undefined;
    const next = bytes[after];
    return next === delimiter || next === 10 || next === 13 ? mark : 0;
  }
  return final ? 0 : undefined;
}

/** Copies a quoted cell with each doubled mark once; the number of bytes written. */
export function undouble(bytes: Buffer, start: number, end: number, out: Buffer): number {
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    out[length++] = byte;
    if (byte === 34) at++;
  }
  return length;
}
