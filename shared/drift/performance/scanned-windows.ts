import type { TimeColumn } from '../../dataset/time/window.ts';

/** Rows from a change point on. */
export interface ScannedWindow {
  /** By ascending event time. */
  readonly rows: Uint32Array;
  /** Event time of the first; undefined for all rows. */
  readonly from?: number;
}

/** Each window has so many times the rows of the next shorter one, about. */
const ratio = 1.25;

/**
 * The windows that end with the newest row: all rows, and the newest of them from each change point on that is looked at.
 * Lengths fall by a factor of 1.25 down to `fewest` rows, so that whatever the change point, one window has at least 80% of the
 * rows after it, and no others. Rows of equal time stay together; without times there is no order, and only all rows are looked at.
 *
 * @returns the longest first; none where there are fewer rows.
 */
export function scannedWindows(rows: number, times: TimeColumn | undefined, fewest: number): ScannedWindow[] {
  if (rows < fewest) return [];
  if (!times) return [{ rows: Uint32Array.from({ length: rows }, (_, row) => row) }];
  const at = Float64Array.from(times.values, (time) =>
    Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time,
  );
  const order = Uint32Array.from(at.keys()).sort((a, b) => at[a]! - at[b]! || a - b);
  const starts = new Set<number>([0]);
  for (let wanted = rows / ratio; wanted >= fewest; wanted /= ratio) {
    // The last change point that leaves enough rows, at the first of those that share its time.
    let start = Math.floor(rows - wanted);
    while (start > 0 && at[order[start - 1]!] === at[order[start]!]) start--;
    if (Number.isFinite(at[order[start]!])) starts.add(start);
  }
  return [...starts].map((start) => ({
    rows: order.subarray(start),
    ...(start > 0 ? { from: at[order[start]!]! } : {}),
  }));
}
