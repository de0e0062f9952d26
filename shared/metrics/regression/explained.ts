import { type Sample, regressionMetric } from '../metric.ts';
import { mapRows, weightedMean } from '../weighted-sums.ts';

const constant = 'the true values are all the same, so there is no variation to explain';

/** Weighted mean of squared distances from the weighted mean. */
function variance(values: Float64Array, squares: Float64Array, sample: Sample): number {
  const mean = weightedMean(values, sample);
  return weightedMean(squares, sample) - mean * mean;
}

/** Centred values, so that the difference of two large sums loses no digits. */
function centred(values: Float64Array): { values: Float64Array; squares: Float64Array } {
  const mean = weightedMean(values, {});
  const shifted = values.map((value) => value - mean);
  return { values: shifted, squares: shifted.map((value) => value * value) };
}

/**
 * Coefficient of determination R²: 1 − Σ(y − p)² / Σ(y − ȳ)². 1 is perfect, 0 no better than the mean.
 * Undefined for a constant target (scikit-learn says 1 or 0 there, which would be a gate's lie).
 * Source: scikit-learn `r2_score`. Example: y 1 2 3, p 1 2 4 → 0.5.
 */
export const r2 = regressionMetric({
  name: 'r2',
  better: 'higher',
  undefinedReason: constant,
  prepare({ actual, predicted }) {
    const y = centred(actual);
    const errors = mapRows(actual, predicted, (a, p) => (a - p) ** 2);
    return (sample) => ratio(weightedMean(errors, sample), variance(y.values, y.squares, sample), y.squares);
  },
});

/**
 * Explained variance: 1 − Var(y − p) / Var(y): as R², but blind to a constant bias. Undefined for a constant target.
 * Source: scikit-learn `explained_variance_score`. Example: y 1 2 3, p 2 3 4 → 1.
 */
export const explainedVariance = regressionMetric({
  name: 'explained-variance',
  better: 'higher',
  undefinedReason: constant,
  prepare({ actual, predicted }) {
    const y = centred(actual);
    const errors = centred(mapRows(actual, predicted, (a, p) => a - p));
    return (sample) =>
      ratio(variance(errors.values, errors.squares, sample), variance(y.values, y.squares, sample), y.squares);
  },
});

/** 1 − unexplained / total; NaN when the total is nothing but rounding. */
function ratio(unexplained: number, total: number, squares: Float64Array): number {
  const scale = weightedMean(squares, {});
  return total > scale * 1e-14 ? 1 - unexplained / total : Number.NaN;
}
