/** The share of the later values that must lie beyond the earlier ones. */
const mostBeyond = 0.95;

/**
 * On which side of all earlier values nearly all later ones lie, at least 95% of them: so does what grows with the time, such
 * as a date, a running number, an index. NaN is missing.
 *
 * @returns undefined where they do not, and where there is no value on one side.
 * @example sideBeyond([4, 5, 6], [1, 2, 3]) // 'above'
 */
export function sideBeyond(
  later: ArrayLike<number>,
  earlier: ArrayLike<number>,
): 'above' | 'below' | undefined {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < earlier.length; row++) {
    // Comparisons with a missing value, NaN, are false.
    if (earlier[row]! < least) least = earlier[row]!;
    if (earlier[row]! > most) most = earlier[row]!;
  }
  let [known, above, below] = [0, 0, 0];
  for (let row = 0; row < later.length; row++) {
    const value = later[row]!;
    if (Number.isNaN(value)) continue;
    known++;
    if (value > most) above++;
    else if (value < least) below++;
  }
  if (known === 0 || most < least || Math.max(above, below) < mostBeyond * known) return undefined;
  return above >= below ? 'above' : 'below';
}
