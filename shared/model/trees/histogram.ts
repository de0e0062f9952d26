import { blockRows } from './gradients.ts';

/**
 * The address of sums over a leaf's rows by column and bin; whole numbers all. Those of the c-th column's bin b start
 * `(c · stride + b) · fields` numbers on. Of a leaf of up to `blockRows` rows they are packed: one number holds the count
 * of rows and the first derivative, as `blockRows` says; beside it is the second derivative where it is not 1 in
 * every row. Of a larger leaf they are the first derivative, the count of rows and the second derivative (or the count).
 */
export type Histogram = number;

/** Where a histogram's numbers are. */
export interface HistogramShape {
  /** A multiple of four, or of two where they are listed: the last ones may stand for nothing. */
  readonly columns: number;
  /** Whether they are some columns alone, in the order in which they were drawn. */
  readonly listed: boolean;
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
  return { columns: padded, listed: false, stride: bins, packedFields, length };
}

/** Whether the sums of a leaf of so many rows are packed. */
export function isPacked(rows: number): boolean {
  return rows <= blockRows;
}

/** With so many columns drawn, or more, sums of all are as fast: a column of a list is found by one more step. */
const mostListed = 0.75;

/** The shape of the histograms of a tree that grows on some columns of so many. */
export function drawnShape(shape: HistogramShape, drawn: number, columns: number): HistogramShape {
  if (drawn > columns * mostListed) return shape;
  return { ...shape, columns: Math.ceil(drawn / 2) * 2, listed: true };
}
