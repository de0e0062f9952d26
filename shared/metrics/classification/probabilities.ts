import { type ClassificationMetricName, descriptorOf } from '../descriptors/descriptors.ts';
import { weightedMean } from '../metric/mean-of-rows.ts';
import { classificationMetric, type Metric, type WeightedMetric } from '../metric/metric.ts';
import type { MetricValue } from '../metric/metric-value.ts';
import type { Sampling } from '../metric/sampling.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';

const absent = { undefined: 'the predictions have no probabilities' } as const satisfies MetricValue;

/** A metric of probabilities, which is undefined where a framework gave labels only. */
export function probabilityMetric<Name extends ClassificationMetricName<'probabilities'>>(
  name: Name,
  { weigh, sample }: ProbabilityDefinition,
): Metric<Name> {
  return classificationMetric({
    name,
    weigh: (rows) => (rows.probabilities ? weigh(rows, rows.probabilities) : () => absent),
    sample: (rows) =>
      rows.probabilities ? sample(rows, rows.probabilities) : { kind: 'none', reason: absent.undefined },
  });
}

/** A metric that is the mean of what each row's probabilities cost, given the class that happened. */
export function meanLoss<Name extends ClassificationMetricName<'probabilities'>>(
  name: Name,
  /** @param of `start` is where the row's probabilities begin, `happened` the class. */
  lossOf: (rows: ClassifiedRows) => (start: number, happened: number) => number,
): Metric<Name> {
  const bounded = Number.isFinite(descriptorOf(name).limits.high);
  const losses = (rows: ClassifiedRows, happened: (row: number) => number) => {
    const loss = lossOf(rows);
    const values = new Float64Array(rows.count);
    for (let row = 0; row < values.length; row++)
      values[row] = loss(row * rows.classes.length, happened(row));
    return values;
  };
  const actual = (rows: ClassifiedRows) => losses(rows, (row) => rows.actual[row]!);
  return probabilityMetric(name, {
    weigh: (rows) => weightedMean(actual(rows)),
    sample: (rows, probabilities) => ({
      kind: 'means',
      columns: [actual(rows)],
      of: ([mean]) => mean!,
      bounded,
      otherwise: losses(rows, (row) =>
        likeliestClass(probabilities, rows.classes.length, row, rows.actual[row]),
      ),
    }),
  });
}

/** What a metric of probabilities is made from, where there are any. */
export interface ProbabilityDefinition {
  readonly weigh: (rows: ClassifiedRows, probabilities: Float64Array) => WeightedMetric;
  readonly sample: (rows: ClassifiedRows, probabilities: Float64Array) => Sampling;
}

/** The class of the largest probability of a row, of equals the first; not the one that is left out. */
export function likeliestClass(
  probabilities: Float64Array,
  classes: number,
  row: number,
  leftOut?: number,
): number {
  const start = row * classes;
  let best = leftOut === 0 && classes > 1 ? 1 : 0;
  for (let k = best + 1; k < classes; k++) {
    if (k !== leftOut && probabilities[start + k]! > probabilities[start + best]!) best = k;
  }
  return best;
}
