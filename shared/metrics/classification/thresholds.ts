import type { Costs } from '../../config/sections/decision-section.ts';
import { positiveCode } from '../../dataset/schema/positive-class.ts';
import type { Evaluation, ThresholdScores } from '../evaluation/evaluation.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';
import { onceEach } from '../rows/row-weights.ts';

/** 0.05, 0.1 … 0.95. */
const thresholds = Array.from({ length: 19 }, (_, i) => (i + 1) / 20);

/** How rows are decided: the threshold that the model has, and what errors cost. */
export interface DecisionPoint {
  /** Of the positive class's probability; default 0.5. */
  readonly threshold?: number | undefined;
  readonly costs?: Costs | undefined;
}

/**
 * What would be found and what would be wrongly flagged, if a row were predicted positive from each probability on; and
 * what is, as it is predicted. Only of binary tasks.
 */
export function thresholdTable(
  rows: ClassifiedRows,
  { threshold: own = 0.5, costs }: DecisionPoint = {},
): Pick<Evaluation, 'thresholds' | 'operatingPoint'> {
  const code = positiveCode(rows);
  if (code === undefined) return {};
  const { actual, predicted, cells } = rows.confusion.at(onceEach(rows.count));
  const positives = actual[code]!;
  const size = { positives, rows: rows.count, costs };
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
  const follows = rows.predicted.every((label, row) => {
    const probability = probabilities[row * 2 + code]!;
    return probability === own || probability > own === (label === code);
  });
  return { thresholds: table, operatingPoint: { ...(follows ? { threshold: own } : {}), ...asPredicted } };
}

function scoresOf(
  hits: number,
  taken: number,
  {
    positives,
    rows,
    costs,
  }: { readonly positives: number; readonly rows: number; readonly costs: Costs | undefined },
): ThresholdScores {
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  const negatives = rows - positives;
  return {
    predicted: taken,
    precision: share(hits, taken),
    recall: share(hits, positives),
    specificity: share(negatives - (taken - hits), negatives),
    f1: share(2 * hits, taken + positives),
    ...(costs
      ? { cost: (costs.missed * (positives - hits) + costs['false-alarm'] * (taken - hits)) / rows }
      : {}),
  };
}
