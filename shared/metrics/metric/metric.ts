import type { Task } from '../../config/sections/train-section.ts';
import type { MetricName } from '../../config/sections/validate-section.ts';
import {
  type ClassifiedRows,
  type JudgedRows,
  judgedRows,
  type RegressionRows,
} from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { onceEach, type RowWeights } from '../rows/row-weights.ts';

/** A metric's value, or why it has none; never NaN and never infinite. */
export type MetricValue = { readonly value: number } | { readonly undefined: string };

/** Which way is better; `zero`: the closer to zero, from either side. */
export type Better = 'lower' | 'higher' | 'zero';

/** A metric of rows that are held ready: its value at any weighting of them. */
export type WeightedMetric = (weights: RowWeights) => MetricValue;

/** One measure of how good predictions are. */
export interface Metric {
  readonly name: MetricName;
  readonly tasks: readonly Task[];
  readonly better: Better;
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
}

/** What a kind of metric says of itself; the rest is common to all. */
export interface MetricDefinition<Rows> {
  readonly name: MetricName;
  readonly better: Better;
  readonly weigh: (rows: Rows) => WeightedMetric;
}

/** A metric of numbers. */
export function regressionMetric(definition: MetricDefinition<RegressionRows>): Metric {
  return metric(definition, ['regression'], (rows) => (rows.task === 'regression' ? rows : undefined));
}

/** A metric of classes. */
export function classificationMetric(definition: MetricDefinition<ClassifiedRows>): Metric {
  return metric(definition, ['binary', 'multiclass'], (rows) =>
    rows.task === 'regression' ? undefined : rows,
  );
}

function metric<Rows>(
  { name, better, weigh }: MetricDefinition<Rows>,
  tasks: readonly Task[],
  judge: (rows: JudgedRows) => Rows | undefined,
): Metric {
  function weighed(rows: JudgedRows): WeightedMetric {
    const judged = judge(rows);
    if (judged === undefined) throw new TypeError(`${name} does not judge a ${rows.task} model`);
    if (rows.defect !== undefined) return constant({ undefined: rows.defect });
    const weighted = weigh(judged);
    return (weights) => (weights.total > 0 ? finite(weighted(weights)) : { undefined: 'there are no rows' });
  }
  return {
    name,
    tasks,
    better,
    weigh: weighed,
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
