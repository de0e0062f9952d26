import { ascendingOrder } from '../../algebra/ascending-order.ts';
import { mean, sampleStandardDeviation } from '../../algebra/descriptive-statistics.ts';
import type { ErrorBin } from '../evaluation/prediction-facts.ts';
import type { RegressionPredictions } from '../rows/predictions.ts';

/** Fewer rows say too little of the size of errors. */
const fewestRows = 20;
const mostBins = 20;

/**
 * How large errors are, by the predicted value: up to twenty bins of about equally many judged rows, of at least 20 each
 * (one bin where there are fewer than 40), with the mean and the standard deviation of |error| and of error². Equal
 * predictions are never divided. From it the error on rows without labels is expected.
 *
 * @param predictions finite; at least one.
 */
export function errorBinsOf({ actual, predicted }: RegressionPredictions): ErrorBin[] {
  const order = ascendingOrder(predicted);
  const count = Math.max(1, Math.min(mostBins, Math.floor(order.length / fewestRows)));
  const bins: ErrorBin[] = [];
  let start = 0;
  for (let i = 1; i <= count; i++) {
    let end = Math.round((i * order.length) / count);
    while (end < order.length && predicted[order[end]!] === predicted[order[end - 1]!]) end++;
    const left = order.length - end;
    if (left < fewestRows) end = order.length;
    if (end - start < Math.min(fewestRows, order.length)) continue;
    const absolute = new Float64Array(end - start);
    const squared = new Float64Array(end - start);
    for (let at = start; at < end; at++) {
      const row = order[at]!;
      const error = actual[row]! - predicted[row]!;
      absolute[at - start] = Math.abs(error);
      squared[at - start] = error * error;
    }
    bins.push({
      from: predicted[order[start]!]!,
      to: predicted[order[end - 1]!]!,
      rows: end - start,
      absolute: spreadOf(absolute),
      squared: spreadOf(squared),
    });
    start = end;
  }
  return bins;
}

function spreadOf(values: Float64Array): ErrorBin['absolute'] {
  return { mean: mean(values), deviation: values.length < 2 ? 0 : sampleStandardDeviation(values) };
}
