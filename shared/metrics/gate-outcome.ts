import type { GateResult, Interval } from './evaluation.ts';

/** The side of the bound on which a quantity must lie. */
export type GoodSide = 'at most' | 'at least';

/**
 * Pass when the whole interval is on the good side of the bound, fail when the whole of it is on the bad side,
 * inconclusive when it straddles the bound or there is none: then the data cannot tell.
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

/** One sentence: why this outcome. */
export function outcomeSentence(outcome: GateResult['outcome'], interval: Interval, side: GoodSide): string {
  if (interval.value === null) return `It cannot be measured: ${interval.reason ?? 'it is undefined'}.`;
  if (interval.low === null || interval.high === null)
    return `There is no interval: ${interval.reason ?? 'it is undefined'}.`;
  switch (outcome) {
    case 'pass':
      return `The whole interval lies ${side === 'at most' ? 'below' : 'above'} the bound.`;
    case 'fail':
      return `The whole interval lies ${side === 'at most' ? 'above' : 'below'} the bound.`;
    default:
      return 'The interval straddles the bound: these rows cannot tell.';
  }
}
