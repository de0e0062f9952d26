import type { Estimate } from '../../metrics/estimate.ts';
import { fewestRows, measured } from '../../metrics/measured.ts';
import { createResampler } from '../../metrics/resampler.ts';
import { onceEach, type RowWeights } from '../../metrics/row-weights.ts';
import type { Random } from '../../platform/random.ts';
import { plain } from './metric-figure.ts';
import type { Figure } from './worse.ts';

const resamples = 500;

/**
 * An estimate with a percentile bootstrap interval of both its sources of chance: which rows came, and which test rows the
 * calibration was learned from.
 *
 * @param value the metric at a weighting of the rows; NaN where it is undefined. Without `random` by the calibration as
 * it is, else by one as other test rows might have given it.
 */
export function estimatedFigure(
  rows: number,
  value: (weights: RowWeights, random?: Random) => number,
  { confidence, random }: { readonly confidence: number; readonly random: Random },
): Figure {
  const whole = value(onceEach(rows));
  const resampler = createResampler(rows, random.fork('rows'));
  const calibration = random.fork('calibration');
  const estimate: Estimate = {
    value: Number.isNaN(whole) ? { undefined: 'a class has no rows' } : { value: whole },
    replicates: Float64Array.from({ length: rows < fewestRows ? 0 : resamples }, () =>
      value(resampler.next(), calibration),
    ),
    jackknife: new Float64Array(0),
  };
  return plain(measured(estimate, { confidence, method: 'percentile' }));
}
