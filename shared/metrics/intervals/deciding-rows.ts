/** So many rows that came after the champion's data decide by themselves between two models. */
export const fewestNewerRows = 30;

/**
 * The one rule of gates and retraining: on which rows two models are compared. Where at least {@link fewestNewerRows} of them
 * came after the champion's data, on those: they are the future that the choice is made for, and the deployed champion itself
 * predicts them. Otherwise on all that both can be judged on (docs/adr/0028-newer-rows-decide.md); of two that both were
 * predicted out-of-fold on the older ones, since there alike is compared with alike.
 *
 * @param newer which of the rows did, by place among all. @param rows how many there are.
 */
export function decidingRows(
  newer: Uint32Array,
  { rows, outOfFold = false }: { readonly rows: number; readonly outOfFold?: boolean | undefined },
): Uint32Array | 'all' {
  if (newer.length >= fewestNewerRows) return newer;
  return outOfFold && newer.length > 0 && newer.length < rows ? restOf(newer, rows) : 'all';
}

/** The places that are not among those given, which ascend. */
export function restOf(places: Uint32Array, rows: number): Uint32Array {
  const rest = new Uint32Array(rows - places.length);
  let next = 0;
  for (let row = 0, at = 0; row < rows; row++) {
    if (places[at] === row) at++;
    else rest[next++] = row;
  }
  return rest;
}
