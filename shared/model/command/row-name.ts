/**
 * A row's id as other programs get it: `r` and 16 hex digits. As a bare number it would lose digits in what reads CSV into
 * doubles, and some hex digits alone look like a number (`12e4`).
 */
function rowName(id: bigint): string {
  return `r${id.toString(16).padStart(16, '0')}`;
}

/** The names of rows. */
export function rowNames(ids: BigUint64Array): string[] {
  return Array.from(ids, rowName);
}
