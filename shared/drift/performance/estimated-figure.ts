import type { Estimate } from '../../metrics/intervals/estimate.ts';
import { fewestRows, measured } from '../../metrics/intervals/measured.ts';
import { createResampler } from '../../metrics/intervals/resampler.ts';
import { onceEach, type RowWeights } from '../../metrics/rows/row-weights.ts';
import type { Random } from '../../platform/random.ts';
import { type FigureSettings, figureOf } from './metric-figure.ts';
import type { Predicted } from './prediction-column.ts';
import { tailResamples } from './tail-resamples.ts';
import { atConfidence, type Figure } from './worse.ts';

const leastResamples = 500;
/** Most rows that the resamples together may draw, as 500 of 10,000 rows do; each draw draws the class or bin too. */
const mostDraws = 5e6;
/** Of more rows the interval is that of so many of them, drawn by seed: rather long, and made in seconds. */
const mostResampled = 10_000;

/**
 * The metric at a weighting of the rows; NaN where it is undefined. Without `random` by the calibration as it is, else by one
 * as other test rows might have given it.
 */
export type WeightedEstimate = (weights: RowWeights, random?: Random) => number;

/**
 * An estimate with a percentile bootstrap interval of both its sources of chance: which rows came, and which test rows the
 * calibration was learned from.
 */
export function estimatedFigure(
  predictions: Predicted,
  of: (predictions: Predicted) => WeightedEstimate,
  { confidence, random, draws = mostDraws }: FigureSettings,
): Figure {
  const rows = predictions.predicted.length;
  const value = of(predictions);
  const whole = value(onceEach(rows));
  const few = rows <= mostResampled;
  const drawn = few ? value : of(takePredicted(predictions, drawRows(rows, random.fork('drawn'))));
  const size = Math.min(rows, mostResampled);
  const shift = few ? 0 : whole - drawn(onceEach(size));
  const resampler = createResampler(size, random.fork('rows'));
  const calibration = random.fork('calibration');
  const reach = tailResamples({ rows: size, confidence }, { least: leastResamples, draws });
  const estimate: Estimate = {
    value: Number.isNaN(whole) ? { undefined: 'a class has no rows' } : { value: whole },
    replicates: Float64Array.from(
      { length: rows < fewestRows ? 0 : reach.resamples },
      () => shift + drawn(resampler.next(), calibration),
    ),
    jackknife: new Float64Array(0),
  };
  const reached = measured(estimate, { confidence: reach.confidence, method: 'percentile' });
  return atConfidence(figureOf(reached), reach.confidence, confidence);
}

function drawRows(rows: number, random: Random): Uint32Array {
  return random
    .shuffle(Uint32Array.from({ length: rows }, (_, row) => row))
    .subarray(0, mostResampled)
    .sort();
}

/** The predictions of some of the rows. */
export function takePredicted(predictions: Predicted, rows: Uint32Array): Predicted {
  if (predictions.task === 'regression') {
    return { ...predictions, predicted: Float64Array.from(rows, (row) => predictions.predicted[row]!) };
  }
  const { probabilities, classes, predicted } = predictions;
  const width = classes.length;
  return {
    ...predictions,
    predicted: Int32Array.from(rows, (row) => predicted[row]!),
    ...(probabilities
      ? {
          probabilities: Float64Array.from(
            { length: rows.length * width },
            (_, i) => probabilities[rows[Math.floor(i / width)]! * width + (i % width)]!,
          ),
        }
      : {}),
  };
}
