import { positiveCode } from '../../dataset/schema/positive-class.ts';
import type { Evaluation, ThresholdScores } from '../evaluation/evaluation.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';
import { onceEach } from '../rows/row-weights.ts';

/** 0.05, 0.1 … 0.95. */
const thresholds = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

/**
 * What would be found and what would be wrongly flagged, if a row were predicted positive from each probability on; and
 * what is, as it is predicted. Only of binary tasks.
 */
export function thresholdTable(rows: ClassifiedRows): Pick<Evaluation, 'thresholds' | 'operatingPoint'> {
  const code = positiveCode(rows);
  if (code === undefined) return {};
  const { actual, predicted, cells } = rows.confusion.at(onceEach(rows.count));
  const positives = actual[code]!;
  const size = { positives, rows: rows.count };
  const asPredicted = scoresOf(cells[code * 3]!, predicted[code]!, size);
  const { probabilities } = rows;
  if (!probabilities) return { operatingPoint: asPredicted };
  const table = thresholds.map((threshold) => {
    let [hits, taken] = [0, 0];
    for (let row = 0; row < rows.count; row++) {
      if (probabilities[row * 2 + code]! < threshold) continue;
      taken++;
      hits += Number(rows.actual[row] === code);
    }
    return { threshold, ...scoresOf(hits, taken, size) };
  });
  const halved = rows.predicted.every((label, row) => {
    const probability = probabilities[row * 2 + code]!;
    return probability === 0.5 || probability > 0.5 === (label === code);
  });
  return { thresholds: table, operatingPoint: { ...(halved ? { threshold: 0.5 } : {}), ...asPredicted } };
}

function scoresOf(
  hits: number,
  taken: number,
  { positives, rows }: { readonly positives: number; readonly rows: number },
): ThresholdScores {
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const negatives = rows - positives;
  return {
    predicted: taken,
    precision: share(hits, taken),
    recall: share(hits, positives),
    specificity: share(negatives - (taken - hits), negatives),
    f1: share(2 * hits, taken + positives),
  };
}
