import { regressionMetric } from '../metric.ts';
import { mapRows, weightedMean } from '../weighted-sums.ts';

const never = 'there are no rows';
/** The smallest true value that mape divides by: numpy's float64 eps, as scikit-learn has it. */
const epsilon = 2 ** -52;

/**
 * Root mean squared error: √ mean (y − p)², in the target's unit.
 * Source: scikit-learn `root_mean_squared_error`. Example: y 1 2, p 1 4 → √2.
 */
export const rmse = regressionMetric({
  name: 'rmse',
  better: 'lower',
  undefinedReason: never,
  prepare({ actual, predicted }) {
    const squares = mapRows(actual, predicted, (y, p) => (y - p) ** 2);
    return (sample) => Math.sqrt(weightedMean(squares, sample));
  },
});

/** Mean absolute error: mean |y − p|. Source: scikit-learn `mean_absolute_error`. Example: y 1 2, p 1 4 → 1. */
export const mae = regressionMetric({
  name: 'mae',
  better: 'lower',
  undefinedReason: never,
  prepare({ actual, predicted }) {
    const errors = mapRows(actual, predicted, (y, p) => Math.abs(y - p));
    return (sample) => weightedMean(errors, sample);
  },
});

/**
 * Mean absolute percentage error as a fraction: mean |y − p| / max(|y|, ε) with ε = 2⁻⁵².
 * Source: scikit-learn `mean_absolute_percentage_error`. Example: y 2 4, p 1 4 → 0.25.
 */
export const mape = regressionMetric({
  name: 'mape',
  better: 'lower',
  undefinedReason: 'a true value is zero or so small that the ratio is not finite',
  prepare({ actual, predicted }) {
    const ratios = mapRows(actual, predicted, (y, p) => Math.abs(y - p) / Math.max(Math.abs(y), epsilon));
    return (sample) => weightedMean(ratios, sample);
  },
});

/**
 * Symmetric mean absolute percentage error, from 0 to 2: mean 2|y − p| / (|y| + |p|), a row with both zero counting 0.
 * Source: Makridakis (1993), without the factor 100. Example: y 1, p 3 → 1.
 */
export const smape = regressionMetric({
  name: 'smape',
  better: 'lower',
  undefinedReason: never,
  prepare({ actual, predicted }) {
    const ratios = mapRows(actual, predicted, (y, p) => {
      const size = Math.abs(y) + Math.abs(p);
      return size === 0 ? 0 : (2 * Math.abs(y - p)) / size;
    });
    return (sample) => weightedMean(ratios, sample);
  },
});

/** Mean bias: mean (p − y); positive when the model says too much. Example: y 1 2, p 1 4 → 1. */
export const meanBias = regressionMetric({
  name: 'mean-bias',
  better: 'zero',
  undefinedReason: never,
  prepare({ actual, predicted }) {
    const errors = mapRows(actual, predicted, (y, p) => p - y);
    return (sample) => weightedMean(errors, sample);
  },
});

/**
 * Pinball loss at the median: mean ½|y − p|.
 * Source: scikit-learn `mean_pinball_loss(alpha=0.5)`. Example: y 1 2, p 1 4 → 0.5.
 */
export const pinball = regressionMetric({
  name: 'pinball',
  better: 'lower',
  undefinedReason: never,
  prepare({ actual, predicted }) {
    const losses = mapRows(actual, predicted, (y, p) => 0.5 * Math.abs(y - p));
    return (sample) => weightedMean(losses, sample);
  },
});
