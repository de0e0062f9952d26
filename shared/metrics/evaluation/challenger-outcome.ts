import type { Evaluation } from './evaluation.ts';
import { valueBesideChampion } from './newer-rows-words.ts';
import { meaningOf } from './verdict.ts';

/** What the comparison of a challenger with the model in production came to. */
export const challengerOutcomes = [
  'better',
  'not-clearly-better',
  /** Better, and a gate does not let it pass. */
  'gates-fail',
  'not-comparable',
] as const;

export type ChallengerOutcome = (typeof challengerOutcomes)[number];

/**
 * What a challenger is beside the champion. It is better when validation lets it pass, and on the rows that decide for the
 * gates too the paired gain in the primary metric is above 0 with this one-sided confidence: its (1 − confidence) quantile is.
 *
 * @param confidence `retrain.confidence`, from 0.5 on.
 */
export function challengerOutcome(
  { verdict, champion, metrics, primary }: Evaluation,
  confidence: number,
): ChallengerOutcome {
  const compared = metrics.find(({ name }) => name === primary)?.champion;
  if (!champion?.comparable || (!compared && champion.same !== true)) return 'not-comparable';
  const reached = champion.better?.confidence;
  if (reached == null || reached < confidence) return 'not-clearly-better';
  return meaningOf(verdict).deployable ? 'better' : 'gates-fail';
}

/**
 * The change in the primary metric from champion to challenger, as a share of the champion's value: −0.007 of an error that
 * fell by 0.7%; null where that is undefined.
 */
export function challengerChange({ metrics, primary }: Evaluation): number | null {
  const metric = metrics.find(({ name }) => name === primary);
  const before = metric?.champion?.value ?? null;
  const after = metric ? valueBesideChampion(metric) : null;
  if (before === null || after === null || before === 0) return null;
  return (after - before) / Math.abs(before);
}
