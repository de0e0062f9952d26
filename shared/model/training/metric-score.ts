import type { Metric } from '../../metrics/metric/metric.ts';
import type { Predictions } from '../../metrics/rows/predictions.ts';
import type { PredictedColumns } from '../predictor/predictor.ts';
import type { Targets } from './targets.ts';

/** A model's predictions beside what really was. */
export function joinPredictions(predicted: PredictedColumns, targets: Targets): Predictions {
  if (predicted.task === 'regression') {
    if (targets.kind !== 'numbers') throw new TypeError('a regression is judged on numbers');
    return { task: 'regression', actual: targets.values, predicted: predicted.predicted };
  }
  if (targets.kind !== 'classes') throw new TypeError('a classifier is judged on classes');
  return { ...predicted, actual: targets.codes };
}

/** How bad a metric's value is: smaller is better, whatever the metric's direction. */
export function badnessOf(metric: Pick<Metric, 'better'>, value: number): number {
  switch (metric.better) {
    case 'lower':
      return value;
    case 'higher':
      return -value;
    case 'zero':
      return Math.abs(value);
  }
}
