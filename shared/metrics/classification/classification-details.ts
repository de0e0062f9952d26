import type { Evaluation } from '../evaluation/evaluation.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';
import type { Ranking } from '../rows/ranking.ts';
import { onceEach } from '../rows/row-weights.ts';
import { calibrationBin, calibrationBins } from './ece.ts';

/** Points of a ROC curve at most. */
const mostPoints = 200;

/** Scores by class and the confusion matrix; of a binary task with probabilities also calibration and ROC curve. */
export function classificationDetails(
  rows: ClassifiedRows,
): Pick<Evaluation, 'perClass' | 'confusion' | 'calibration' | 'roc'> {
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
  const ranked = rows.task === 'binary' && rows.probabilities !== undefined;
  return { perClass, confusion, ...(ranked ? { calibration: calibrationOf(rows), ...rocOf(rows) } : {}) };
}

/** The ten bins of the expected calibration error, those that hold rows. */
function calibrationOf({ probabilities, actual }: ClassifiedRows): NonNullable<Evaluation['calibration']> {
  const bins = Array.from({ length: calibrationBins }, () => ({ predicted: 0, positive: 0, rows: 0 }));
  for (let row = 0; row < actual.length; row++) {
    const probability = probabilities![row * 2 + 1]!;
    const bin = bins[calibrationBin(probability)]!;
    bin.predicted += probability;
    bin.positive += actual[row]!;
    bin.rows++;
  }
  return bins
    .filter((bin) => bin.rows > 0)
    .map(({ predicted, positive, rows }) => ({
      predicted: predicted / rows,
      observed: positive / rows,
      rows,
    }));
}

/** The corners of the ROC curve, from (0, 0) to (1, 1); absent when one class has no rows. */
function rocOf(rows: ClassifiedRows): Pick<Evaluation, 'roc'> {
  const { actual } = rows.confusion.at(onceEach(rows.count));
  if (actual[0] === 0 || actual[1] === 0) return {};
  const corners = cornersOf(rows.ranking(1));
  const length = corners.length / 2;
  const kept = Math.min(length, mostPoints);
  const step = kept > 1 ? (length - 1) / (kept - 1) : 0;
  return {
    roc: Array.from({ length: kept }, (_, i): [number, number] => {
      const at = 2 * Math.round(i * step);
      return [corners[at]! / actual[0]!, corners[at + 1]! / actual[1]!];
    }),
  };
}

/** False and true positives at each threshold, the highest first; thresholds on a straight line are left out. */
function cornersOf({ entries, groups }: Ranking): number[] {
  const corners = [0, 0];
  let [alarms, hits] = [0, 0];
  for (let g = groups.length - 2; g >= 0; g--) {
    const before = alarms;
    const found = hits;
    for (let i = groups[g]!; i < groups[g + 1]!; i++) {
      if ((entries[i]! & 1) === 1) hits++;
      else alarms++;
    }
    const last = corners.length;
    const straight =
      last >= 4 &&
      (alarms - before) * (found - corners[last - 3]!) === (hits - found) * (before - corners[last - 4]!);
    if (straight) corners.length = last - 2;
    corners.push(alarms, hits);
  }
  return corners;
}
