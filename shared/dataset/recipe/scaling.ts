import { momentsOf } from '../statistics/moments.ts';
import { publishedBounds } from '../statistics/published-bounds.ts';
import { publishedMedian, publishedQuantiles } from '../statistics/published-values.ts';
import type { Scaling } from './recipe-schema.ts';

const epsilon = 2 ** -52;
/** The largest finite 32-bit float: inputs stay within it, so that no model ever sees an infinity. */
const largest = 3.4028234663852886e38;

/** A divisor so small that it is rounding noise counts as 1, as in scikit-learn's `_handle_zeros_in_scale`. */
function divisor(value: number): number {
  return value < 10 * epsilon ? 1 : value;
}

function fitStandard(values: Float64Array): Scaling {
  const { count, mean, m2 } = momentsOf(values);
  const variance = m2 / count;
  // scikit-learn's `_is_constant_feature`: what rounding of the mean would give by itself.
  const noise = count * epsilon * variance + (count * mean * epsilon) ** 2;
  return { type: 'standard', mean, deviation: variance <= noise ? 1 : divisor(Math.sqrt(variance)) };
}

function fitRobust(values: Float64Array): Scaling {
  const [low, high] = publishedQuantiles(values, [0.25, 0.75], 'number');
  return {
    type: 'robust',
    median: publishedMedian(values, 'number'),
    iqr: divisor(Math.min(high! - low!, Number.MAX_VALUE)),
  };
}

function fitMinMax(values: Float64Array): Scaling {
  const middle = publishedMedian(values, 'number');
  const [min, max] = publishedBounds(values, 'number') ?? [middle, middle];
  return { type: 'min-max', min, max };
}

/**
 * Fits a scaling on values without missing ones.
 *
 * Standard: mean and population deviation (ddof 0), as scikit-learn's StandardScaler. Robust: median and
 * interquartile range, as RobustScaler. Min-max: as MinMaxScaler. A constant column is only shifted to 0. Where a quartile
 * or an end is the value of fewer than five rows, a number beside it takes its place: recipes are published.
 */
export function fitScaling(type: Scaling['type'], values: Float64Array): Scaling {
  switch (type) {
    case 'none':
      return { type };
    case 'standard':
      return fitStandard(values);
    case 'robust':
      return fitRobust(values);
    case 'min-max':
      return fitMinMax(values);
  }
}

/** The scaling as a function. */
export function compileScaling(scaling: Scaling): (value: number) => number {
  switch (scaling.type) {
    case 'none':
      return bounded;
    case 'standard': {
      const { mean, deviation } = scaling;
      return (value) => bounded((value - mean) / deviation);
    }
    case 'robust': {
      const { median, iqr } = scaling;
      return (value) => bounded((value - median) / iqr);
    }
    case 'min-max': {
      // Factor and offset in scikit-learn's order of operations, for the same last bit.
      const factor = 1 / divisor(Math.min(scaling.max - scaling.min, Number.MAX_VALUE));
      const offset = -scaling.min * factor;
      return (value) => bounded(value * factor + offset);
    }
  }
}

function bounded(value: number): number {
  return value > largest ? largest : value < -largest ? -largest : value;
}
