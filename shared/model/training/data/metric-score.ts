import type { Predictions } from '../../../metrics/rows/predictions.ts';
import type { PredictedColumns } from '../../predictor/predictor.ts';
import type { Targets } from './targets.ts';

/**
 * A model's predictions beside what really was.
 *
 * @throws TypeError when the predictions are of another task than the targets.
 */
export function joinPredictions(predicted: PredictedColumns, targets: Targets): Predictions {
  if (predicted.task === 'regression') {
    if (targets.kind !== 'numbers') throw new TypeError('a regression is judged on numbers');
    return { task: 'regression', actual: targets.values, predicted: predicted.predicted };
  }
  if (targets.kind !== 'classes') throw new TypeError('a classifier is judged on classes');
  return { ...predicted, actual: targets.codes };
}
