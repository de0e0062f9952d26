import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { Random } from '../../platform/random.ts';
import { formatEstimate, formatInterval } from '../../text/number-format.ts';
import type { MetricName } from '../descriptors/descriptors.ts';
import type { EvaluationWarning } from '../evaluation/evaluation-warning.ts';
import type { MetricResult } from '../evaluation/metric-result.ts';
import { estimatesOf } from '../intervals/estimates.ts';
import { fewestRows, measured } from '../intervals/measured.ts';
import { metricOf } from '../registry/registry.ts';
import { judgedRows } from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';

/** What {@link validationWarnings} compares. */
export interface ValidationInput {
  /** The same model's of the validation rows. */
  readonly validation: Predictions;
  /** The primary metric of the test rows. */
  readonly test: MetricResult;
  readonly settings: ValidateConfig['bootstrap'];
  readonly random: Random;
}

/** A word on test rows that are not like the validation rows: the intervals of the primary metric do not overlap. */
export function validationWarnings({
  validation,
  test,
  settings,
  random,
}: ValidationInput): EvaluationWarning[] {
  const rows = judgedRows(validation);
  if (rows.count < fewestRows || test.value === null || test.low === null || test.high === null) return [];
  const metric = metricOf(test.name as MetricName);
  const [estimate] = estimatesOf({ metrics: [{ metric, rows }], settings, random });
  const { value, low, high } = measured(estimate!, settings);
  if (value === null || low === null || high === null) return [];
  if (low <= test.high && test.low <= high) return [];
  return [
    {
      kind: 'validation-gap',
      message: `${test.name} is ${formatEstimate({ value, low, high })} (${formatInterval(low, high)}) on the validation rows and ${formatEstimate(test)} (${formatInterval(test.low, test.high)}) on the test rows: further apart than chance explains. The two sides are not alike: look for a change in time (data.time, split.by), for groups of rows (data.group), and for an early choice of candidate on too few rows`,
    },
  ];
}
