import { quantileSorted } from '../../algebra/descriptive-statistics.ts';
import { normalQuantile } from '../../algebra/normal-distribution.ts';
import { type BinSums, calibrationError, noSums } from '../classification/calibration-error.ts';
import type { CalibrationSampling } from '../metric/sampling.ts';
import type { Ends } from './exact-share.ts';
import { forEachResample } from './resample-loop.ts';
import type { DrawSettings } from './unseen-rows.ts';

/** Of more rows what chance adds to the error is drawn by bins, each normal, instead of row by row. */
const rowByRow = 5000;

/**
 * The interval of an expected calibration error. The plain error is never below the true one but for chance, and is above
 * it by at most what chance gives a calibrated model. So the upper end is the plain error and its normal spread; the lower
 * end is the plain error less the quantile of what chance alone gives: 0 unless the model is surely not calibrated.
 */
export function calibrationInterval(sampling: CalibrationSampling, settings: DrawSettings): Ends {
  const { plain, debiased, deviations } = calibrationError(sumsOf(sampling));
  const tail = (1 - settings.confidence) / 2;
  const noise = Math.max(
    quantileSorted(normalNoise(deviations, settings), 1 - tail),
    sampling.said.length > rowByRow ? 0 : quantileSorted(calibratedNoise(sampling, settings), 1 - tail),
  );
  const spread = Math.sqrt(deviations.reduce((sum, deviation) => sum + deviation ** 2, 0));
  return {
    low: Math.min(debiased, Math.max(0, plain - noise)),
    high: Math.min(1, plain - normalQuantile(tail) * spread),
  };
}

function sumsOf({ bins, said, happened }: CalibrationSampling, counts?: Float64Array): BinSums {
  const sums = noSums();
  for (let row = 0; row < bins.length; row++) {
    const bin = bins[row]!;
    const count = counts?.[row] ?? 1;
    sums.rows[bin]! += count;
    sums.said[bin]! += said[row]! * count;
    sums.happened[bin]! += happened[row]! * count;
  }
  return sums;
}

/** Plain errors of a model whose gaps are all chance, of the bins' own spread. */
function normalNoise(deviations: Float64Array, { resamples, random, hook }: DrawSettings): Float64Array {
  const errors = new Float64Array(resamples);
  forEachResample(resamples, hook, (r) => {
    for (const deviation of deviations) errors[r]! += deviation * Math.abs(random.normal());
  });
  return errors.sort();
}

/** Plain errors on these rows, had everything happened as often as was said. */
function calibratedNoise(
  sampling: CalibrationSampling,
  { resamples, random, hook }: DrawSettings,
): Float64Array {
  const { bins, said } = sampling;
  const errors = new Float64Array(resamples);
  const happened = new Uint8Array(bins.length);
  forEachResample(resamples, hook, (r) => {
    for (let row = 0; row < happened.length; row++) happened[row] = Number(random.next() < said[row]!);
    errors[r] = calibrationError(sumsOf({ ...sampling, happened })).plain;
  });
  return errors.sort();
}
