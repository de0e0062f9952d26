// The metrics of classifiers, a file each (formula and source stand in the descriptors), and what a report shows of
// classes.
import type { ClassificationMetricName } from '../descriptors/descriptors.ts';
import { classificationMetric, type Metric } from '../metric/metric.ts';
import type { MetricValue } from '../metric/metric-value.ts';
import type { CellsSampling, ShareSampling } from '../metric/sampling.ts';
import type { ConfusionMatrix } from '../rows/confusion.ts';

/** A metric that needs no more than the confusion matrix. */
export function confusionMetric<Name extends ClassificationMetricName<'labels'>>(
  name: Name,
  of: (matrix: ConfusionMatrix) => MetricValue,
  interval: Pick<CellsSampling, 'unseen'> | Pick<ShareSampling, 'trials' | 'ofShare'>,
): Metric<Name> {
  return classificationMetric({
    name,
    weigh: (rows) => (weights) => of(rows.confusion.at(weights)),
    sample: (rows) =>
      'trials' in interval
        ? { kind: 'share', rows, of, unseen: 'one', ...interval }
        : { kind: 'cells', rows, of, ...interval },
  });
}

/** Rows that are right among all: the trials of accuracy. */
export const rightRows: Pick<ShareSampling, 'trials' | 'ofShare'> = {
  trials: ({ correct, total }) => ({ hits: correct, rows: total }),
  ofShare: (share) => share,
};
