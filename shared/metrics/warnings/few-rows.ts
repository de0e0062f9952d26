import { counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import type { EvaluationWarning } from '../evaluation/evaluation-warning.ts';
import type { JudgedRows } from '../rows/judged-rows.ts';

/** Metrics of squared errors: the largest errors decide them. */
const squaredMetrics: readonly string[] = ['rmse', 'r2', 'explained-variance'];
const largestErrors = 3;
/** Share of the squared error from which on so few rows are worth a word. */
const mostOfIt = 0.6;
/** Of fewer rows three are many. */
const rowsForShare = 30;

/**
 * A word on squared errors that three rows decide: what was measured hangs on them, and no interval can know what it would
 * be with three others. It is a word and no rule: samples without such rows cover worse, since theirs are still to come.
 *
 * @param judged the primary metric and those of gates.
 */
export function fewRowsWarnings(rows: JudgedRows, judged: readonly string[]): EvaluationWarning[] {
  const metric = judged.find((name) => squaredMetrics.includes(name));
  if (metric === undefined || rows.task !== 'regression' || rows.defect !== undefined) return [];
  if (rows.count < rowsForShare) return [];
  const { actual, predicted } = rows;
  const errors = new Float64Array(rows.count);
  const squares = new Float64Array(rows.count);
  let total = 0;
  for (let row = 0; row < errors.length; row++) {
    errors[row] = predicted[row]! - actual[row]!;
    squares[row] = errors[row]! ** 2;
    total += squares[row]!;
  }
  const largest = largestOf(squares, largestErrors);
  const share = largest.reduce((sum, row) => sum + squares[row]!, 0) / total;
  if (!(share >= mostOfIt)) return [];
  const written = largest.map((row) => formatNumber(errors[row]!, { digits: 3 }));
  return [
    {
      kind: 'few-rows',
      message: `Three of ${counted(rows.count, 'row')} carry ${measuredShare(share)} of the squared error (predicted less actual: ${written.join(', ')}). ${metric} hangs on them, and its interval holds the truth less often than it says. Look whether they are right; mae counts every error by its size`,
    },
  ];
}

/** The places of the largest values, the largest first; of equal ones the first. */
function largestOf(values: Float64Array, count: number): number[] {
  const largest: number[] = [];
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (largest.length === count && !(value > values[largest[count - 1]!]!)) continue;
    const at = largest.findIndex((other) => value > values[other]!);
    largest.splice(at < 0 ? largest.length : at, 0, row);
    largest.length = Math.min(largest.length, count);
  }
  return largest;
}
