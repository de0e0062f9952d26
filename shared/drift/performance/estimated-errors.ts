import type { ErrorBin } from '../../metrics/evaluation/prediction-facts.ts';
import type { RowWeights } from '../../metrics/rows/row-weights.ts';
import type { Random } from '../../platform/random.ts';

/** Metrics of a regression that follow from the expected size of the errors. */
export const errorMetrics = ['rmse', 'mae'] as const;

/**
 * The error expected on rows without labels: each row has the mean |error| (or error²) that test rows with a prediction
 * like its own had.
 *
 * @param bins by ascending prediction.
 */
export function expectedError(
  predicted: Float64Array,
  bins: readonly ErrorBin[],
  metric: (typeof errorMetrics)[number],
): (weights: RowWeights, random?: Random) => number {
  const sizes = bins.map((bin) => ({ rows: bin.rows, ...(metric === 'rmse' ? bin.squared : bin.absolute) }));
  const places = Uint32Array.from(predicted, (value) => binOf(bins, value));
  return ({ counts, total }, random) => {
    const means = sizes.map(({ mean, deviation, rows }) =>
      random ? Math.max(0, mean + (deviation / Math.sqrt(rows)) * random.normal()) : mean,
    );
    let sum = 0;
    for (let row = 0; row < places.length; row++) sum += counts[row]! * means[places[row]!]!;
    return metric === 'rmse' ? Math.sqrt(sum / total) : sum / total;
  };
}

/** The last bin that begins at or below a value, else the first. */
function binOf(bins: readonly ErrorBin[], value: number): number {
  let place = 0;
  for (let i = 1; i < bins.length; i++) if (bins[i]!.from <= value) place = i;
  return place;
}

/** Share of predictions outside those of the test rows, where nothing is known of the errors. */
export function outsideShare(predicted: Float64Array, bins: readonly ErrorBin[]): number {
  const [least, most] = [bins[0]!.from, bins.at(-1)!.to];
  return predicted.reduce((sum, value) => sum + Number(value < least || value > most), 0) / predicted.length;
}
