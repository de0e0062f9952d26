import type { Column } from '../dataset/table/table.ts';
import { LargeSet } from '../platform/large-map.ts';
import { type KeyedRows, placeIn, rowsByKey } from './key-codes.ts';
import { type RollupColumn, rolledColumn, rollupValues } from './rollup-values.ts';
import { noRow, takeOrMissing } from './work-table.ts';

/** The rows that look back, and those that they look back at. */
export interface WindowRows {
  /** See `keyCodes`. */
  readonly left: Int32Array;
  readonly leftTimes: Float64Array;
  readonly right: Int32Array;
  readonly rightTimes: Float64Array;
  /** How far back, in the times' own unit. */
  readonly span: number;
}

/**
 * Rolls up, for each row, the rows of its key in the span before its time: from so long ago on, and before it. Its own time
 * is not in it, so that no row sees itself, or what came with it. Each sum is of its own rows alone, the earliest first:
 * rows that come later, or came much earlier, change no digit of it.
 *
 * Without such rows a count, a sum and a number of distinct values are 0; a row without key or time has none of them.
 */
export function rollUpWindows(rows: WindowRows, columns: readonly RollupColumn[]): [string, Column][] {
  const past = rowsByKey(rows.right, rows.rightTimes);
  const ranges = rangesOf(rows, past);
  return columns.map((rollup) => [rollup.name, rolled(rollup, ranges, past)]);
}

/** Of each row, from where to where in the past's rows; -1 where it has no key or time. */
interface Ranges {
  readonly from: Int32Array;
  readonly to: Int32Array;
}

function rangesOf({ left, leftTimes, span }: WindowRows, { starts, times }: KeyedRows): Ranges {
  const from = new Int32Array(left.length).fill(-1);
  const to = new Int32Array(left.length).fill(-1);
  for (let row = 0; row < left.length; row++) {
    const code = left[row]!;
    const time = leftTimes[row]!;
    if (code < 0 || Number.isNaN(time)) continue;
    const own: [number, number] = code < starts.length - 1 ? [starts[code]!, starts[code + 1]!] : [0, 0];
    from[row] = placeIn(times!, own, time - span, false);
    to[row] = placeIn(times!, own, time, false);
  }
  return { from, to };
}

function rolled(rollup: RollupColumn, { from, to }: Ranges, { rows }: KeyedRows): Column {
  const { kind, column } = rollup;
  if (kind === 'count' || !column) {
    return {
      type: 'number',
      values: Float64Array.from(from, (start, row) => (start < 0 ? Number.NaN : to[row]! - start)),
    };
  }
  const all = rollupValues(column);
  const values = Float64Array.from(rows, (row) => all[row]!);
  if (kind === 'last') {
    const last = from.map((start, row) => (start < 0 ? noRow : lastKnown(values, start, to[row]!)));
    return takeOrMissing(
      column,
      last.map((place) => (place < 0 ? noRow : rows[place]!)),
    );
  }
  const compute = computations[kind];
  return rolledColumn(
    rollup,
    Float64Array.from(from, (start, row) => (start < 0 ? Number.NaN : compute(values, start, to[row]!))),
  );
}

type Computation = (values: Float64Array, from: number, to: number) => number;

function lastKnown(values: Float64Array, from: number, to: number): number {
  for (let i = to - 1; i >= from; i--) if (!Number.isNaN(values[i]!)) return i;
  return noRow;
}

/** Folds the values that are there, and counts them. @param start the result where none is. */
function folded(
  fold: (sum: number, value: number) => number,
  start: number,
): (...of: Parameters<Computation>) => [number, number] {
  return (values, from, to) => {
    let [result, known] = [start, 0];
    for (let i = from; i < to; i++) {
      const value = values[i]!;
      if (Number.isNaN(value)) continue;
      result = fold(result, value);
      known++;
    }
    return [result, known];
  };
}

const total = folded((sum, value) => sum + value, 0);
const smallest = folded(Math.min, Number.POSITIVE_INFINITY);
const largest = folded(Math.max, Number.NEGATIVE_INFINITY);

const computations: Readonly<Record<'sum' | 'mean' | 'min' | 'max' | 'distinct', Computation>> = {
  sum(values, from, to) {
    const [sum, known] = total(values, from, to);
    return known > 0 || from === to ? sum : Number.NaN;
  },
  mean(values, from, to) {
    const [sum, known] = total(values, from, to);
    return sum / known;
  },
  min(values, from, to) {
    const [value, known] = smallest(values, from, to);
    return known > 0 ? value : Number.NaN;
  },
  max(values, from, to) {
    const [value, known] = largest(values, from, to);
    return known > 0 ? value : Number.NaN;
  },
  distinct: (values, from, to) =>
    new LargeSet(values.subarray(from, to).filter((value) => !Number.isNaN(value))).size,
};
