import type { RegressionMetricName } from '../descriptors/descriptors.ts';
import type { RegressionPredictions } from '../rows/predictions.ts';
import { weightedSum } from '../rows/row-weights.ts';
import { type Metric, regressionMetric, type WeightedMetric } from './metric.ts';

/** A metric that is the mean over the rows of something that each row has by itself. */
export interface RowMean<Name> {
  readonly name: Name;
  readonly ofRow: (actual: number, predicted: number) => number;
  /** Applied to the mean, such as a square root; default: nothing. */
  readonly ofMean?: (mean: number) => number;
}

/** Makes the metric of a {@link RowMean}; at a weighting, the weighted mean. */
export function meanOfRows<Name extends RegressionMetricName>({
  name,
  ofRow,
  ofMean = (mean) => mean,
}: RowMean<Name>): Metric<Name> {
  return regressionMetric({
    name,
    weigh(rows) {
      const values = valuesByRow(rows, ofRow);
      return ({ counts, total }) => ({ value: ofMean(weightedSum(values, counts) / total) });
    },
    sample: (rows) => ({ kind: 'means', columns: [valuesByRow(rows, ofRow)], of: ([mean]) => ofMean(mean!) }),
  });
}

/** A number by row. */
export function valuesByRow(
  { actual, predicted }: RegressionPredictions,
  ofRow: (actual: number, predicted: number) => number,
): Float64Array {
  const values = new Float64Array(actual.length);
  for (let i = 0; i < values.length; i++) values[i] = ofRow(actual[i]!, predicted[i]!);
  return values;
}

/** The weighted mean of numbers by row: for metrics of probabilities. */
export function weightedMean(values: Float64Array): WeightedMetric {
  return ({ counts, total }) => ({ value: weightedSum(values, counts) / total });
}
