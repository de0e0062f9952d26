import { formatNumber } from '../../text/number-format.ts';
import type { EvaluationWarning } from '../evaluation/evaluation-warning.ts';
import type { MetricResult } from '../evaluation/metric-result.ts';

/**
 * A word on a model that is no better than the naive baseline on the same rows: where no gate compares the two, nothing else
 * says that nothing was learnt.
 *
 * @param primary the primary metric.
 */
export function noSkillWarnings({
  name,
  better,
  value,
  baseline,
}: Pick<MetricResult, 'name' | 'better' | 'value' | 'baseline'>): EvaluationWarning[] {
  if (value === null || baseline === undefined || baseline === null) return [];
  const isBetter = better === 'lower' ? value < baseline : value > baseline;
  if (isBetter || better === 'zero') return [];
  const [own, naive] = [value, baseline].map((one) => formatNumber(one, { digits: 4 }));
  return [
    {
      kind: 'no-skill',
      message: `No better than the naive baseline: ${name} is ${own}, and ${naive} of the baseline on the same rows. What was learnt from the features does not help on rows that were not seen. A gate stops such a model: { metric: ${name}, baseline: { better-by-at-least: 0% } }`,
    },
  ];
}
