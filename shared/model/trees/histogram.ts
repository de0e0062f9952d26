import { blockRows } from './gradients.ts';

/**
 * The address of sums over a leaf's rows by column and bin; whole numbers all. Those of column c's bin b start
 * `(c · stride + b) · fields` numbers on. Of a leaf of up to `blockRows` rows they are packed: one number holds the count
 * of rows and the first derivative, as `blockRows` says; beside it is the second derivative where it is not 1 in
 * every row. Of a larger leaf they are the first derivative, the count of rows and the second derivative (or the count).
 */
export type Histogram = number;

/** Where a histogram's numbers are. */
export interface HistogramShape {
  /** A multiple of four: the last ones may stand for nothing. */
  readonly columns: number;
  /** Bins of each column, the same for all. */
  readonly stride: number;
  /** Numbers a bin of packed sums: 1 or, with second derivatives, 2. */
  readonly packedFields: 1 | 2;
  /** Numbers of the largest histogram. */
  readonly length: number;
}

/** Numbers a bin of sums that are not packed. */
export const wideFields = 3;

/**
 * @param bins of the column that has most.
 * @param rows of the largest leaf.
 */
export function histogramShape(columns: number, bins: number, second: boolean, rows: number): HistogramShape {
  const packedFields = second ? 2 : 1;
  const padded = Math.ceil(columns / 4) * 4;
  const length = padded * bins * (isPacked(rows) ? packedFields : wideFields);
  return { columns: padded, stride: bins, packedFields, length };
}

/** Whether the sums of a leaf of so many rows are packed. */
export function isPacked(rows: number): boolean {
  return rows <= blockRows;
}
