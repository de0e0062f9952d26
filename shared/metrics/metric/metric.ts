// What a metric's computation is: at each weighting of the rows its value, or why it has none.
import type { MetricDescriptor } from '../descriptors/descriptor.ts';
import {
  type ClassificationMetricName,
  descriptorOf,
  type MetricName,
  type RegressionMetricName,
} from '../descriptors/descriptors.ts';
import {
  type ClassifiedRows,
  type JudgedRows,
  judgedRows,
  type RegressionRows,
} from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { onceEach, type RowWeights } from '../rows/row-weights.ts';
import type { MetricValue } from './metric-value.ts';
import type { Sampling } from './sampling.ts';

/** A metric of rows that are held ready: its value at any weighting of them. */
export type WeightedMetric = (weights: RowWeights) => MetricValue;

/** One measure of how good predictions are: what its descriptor says of it, and its computation. */
export interface Metric<Name extends MetricName = MetricName> extends MetricDescriptor {
  readonly name: Name;
  /**
   * The value on all rows, each once.
   *
   * @throws TypeError when the predictions are of a task that the metric does not judge.
   */
  compute(predictions: Predictions): MetricValue;
  /**
   * Sorts and sums once what no weighting changes, for the many weightings of a bootstrap.
   *
   * @throws TypeError when the rows are of a task that the metric does not judge.
   */
  weigh(rows: JudgedRows): WeightedMetric;
  /**
   * What its interval is made from.
   *
   * @throws TypeError when the rows are of a task that the metric does not judge.
   */
  sample(rows: JudgedRows): Sampling;
}

/** How a metric is computed; what else is known of it stands in its descriptor. */
export interface MetricDefinition<Name, Rows> {
  readonly name: Name;
  readonly weigh: (rows: Rows) => WeightedMetric;
  readonly sample: (rows: Rows) => Sampling;
}

/** A metric of numbers. */
export function regressionMetric<Name extends RegressionMetricName>(
  definition: MetricDefinition<Name, RegressionRows>,
): Metric<Name> {
  return metric(definition, (rows) => (rows.task === 'regression' ? rows : undefined));
}

/** A metric of classes. */
export function classificationMetric<Name extends ClassificationMetricName>(
  definition: MetricDefinition<Name, ClassifiedRows>,
): Metric<Name> {
  return metric(definition, (rows) => (rows.task === 'regression' ? undefined : rows));
}

function metric<Name extends MetricName, Rows>(
  { name, weigh, sample }: MetricDefinition<Name, Rows>,
  rowsOfKind: (rows: JudgedRows) => Rows | undefined,
): Metric<Name> {
  const descriptor = descriptorOf(name);
  function judgedAs(rows: JudgedRows): Rows {
    const judged = descriptor.tasks.includes(rows.task) ? rowsOfKind(rows) : undefined;
    if (judged === undefined) throw new TypeError(`${name} does not judge a ${rows.task} model`);
    return judged;
  }
  function weighed(rows: JudgedRows): WeightedMetric {
    const judged = judgedAs(rows);
    if (rows.defect !== undefined) return constant({ undefined: rows.defect });
    const weighted = weigh(judged);
    return (weights) => (weights.total > 0 ? finite(weighted(weights)) : { undefined: 'there are no rows' });
  }
  return {
    ...descriptor,
    name,
    weigh: weighed,
    sample: (rows) => sample(judgedAs(rows)),
    compute(predictions) {
      const rows = judgedRows(predictions);
      return weighed(rows)(onceEach(rows.count));
    },
  };
}

function constant(value: MetricValue): WeightedMetric {
  return () => value;
}

function finite(result: MetricValue): MetricValue {
  if ('value' in result && !Number.isFinite(result.value)) {
    return { undefined: 'it is too large for a 64-bit number' };
  }
  return result;
}
