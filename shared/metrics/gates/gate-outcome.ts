import { counted } from '../../text/counts.ts';
import type { GateResult } from '../evaluation/gate-result.ts';
import type { Interval } from '../evaluation/judged-values.ts';

/** The side of the bound on which a quantity must lie; on the bound itself it holds. */
export type GoodSide = 'at most' | 'at least';

/**
 * Pass when the whole interval is on the good side of the bound, fail when the whole of it is on the bad side.
 * Inconclusive when the interval reaches across, wherever the value itself lies, and when there is no interval or no
 * value: then the rows cannot tell.
 */
export function outcomeOf(
  { value, low, high }: Interval,
  bound: number,
  side: GoodSide,
): GateResult['outcome'] {
  if (value === null || low === null || high === null) return 'inconclusive';
  if (side === 'at most') return high <= bound ? 'pass' : low > bound ? 'fail' : 'inconclusive';
  return low >= bound ? 'pass' : high < bound ? 'fail' : 'inconclusive';
}

/** Why a gate is inconclusive; undefined when it is decided. */
export function doubtOf(interval: Interval, bound: number, side: GoodSide): GateResult['doubt'] {
  if (outcomeOf(interval, bound, side) !== 'inconclusive') return undefined;
  const { value, low, high } = interval;
  if (value === null || low === null || high === null) return 'unmeasured';
  return (side === 'at most' ? value <= bound : value >= bound) ? 'within' : 'beyond';
}

/** One sentence: why this outcome. */
export function outcomeSentence(
  { value, low, high, reason }: Interval,
  bound: number,
  side: GoodSide,
  rows: number,
): string {
  if (value === null) return `It cannot be measured: ${reason ?? 'it is undefined'}.`;
  if (low === null || high === null) return `There is no interval: ${reason ?? 'it is undefined'}.`;
  const bad = side === 'at most' ? 'above' : 'below';
  switch (outcomeOf({ value, low, high }, bound, side)) {
    case 'pass':
      return `No part of the interval lies ${bad} the bound.`;
    case 'fail':
      return `The whole interval lies ${bad} the bound.`;
    default: {
      const where = doubtOf({ value, low, high }, bound, side);
      return `The interval reaches across the bound, so ${counted(rows, 'row')} cannot tell; the value itself is ${where} the bound.`;
    }
  }
}
