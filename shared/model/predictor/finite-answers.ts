import { ConfigurationError } from '../../platform/errors.ts';
import type { PredictedColumns } from './predictions.ts';

/**
 * Refuses predictions that cannot be judged: a metric of rows of which one has no number is none. Models from outside may
 * answer NaN, to a missing value for instance; Ciclo's own at most overflow.
 *
 * @param whose what messages call the model.
 * @throws ConfigurationError naming the first such row.
 */
export function requireFinite(predicted: PredictedColumns, whose: string): void {
  const answers = predicted.task === 'regression' ? predicted.predicted : predicted.probabilities;
  const at = answers.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  const row = predicted.task === 'regression' ? at : Math.floor(at / predicted.classes.length);
  throw new ConfigurationError(
    `${whose} answers row ${row} with ${answers[at]}, which is not a finite number: a model needs an answer to every row, also to one with missing or large values`,
  );
}
