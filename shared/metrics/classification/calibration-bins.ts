import { ascendingOrder } from '../../algebra/ascending-order.ts';
import { normalQuantile } from '../../algebra/normal-distribution.ts';
import { positiveCode } from '../../dataset/schema/positive-class.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';
import { likeliestClass } from './probabilities.ts';

/** Bins at most, and rows that one has at least where there are that many: the share of fewer says little. */
const mostBins = 10;
const fewestRows = 25;

/**
 * What probabilities are worth: bins of about equally many rows by ascending probability, equal ones in the same bin, each
 * with its observed share and the share's Wilson interval (Wilson, "Probable inference, the law of succession, and
 * statistical inference", 1927). Of a binary task the positive class's probability; of several classes the most probable
 * one's, and whether that was right.
 *
 * @param rows with probabilities; at least one.
 */
export function calibrationBins(
  rows: ClassifiedRows,
  confidence: number,
): NonNullable<Evaluation['calibration']> {
  const { probabilities, happened } = judgedProbabilities(rows);
  const order = ascendingOrder(probabilities);
  const count = order.length;
  const wanted = Math.max(1, Math.min(mostBins, Math.floor(count / fewestRows)));
  const bins: NonNullable<Evaluation['calibration']> = [];
  for (let start = 0; start < count; ) {
    const left = wanted - bins.length;
    let end = left <= 1 ? count : start + Math.max(1, Math.round((count - start) / left));
    while (end < count && probabilities[order[end]!] === probabilities[order[end - 1]!]) end++;
    // A remainder that is too small for a bin of its own goes with the bin before it.
    if (count - end < Math.min(fewestRows, count / wanted) / 2) end = count;
    let [said, hits] = [0, 0];
    for (let at = start; at < end; at++) {
      said += probabilities[order[at]!]!;
      hits += happened[order[at]!]!;
    }
    bins.push({
      predicted: said / (end - start),
      observed: hits / (end - start),
      rows: end - start,
      ...wilsonInterval(hits, end - start, confidence),
    });
    start = end;
  }
  return bins;
}

function judgedProbabilities(rows: ClassifiedRows) {
  const width = rows.classes.length;
  const positive = positiveCode(rows);
  const probabilities = new Float64Array(rows.count);
  const happened = new Uint8Array(rows.count);
  for (let row = 0; row < rows.count; row++) {
    const code = positive ?? likeliestClass(rows.probabilities!, width, row);
    probabilities[row] = rows.probabilities![row * width + code]!;
    happened[row] = Number(rows.actual[row] === code);
  }
  return { probabilities, happened };
}

/** Wilson's score interval of a share; statsmodels: `proportion_confint(method="wilson")`. */
export function wilsonInterval(
  hits: number,
  rows: number,
  confidence: number,
): { readonly low: number; readonly high: number } {
  const z = normalQuantile((1 + confidence) / 2);
  const share = hits / rows;
  const weight = 1 + z ** 2 / rows;
  const center = (share + z ** 2 / (2 * rows)) / weight;
  const half = (z / weight) * Math.sqrt((share * (1 - share)) / rows + z ** 2 / (4 * rows ** 2));
  // Rounding must not move an end of the interval past the share itself.
  return { low: hits === 0 ? 0 : center - half, high: hits === rows ? 1 : center + half };
}
