import type { CandidateReport } from './training-report.ts';

/** What a training advances by. */
export type StepWord = 'epoch' | 'round' | 'step';

/**
 * What the `epochs` of a candidate are called: rounds of boosted trees, steps of Newton's method, epochs of all else.
 *
 * @example stepWordOf({ type: 'boosted-trees', options: {} }) // 'round'
 */
export function stepWordOf({ type, options }: Pick<CandidateReport, 'type' | 'options'>): StepWord {
  if (type === 'boosted-trees') return 'round';
  return type === 'linear' && options.solver === 'newton' ? 'step' : 'epoch';
}

/** The words of several candidates, each once, in a fixed order. */
export function stepWordsOf(candidates: readonly CandidateReport[]): StepWord[] {
  const used = new Set(candidates.map(stepWordOf));
  return (['epoch', 'round', 'step'] as const).filter((word) => used.has(word));
}
