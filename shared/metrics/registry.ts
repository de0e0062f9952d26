import type { Task } from '../config/train-section.ts';
import type { MetricName } from '../config/validate-section.ts';
import {
  accuracy,
  balancedAccuracy,
  cohenKappa,
  f1Macro,
  f1Weighted,
  mcc,
  precisionMacro,
  precisionWeighted,
  recallMacro,
  recallWeighted,
} from './classification/label-metrics.ts';
import { brier, ece, logLoss } from './classification/probability-metrics.ts';
import { averagePrecision, rocAuc } from './classification/ranking-metrics.ts';
import type { Metric } from './metric.ts';
import { mae, mape, meanBias, pinball, rmse, smape } from './regression/additive.ts';
import { explainedVariance, r2 } from './regression/explained.ts';
import { maxError, medianAbsoluteError } from './regression/ordered.ts';

const metrics: Readonly<Record<MetricName, Metric>> = {
  rmse,
  mae,
  'median-absolute-error': medianAbsoluteError,
  mape,
  smape,
  r2,
  'explained-variance': explainedVariance,
  'max-error': maxError,
  'mean-bias': meanBias,
  pinball,
  accuracy,
  'balanced-accuracy': balancedAccuracy,
  'precision-macro': precisionMacro,
  'recall-macro': recallMacro,
  'f1-macro': f1Macro,
  'precision-weighted': precisionWeighted,
  'recall-weighted': recallWeighted,
  'f1-weighted': f1Weighted,
  'log-loss': logLoss,
  brier,
  'roc-auc': rocAuc,
  'average-precision': averagePrecision,
  mcc,
  'cohen-kappa': cohenKappa,
  ece,
};

/** The metric of a name. */
export function metricOf(name: MetricName): Metric {
  return metrics[name];
}

/** All metrics of a task. */
export function metricsOf(task: Task): MetricName[] {
  return Object.values(metrics)
    .filter((metric) => metric.tasks.includes(task))
    .map((metric) => metric.name);
}

/** The metrics that are shown when a configuration names none. */
export function defaultMetrics(task: Task): MetricName[] {
  if (task === 'regression') return ['rmse', 'mae', 'median-absolute-error', 'mape', 'r2', 'mean-bias'];
  const common: MetricName[] = ['log-loss', 'accuracy', 'balanced-accuracy', 'f1-macro', 'roc-auc', 'brier', 'ece'];
  return task === 'binary' ? [...common, 'average-precision', 'mcc'] : [...common, 'mcc'];
}

/** The metric that decides when a configuration names none. */
export function defaultPrimary(task: Task): MetricName {
  return task === 'regression' ? 'rmse' : 'log-loss';
}
