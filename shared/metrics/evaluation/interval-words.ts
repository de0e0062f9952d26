import { counted } from '../../text/counts.ts';
import { declaredShare } from '../../text/percent.ts';
import type { Evaluation } from './evaluation.ts';

const methods: Readonly<Record<Evaluation['bootstrap']['method'], string>> = {
  auto: 'by the method of each metric',
  bca: 'BCa bootstrap',
  percentile: 'percentile bootstrap',
};

/** How the intervals of an evaluation were made: `95% percentile bootstrap, 1,000 resamples, seed 1`. */
export function intervalWords(bootstrap: Evaluation['bootstrap']): string {
  const { method, confidence, resamples, seed, rows } = bootstrap;
  const some =
    rows === undefined
      ? ''
      : ` of ${counted(rows, 'row')}, scaled to all (the ends are known to about 5% of the half-width)`;
  return `${declaredShare(confidence)} ${methods[method]}, ${counted(resamples, 'resample')}${some}, seed ${seed}`;
}
