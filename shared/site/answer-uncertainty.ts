import type { Evaluation } from '../metrics/evaluation/evaluation.ts';
import type { PipelineSite } from './site-input.ts';

/** How far off answers are, as the evaluation measured it; without what estimates of the performance are made from. */
export function answerUncertainty({ uncertainty }: Evaluation): Pick<PipelineSite, 'uncertainty'> {
  if (!uncertainty) return {};
  const { rows, intervals } = uncertainty;
  return { uncertainty: { rows, intervals } };
}
