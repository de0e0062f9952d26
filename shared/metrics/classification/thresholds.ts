import type { Costs } from '../../config/sections/decision-section.ts';
import { positiveCode } from '../../dataset/schema/positive-class.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { ThresholdScores } from '../evaluation/prediction-facts.ts';
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
  const reached = rowsByThreshold(rows, probabilities, code);
  const table = thresholds.map((threshold, i) => {
    return { threshold, ...scoresOf(reached.hits[i]!, reached.taken[i]!, size) };
  });
  const follows = isDecidedAt(own, rows, probabilities, code);
  return { thresholds: table, operatingPoint: { ...(follows ? { threshold: own } : {}), ...asPredicted } };
}

/** Rows whose probability reaches each threshold, and those of them that are of the class. */
function rowsByThreshold(rows: ClassifiedRows, probabilities: Float64Array, code: number) {
  const hits = new Float64Array(thresholds.length);
  const taken = new Float64Array(thresholds.length);
  for (let row = 0; row < rows.count; row++) {
    const probability = probabilities[row * 2 + code]!;
    // A guess that may be one off, since twentieths have no exact numbers.
    let highest = Math.min(thresholds.length, Math.max(0, Math.floor(probability * 20)));
    while (highest < thresholds.length && probability >= thresholds[highest]!) highest++;
    while (highest > 0 && probability < thresholds[highest - 1]!) highest--;
    if (highest === 0) continue;
    taken[highest - 1]!++;
    if (rows.actual[row] === code) hits[highest - 1]!++;
  }
  for (let i = thresholds.length - 2; i >= 0; i--) {
    hits[i]! += hits[i + 1]!;
    taken[i]! += taken[i + 1]!;
  }
  return { hits, taken };
}

/** Whether every row is predicted as the threshold says; exactly on it either way is. */
function isDecidedAt(
  threshold: number,
  { predicted }: ClassifiedRows,
  probabilities: Float64Array,
  code: number,
): boolean {
  for (let row = 0; row < predicted.length; row++) {
    const probability = probabilities[row * 2 + code]!;
    if (probability !== threshold && probability > threshold !== (predicted[row] === code)) return false;
  }
  return true;
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
