/** A gain, positive being better, with the ends of its interval. */
interface SidedGain {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** `same`: not clearly different. `unknown`: without a value, or without an interval to tell by. */
export type ClearSide = 'better' | 'worse' | 'same' | 'unknown';

/**
 * The one rule of what is called better or worse, in headlines, tables, titles and in what follows from them: the whole interval of
 * the gain lies on one side of zero, and the value with it. An interval that only touches zero is on neither side.
 */
export function clearSide({ value, low, high }: SidedGain): ClearSide {
  if (value === null || low === null || high === null) return 'unknown';
  if (low > 0 && value > 0) return 'better';
  return high < 0 && value < 0 ? 'worse' : 'same';
}
