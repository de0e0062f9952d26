import type { Evaluation } from '../evaluation/evaluation.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { onceEach } from '../rows/row-weights.ts';
import { calibrationBins } from './calibration-bins.ts';
import { curvesOf } from './curves.ts';
import { type DecisionPoint, thresholdTable } from './thresholds.ts';

/** What a report shows of classes beside the metrics. */
type ClassificationDetails = Pick<
  Evaluation,
  | 'perClass'
  | 'confusion'
  | 'thresholds'
  | 'operatingPoint'
  | 'calibration'
  | 'roc'
  | 'precisionRecall'
  | 'championCurves'
  | 'oneAgainstRest'
>;

/**
 * Scores by class and the confusion matrix; with probabilities also calibration and curves; of a binary task the scores of
 * the positive class by threshold.
 *
 * @param champion the champion's predictions of the rows that it is compared on.
 */
export function classificationDetails(
  rows: ClassifiedRows,
  {
    confidence,
    champion,
    decision,
  }: {
    readonly confidence: number;
    readonly champion?: Predictions | undefined;
    readonly decision?: DecisionPoint;
  },
): ClassificationDetails {
  const { size, cells, actual, predicted } = rows.confusion.at(onceEach(rows.count));
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const perClass = rows.classes.map((label, k) => {
    const both = cells[k * size + k]!;
    const [having, given] = [actual[k]!, predicted[k]!];
    return {
      class: label,
      rows: having,
      precision: share(both, given),
      recall: share(both, having),
      f1: share(2 * both, given + having),
    };
  });
  const confusion = rows.classes.map((_, k) => [...cells.subarray(k * size, (k + 1) * size)]);
  return {
    perClass,
    confusion,
    ...thresholdTable(rows, decision),
    ...(rows.probabilities ? { calibration: calibrationBins(rows, confidence) } : {}),
    ...curvesOf(rows, champion),
  };
}
