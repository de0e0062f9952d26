import type { MetricName } from '../config/validate-section.ts';
import type { ClassificationPredictions, Predictions, RegressionPredictions } from './predictions.ts';

/** A resample of rows: how often each row was drawn. A new object for each draw, so that work can be shared by identity. */
export interface Sample {
  /** Absent: every row once. */
  readonly weights?: Uint16Array;
}

/** Every row once. */
export const wholeSample: Sample = {};

/** A metric over fixed predictions, ready to be asked about many resamples of them. */
export interface PreparedMetric {
  /** The metric over a resample's rows; NaN where it is undefined. */
  evaluate(sample: Sample): number;
  /** Why the metric is undefined where it is. */
  readonly undefinedReason: string;
}

/** What every metric is. Values are scikit-learn's wherever scikit-learn has the metric. */
export interface Metric {
  readonly name: MetricName;
  readonly tasks: readonly Predictions['task'][];
  /** `zero`: the nearer to zero the better. */
  readonly better: 'lower' | 'higher' | 'zero';
  /** The largest and smallest value that it can have. */
  prepare(predictions: Predictions): PreparedMetric;
  compute(predictions: Predictions): { readonly value: number } | { readonly undefined: string };
}

interface RegressionMetric {
  readonly name: MetricName;
  readonly better: Metric['better'];
  readonly undefinedReason: string;
  prepare(predictions: RegressionPredictions): (sample: Sample) => number;
}

interface ClassificationMetric {
  readonly name: MetricName;
  readonly better: Metric['better'];
  readonly undefinedReason: string;
  readonly needsProbabilities?: true;
  prepare(predictions: ClassificationPredictions): (sample: Sample) => number;
}

function withCompute(metric: Omit<Metric, 'compute'>): Metric {
  return {
    ...metric,
    compute(predictions) {
      if (predictions.actual.length === 0) return { undefined: 'there are no rows' };
      const prepared = metric.prepare(predictions);
      const value = prepared.evaluate(wholeSample);
      return Number.isFinite(value) ? { value } : { undefined: prepared.undefinedReason };
    },
  };
}

/** Makes a metric of regressions. */
export function regressionMetric({ name, better, undefinedReason, prepare }: RegressionMetric): Metric {
  return withCompute({
    name,
    better,
    tasks: ['regression'],
    prepare(predictions) {
      if (predictions.task !== 'regression') throw new TypeError(`${name} is a metric of regressions`);
      return { evaluate: prepare(predictions), undefinedReason };
    },
  });
}

/** Makes a metric of classifiers. */
export function classificationMetric(metric: ClassificationMetric): Metric {
  const { name, better, undefinedReason } = metric;
  return withCompute({
    name,
    better,
    tasks: ['binary', 'multiclass'],
    prepare(predictions) {
      if (predictions.task === 'regression') throw new TypeError(`${name} is a metric of classifiers`);
      if (metric.needsProbabilities && !predictions.probabilities) {
        return {
          evaluate: () => Number.NaN,
          undefinedReason: `${name} needs probabilities (columns p_<class>), and there are labels only`,
        };
      }
      return { evaluate: metric.prepare(predictions), undefinedReason };
    },
  });
}
