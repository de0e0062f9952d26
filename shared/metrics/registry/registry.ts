// The metrics by name: a line for each that is computed.
import { accuracy } from '../classification/accuracy.ts';
import { averagePrecision } from '../classification/average-precision.ts';
import { balancedAccuracy } from '../classification/balanced-accuracy.ts';
import { brier } from '../classification/brier.ts';
import { cohenKappa } from '../classification/cohen-kappa.ts';
import { meanCost } from '../classification/cost.ts';
import { ece } from '../classification/ece.ts';
import { fBeta } from '../classification/f-beta.ts';
import { f1Macro } from '../classification/f1-macro.ts';
import { f1Weighted } from '../classification/f1-weighted.ts';
import { logLoss } from '../classification/log-loss.ts';
import { mcc } from '../classification/mcc.ts';
import { precision } from '../classification/precision.ts';
import { precisionMacro } from '../classification/precision-macro.ts';
import { precisionWeighted } from '../classification/precision-weighted.ts';
import { recall } from '../classification/recall.ts';
import { recallMacro } from '../classification/recall-macro.ts';
import { recallWeighted } from '../classification/recall-weighted.ts';
import { rocAuc } from '../classification/roc-auc.ts';
import { specificity } from '../classification/specificity.ts';
import { descriptorOf, type MetricName } from '../descriptors/descriptors.ts';
import { type MetricKey, parseMetricKey } from '../descriptors/metric-key.ts';
import type { Metric } from '../metric/metric.ts';
import { explainedVariance } from '../regression/explained-variance.ts';
import { mae } from '../regression/mae.ts';
import { mape } from '../regression/mape.ts';
import { maxError } from '../regression/max-error.ts';
import { meanBias } from '../regression/mean-bias.ts';
import { medianAbsoluteError } from '../regression/median-absolute-error.ts';
import { pinball } from '../regression/pinball.ts';
import { r2 } from '../regression/r2.ts';
import { rmse } from '../regression/rmse.ts';
import { smape } from '../regression/smape.ts';

const metrics: { readonly [Name in MetricName]: Metric<Name> } = {
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
  precision,
  recall,
  specificity,
  f1: fBeta('f1', 1),
  'f-beta': fBeta('f-beta', descriptorOf('f-beta').parameter!.default),
  cost: meanCost(1, 1),
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

/** The metric of a key; of a family, the member that the key names. */
export function metricOf(key: MetricKey): Metric {
  const { descriptor, parameter, costs } = parseMetricKey(key)!;
  if (costs) return meanCost(costs.missed, costs.falseAlarm);
  return descriptor.name === 'f-beta' ? fBeta('f-beta', parameter!) : metrics[descriptor.name as MetricName];
}
