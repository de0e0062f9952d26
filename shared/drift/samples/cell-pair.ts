/** Two samples as counts over the same cells: categories, values or bins. */
export interface CellPair {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** Rows of each sample. */
export function rowsOf({ reference, current }: CellPair): { reference: number; current: number } {
  return { reference: sumOf(reference), current: sumOf(current) };
}

export function sumOf(counts: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}

/** A pair of cells from counts or weights, for callers that have plain lists. */
export function cellsOf(reference: readonly number[], current: readonly number[]): CellPair {
  if (reference.length !== current.length) {
    throw new RangeError(
      `cells of two samples: ${reference.length} of the reference, ${current.length} of the current rows; give one count each for the same cells`,
    );
  }
  return { reference: Float64Array.from(reference), current: Float64Array.from(current) };
}
