/** First and second derivatives of a loss by the score, by row. */
export interface Gradients {
  readonly first: Float64Array;
  /** Absent where it is 1 in every row. */
  readonly second: Float64Array | undefined;
}

/** Numbers among others: row r's are at `start + r · step`. */
export interface RowNumbers {
  readonly numbers: Float64Array;
  readonly start: number;
  readonly step: number;
}

/** What whole numbers of steps are multiplied by. */
export interface Steps {
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

/**
 * Writes derivatives as whole numbers, so that their sums are exact: they do not depend on the order of rows, and a
 * sibling's sum is the parent's less the other's to the last bit. A row's first number is `rowUnit` plus the first
 * derivative in steps; the second derivative, where there is one, is the number after it.
 */
export function quantise({ first, second }: Gradients, out: RowNumbers): Steps {
  const firstStep = stepOf(first);
  writeSteps(first, 1 / firstStep, rowUnit, out);
  if (!second) return { firstStep, secondStep: 1 };
  const secondStep = stepOf(second);
  writeSteps(second, 1 / secondStep, 0, { ...out, start: out.start + 1 });
  return { firstStep, secondStep };
}

function writeSteps(
  values: Float64Array,
  perStep: number,
  unit: number,
  { numbers, start, step }: RowNumbers,
): void {
  for (let row = 0, k = start; row < values.length; row++, k += step) {
    numbers[k] = unit + Math.round(values[row]! * perStep);
  }
}

/** The smallest power of two of which `steps` reach the largest value: multiplying by it rounds nothing. */
function stepOf(values: Float64Array): number {
  const largest = largestOf(values);
  let step = 1;
  while (step * steps < largest) step *= 2;
  while (step > 1e-290 && (step / 2) * steps >= largest) step /= 2;
  return step;
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  return largest;
}
