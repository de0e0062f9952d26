/** First and second derivatives of a loss by the score, by row. */
export interface Gradients {
  readonly first: Float64Array;
  /** Absent where it is 1 in every row. */
  readonly second: Float64Array | undefined;
}

/** What whole numbers of steps are multiplied by. */
export interface Steps {
  readonly firstStep: number;
  readonly secondStep: number;
}

/** Steps from 0 to the largest derivative: as fine as a 32-bit float near it. */
const steps = 2 ** 22;

/**
 * Rows of which one number holds both the count and the sum of the first derivatives, exactly: a row adds 2^38 and its
 * derivative in steps, so that the derivatives add up to less than half of 2^38 and the rows' units to 2^52.
 */
export const blockRows = 2 ** 14;

/**
 * The step in which derivatives up to `largest` are told as whole numbers, so that their sums are exact: they do not
 * depend on the order of rows, and a sibling's sum is the parent's less the other's to the last bit. It is the smallest
 * power of two of which `steps` reach the largest one: multiplying by it rounds nothing.
 */
export function stepFor(largest: number): number {
  let step = 1;
  while (step * steps < largest) step *= 2;
  while (step > 1e-290 && (step / 2) * steps >= largest) step /= 2;
  return step;
}
