/** At most so many rows, at even distances: the first ones may all be of one time or place. */
export function evenRows(rows: number, most: number): Uint32Array {
  const step = Math.max(1, rows / most);
  return Uint32Array.from({ length: Math.min(rows, most) }, (_, i) => Math.floor(i * step));
}
