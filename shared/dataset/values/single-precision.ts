/** Half the distance between two neighbouring 32-bit floats, relative to them. */
const rounding = 2 ** -24;
/** Rounding may be this share of a deviation. */
const allowed = 0.01;

/**
 * Whether numbers that lie so far from zero lose digits that tell them apart when they become 32-bit floats: what is rounded off is
 * more than 1% of their deviation, which it is where the mean is some 170,000 deviations or more.
 *
 * @param deviation 0 where all numbers are equal: there is nothing to lose.
 */
export function losesDigits({
  mean,
  deviation,
}: {
  readonly mean: number;
  readonly deviation: number;
}): boolean {
  return deviation > 0 && Math.abs(mean) * rounding > allowed * deviation;
}
