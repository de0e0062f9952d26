import { counted } from '../../text/counts.ts';
import type { CandidateReport } from './training-report.ts';

/** What a training advances by. */
export type StepWord = 'epoch' | 'round' | 'step' | 'penalty';

/**
 * What the `epochs` of a candidate are called: rounds of boosted trees, penalties of a linear model that tries a path of them,
 * steps of Newton's method, epochs of all else.
 *
 * @example stepWordOf({ type: 'boosted-trees', options: {} }) // 'round'
 */
export function stepWordOf({ type, options }: Pick<CandidateReport, 'type' | 'options'>): StepWord {
  if (type === 'boosted-trees') return 'round';
  if (type !== 'linear' || options.solver !== 'newton') return 'epoch';
  return options.l2 === 'auto' ? 'penalty' : 'step';
}

/** The words of several candidates, each once, in a fixed order. */
export function stepWordsOf(candidates: readonly CandidateReport[]): StepWord[] {
  const used = new Set(candidates.map(stepWordOf));
  return (['epoch', 'round', 'step', 'penalty'] as const).filter((word) => used.has(word));
}

/** The word for several. */
export function stepsWordOf(candidate: Pick<CandidateReport, 'type' | 'options'>): string {
  const word = stepWordOf(candidate);
  return word === 'penalty' ? 'penalties' : `${word}s`;
}

/** How many a candidate was trained for. @example '20 penalties' */
export function countedSteps(candidate: Pick<CandidateReport, 'type' | 'options' | 'epochs'>): string {
  return counted(candidate.epochs, stepWordOf(candidate), stepsWordOf(candidate));
}
