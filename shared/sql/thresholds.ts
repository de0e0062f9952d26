const float = new DataView(new ArrayBuffer(8));

/** The next larger double. @param value finite; the largest gives infinity. */
function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  float.setFloat64(0, value);
  const bits = float.getBigInt64(0);
  float.setBigInt64(0, value > 0 ? bits + 1n : bits - 1n);
  return float.getFloat64(0) + 0;
}

/** Where a histogram is cut, so that what lies at a point has a bucket of its own. */
export interface Thresholds {
  /** Strictly ascending. */
  readonly values: readonly number[];
  /** Counts at points and between them, from counts by bucket: bucket 0 is before the first threshold. */
  cells(buckets: ReadonlyMap<number, number>): {
    readonly at: readonly number[];
    readonly between: readonly number[];
  };
}

/** Where `width_bucket` is to cut, whose buckets have their lower threshold. @param points ascending. */
export function thresholdsOf(points: readonly number[]): Thresholds {
  const values: number[] = [];
  // Cells in order of value: gap 0, point 0, gap 1, point 1, … gap n. The cell of each bucket:
  const cellOf: number[] = [0];
  for (const [i, point] of points.entries()) {
    // No number lies between two neighbouring doubles.
    if (values.at(-1) === point) cellOf.pop();
    else values.push(point);
    values.push(nextAbove(point));
    cellOf.push(2 * i + 1, 2 * i + 2);
  }
  return {
    values,
    cells(buckets) {
      const cells = new Array<number>(2 * points.length + 1).fill(0);
      for (const [bucket, count] of buckets) cells[cellOf[bucket]!]! += count;
      return {
        at: points.map((_, i) => cells[2 * i + 1]!),
        between: [0, ...points].map((_, i) => cells[2 * i]!),
      };
    },
  };
}
