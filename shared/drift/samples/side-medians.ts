import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { edgeBetween } from '../../dataset/statistics/bin-edge.ts';
import type { NumberPair } from './number-pair.ts';

/** The middle value of each side, in the column's unit; dates in milliseconds. */
export interface SideMedians {
  readonly reference: number;
  readonly current: number;
}

/**
 * The lower median of both samples, for words such as "fell 118 → 85". Where few rows have the value, a round number between
 * it and the one below stands for it, because reports show no value of a few rows.
 *
 * @returns undefined where a median lies in a cell without an end.
 */
export function sideMedians(pair: NumberPair, type: 'number' | 'date'): SideMedians | undefined {
  const reference = medianOf(pair, 'reference', type);
  const current = medianOf(pair, 'current', type);
  return reference === undefined || current === undefined ? undefined : { reference, current };
}

function medianOf(
  { low, high, rows, ...counts }: NumberPair,
  side: 'reference' | 'current',
  type: 'number' | 'date',
): number | undefined {
  const at = middleCell(counts[side], rows[side]);
  const value = (low[at]! + high[at]!) / 2;
  if (!Number.isFinite(value)) return undefined;
  if (low[at] !== high[at] || counts[side][at]! >= fewestPublishedRows || at === 0) return value;
  return edgeBetween(high[at - 1]!, value, { type }) ?? value;
}

/** The first cell with which half of the rows are reached. */
function middleCell(counts: Float64Array, rows: number): number {
  let reached = 0;
  for (let at = 0; at < counts.length; at++) {
    reached += counts[at]!;
    if (2 * reached >= rows) return at;
  }
  return counts.length - 1;
}
