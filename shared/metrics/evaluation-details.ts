import type { Random } from '../platform/random.ts';
import { classificationDetails } from './classification/classification-details.ts';
import type { DecisionPoint } from './classification/thresholds.ts';
import type { Evaluation } from './evaluation/evaluation.ts';
import { regressionDetails } from './regression/regression-details.ts';
import type { JudgedRows } from './rows/judged-rows.ts';
import type { Predictions } from './rows/predictions.ts';
import { uncertaintyOf } from './uncertainty/uncertainty.ts';
import { calibrationMapsOf } from './uncertainty/uncertainty-calibration.ts';
import { errorBinsOf } from './uncertainty/uncertainty-errors.ts';

/**
 * What evaluation.json holds of the predictions themselves: curves, thresholds, calibration and errors. Charts cannot show what
 * is not a number: then there is none of it, and the metrics say why.
 *
 * @param settings random: of the rows that a scatter shows; champion: of the rows compared on, for its curves.
 */
export function evaluationDetails(
  rows: JudgedRows,
  {
    random,
    ...settings
  }: {
    readonly random: Random;
    readonly confidence: number;
    readonly champion: Predictions | undefined;
    readonly decision: DecisionPoint;
  },
): Partial<Evaluation> {
  if (rows.defect !== undefined) return {};
  return rows.task === 'regression'
    ? {
        ...regressionDetails(rows, random),
        uncertainty: { ...uncertaintyOf(rows), errors: errorBinsOf(rows) },
      }
    : {
        ...classificationDetails(rows, settings),
        ...(rows.probabilities ? { calibrationMaps: calibrationMapsOf(rows) } : {}),
      };
}
