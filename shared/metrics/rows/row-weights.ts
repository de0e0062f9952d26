/**
 * How often each row counts: once in the data itself, as often as it was drawn in a bootstrap resample, not at all
 * when a jackknife leaves it out. Metrics keep what they counted per object, so every weighting is a new object,
 * even where the counts are written into the same array again.
 */
export interface RowWeights {
  readonly counts: Uint8Array;
  /** Sum of the counts. */
  readonly total: number;
  /** Every count is 1: what is sorted needs no places. */
  readonly once?: true;
}

/** Every row once. */
export function onceEach(rows: number): RowWeights {
  return { counts: new Uint8Array(rows).fill(1), total: rows, once: true };
}

/** Counts as 64-bit numbers: reading one is faster than converting a byte. */
const asNumber = Float64Array.from({ length: 256 }, (_, count) => count);

/**
 * Σ counts · values, in four running sums: a single one waits for each addition before it can begin the next.
 *
 * @param values as many as counts.
 */
export function weightedSum(values: Float64Array, counts: Uint8Array): number {
  const rows = values.length;
  const even = rows - (rows % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < even; i += 4) {
    a += values[i]! * asNumber[counts[i]!]!;
    b += values[i + 1]! * asNumber[counts[i + 1]!]!;
    c += values[i + 2]! * asNumber[counts[i + 2]!]!;
    d += values[i + 3]! * asNumber[counts[i + 3]!]!;
  }
  for (let i = even; i < rows; i++) a += values[i]! * counts[i]!;
  return a + b + (c + d);
}
