/** First and second derivatives of a loss by the score, by row. */
export interface Gradients {
  readonly first: Float64Array;
  /** Absent where it is 1 in every row. */
  readonly second: Float64Array | undefined;
}

/**
 * Derivatives as whole numbers, so that their sums are exact: they do not depend on the order of rows, and a sibling's
 * sum is the parent's less the other's to the last bit.
 */
export interface QuantisedGradients {
  /** By row: `rowUnit` plus the first derivative in steps of `firstStep`. */
  readonly first: Float64Array;
  /** By row: the second derivative in steps of `secondStep`. */
  readonly second: Float64Array | undefined;
  readonly firstStep: number;
  readonly secondStep: number;
}

/** Steps from 0 to the largest derivative: as fine as a 32-bit float near it. */
const steps = 2 ** 22;

/** Rows whose sum of `first` can be taken apart again into a count and a sum. */
export const blockRows = 2 ** 14;

/**
 * What one row adds to a sum besides its derivative. A block's derivatives add up to less than half of it, and its
 * rows' units to 2^52: one double holds the count of rows and the sum of their derivatives, exactly.
 */
export const rowUnit = 2 ** 38;

/** Space for the quantised derivatives of so many rows. */
export function quantisedSpace(rows: number, second: boolean): QuantisedGradients {
  const space = second ? new Float64Array(rows) : undefined;
  return { first: new Float64Array(rows), second: space, firstStep: 1, secondStep: 1 };
}

/** Quantises derivatives into the space of an earlier round. */
export function quantise(gradients: Gradients, space: QuantisedGradients): QuantisedGradients {
  const firstStep = stepOf(gradients.first);
  const perFirst = 1 / firstStep;
  const { first, second } = gradients;
  for (let row = 0; row < first.length; row++) {
    space.first[row] = rowUnit + Math.round(first[row]! * perFirst);
  }
  if (!second || !space.second) return { ...space, firstStep, secondStep: 1 };
  const secondStep = stepOf(second);
  const perSecond = 1 / secondStep;
  for (let row = 0; row < second.length; row++) space.second[row] = Math.round(second[row]! * perSecond);
  return { ...space, firstStep, secondStep };
}

/** The smallest power of two of which `steps` reach the largest value: multiplying by it rounds nothing. */
function stepOf(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]!);
    if (size > largest) largest = size;
  }
  let step = 1;
  while (step * steps < largest) step *= 2;
  while (step > 1e-290 && (step / 2) * steps >= largest) step /= 2;
  return step;
}
