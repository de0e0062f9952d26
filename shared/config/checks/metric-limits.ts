import type { Task } from '../sections/train-section.ts';
import { type MetricName, metricNames } from '../sections/validate-section.ts';

/** The values that a metric can take at all; an open side is infinite. */
export interface MetricLimits {
  readonly low: number;
  readonly high: number;
}

const unit: MetricLimits = { low: 0, high: 1 };
const positive: MetricLimits = { low: 0, high: Number.POSITIVE_INFINITY };
const correlation: MetricLimits = { low: -1, high: 1 };

const limits: Partial<Record<MetricName, MetricLimits>> = {
  rmse: positive,
  mae: positive,
  'median-absolute-error': positive,
  mape: positive,
  smape: positive,
  r2: { low: Number.NEGATIVE_INFINITY, high: 1 },
  'explained-variance': { low: Number.NEGATIVE_INFINITY, high: 1 },
  'max-error': positive,
  pinball: positive,
  accuracy: unit,
  'balanced-accuracy': unit,
  'precision-macro': unit,
  'recall-macro': unit,
  'f1-macro': unit,
  'precision-weighted': unit,
  'recall-weighted': unit,
  'f1-weighted': unit,
  'log-loss': positive,
  // Brier's score over all classes reaches 2 (Brier 1950); the binary form reaches 1.
  brier: { low: 0, high: 2 },
  'roc-auc': unit,
  'average-precision': unit,
  mcc: correlation,
  'cohen-kappa': correlation,
  ece: unit,
};

/** The values that a metric can take; unbounded where it has no limits. */
export function limitsOf(metric: MetricName): MetricLimits {
  return limits[metric] ?? { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
}

/** The metrics that can judge a task. */
export function metricsOf(task: Task): readonly MetricName[] {
  return task === 'regression' ? metricNames.regression : metricNames.classification;
}
