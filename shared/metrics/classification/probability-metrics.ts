import { classificationMetric } from '../metric.ts';
import type { ClassificationPredictions } from '../predictions.ts';
import { totalWeight, weightedMean } from '../weighted-sums.ts';

const none = 'there are no rows';
/** numpy's float64 eps, by which scikit-learn clips probabilities. */
const epsilon = 2 ** -52;
/** Bins of the calibration error. */
export const calibrationBins = 10;

/** One number for each row, from its probabilities. */
function perRow(p: ClassificationPredictions, f: (probabilities: Float64Array, actual: number, row: number) => number): Float64Array {
  const k = p.classes.length;
  const probabilities = p.probabilities!;
  return Float64Array.from(p.actual, (actual, row) => f(probabilities.subarray(row * k, (row + 1) * k), actual, row));
}

/**
 * Logarithmic loss: mean −ln of the true class's probability, clipped to [2⁻⁵², 1 − 2⁻⁵²].
 * Source: scikit-learn `log_loss`. Example: probabilities 0.5 and 1 of the true classes → ln 2 / 2.
 */
export const logLoss = classificationMetric({
  name: 'log-loss',
  better: 'lower',
  undefinedReason: none,
  needsProbabilities: true,
  prepare(p) {
    const losses = perRow(p, (row, actual) => -Math.log(Math.min(Math.max(row[actual]!, epsilon), 1 - epsilon)));
    return (sample) => weightedMean(losses, sample);
  },
});

/**
 * Brier score: for two classes the mean squared distance of the positive class's probability from 0 or 1; for more
 * the sum over classes of those distances (from 0 to 2). Source: scikit-learn `brier_score_loss`; Brier (1950).
 */
export const brier = classificationMetric({
  name: 'brier',
  better: 'lower',
  undefinedReason: none,
  needsProbabilities: true,
  prepare(p) {
    const binary = p.classes.length === 2;
    const scores = perRow(p, (row, actual) => {
      if (binary) return (row[1]! - actual) ** 2;
      let sum = 0;
      for (let k = 0; k < row.length; k++) sum += (row[k]! - (k === actual ? 1 : 0)) ** 2;
      return sum;
    });
    return (sample) => weightedMean(scores, sample);
  },
});

/**
 * Expected calibration error of the predicted label: over ten equal-width bins of its probability, the mean distance
 * between probability and share of hits, weighted by rows (Guo et al. 2017). A probability of 1 is in the last bin.
 */
export const ece = classificationMetric({
  name: 'ece',
  better: 'lower',
  undefinedReason: none,
  needsProbabilities: true,
  prepare(p) {
    const confidence = perRow(p, (row, _, at) => row[p.predicted[at]!]!);
    const bins = Uint8Array.from(confidence, (c) => Math.min(calibrationBins - 1, Math.floor(c * calibrationBins)));
    // Probability minus hit: a bin's mean of it is the bin's gap.
    const gaps = Float64Array.from(confidence, (c, row) => c - (p.predicted[row] === p.actual[row] ? 1 : 0));
    return ({ weights }) => {
      const sums = new Float64Array(calibrationBins);
      for (let row = 0; row < gaps.length; row++) {
        const bin = bins[row]!;
        sums[bin] = sums[bin]! + (weights ? weights[row]! * gaps[row]! : gaps[row]!);
      }
      let error = 0;
      for (const sum of sums) error += Math.abs(sum);
      return error / (weights ? totalWeight(weights) : gaps.length);
    };
  },
});
