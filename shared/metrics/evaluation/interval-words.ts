import { counted } from '../../text/counts.ts';
import { declaredShare } from '../../text/percent.ts';
import type { Evaluation } from './evaluation.ts';

const methods: Readonly<Record<Evaluation['bootstrap']['method'], string>> = {
  auto: 'by the method of each metric',
  bca: 'BCa bootstrap',
  percentile: 'percentile bootstrap',
};

/** How the intervals of an evaluation were made: `95% percentile bootstrap, 1,000 resamples, seed 1`. */
export function intervalWords({ method, confidence, resamples, seed }: Evaluation['bootstrap']): string {
  return `${declaredShare(confidence)} ${methods[method]}, ${counted(resamples, 'resample')}, seed ${seed}`;
}
