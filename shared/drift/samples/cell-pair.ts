/** Two samples as counts over the same cells: categories, values or bins. */
export interface CellPair {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** Rows of each sample. */
export function rowsOf({ reference, current }: CellPair): { reference: number; current: number } {
  return { reference: sumOf(reference), current: sumOf(current) };
}

/** Rows of all cells together. */
export function sumOf(counts: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}
