import { positiveCode } from '../../dataset/schema/positive-class.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';
import { likeliestClass, probabilityMetric } from './probabilities.ts';

/** Number of equal-width bins over [0, 1]. */
const calibrationBins = 10;

/** The bin of a probability: [0, 0.1), [0.1, 0.2) … [0.9, 1]. */
function calibrationBin(probability: number): number {
  return Math.min(calibrationBins - 1, Math.floor(probability * calibrationBins));
}

/**
 * Expected calibration error, over ten equal-width bins of one probability by row.
 *
 * @example p(positive) 0.72, 0.78 of one positive and one negative: |0.75 − 0.5| = 0.25
 */
export const ece = probabilityMetric('ece', (rows, probabilities) => {
  const { bins, gaps } = gapsOf(rows, probabilities);
  return ({ counts, total }) => {
    const sums = new Float64Array(calibrationBins);
    for (let i = 0; i < bins.length; i++) sums[bins[i]!]! += gaps[i]! * counts[i]!;
    return { value: sums.reduce((sum, gap) => sum + Math.abs(gap), 0) / total };
  };
});

/** By row its bin, and its probability less whether it happened: |Σ gap| of a bin is rows · |mean − share|. */
function gapsOf(rows: ClassifiedRows, probabilities: Float64Array) {
  const width = rows.classes.length;
  const positive = positiveCode(rows);
  const bins = new Uint8Array(rows.count);
  const gaps = new Float64Array(rows.count);
  for (let i = 0; i < rows.count; i++) {
    const code = positive ?? likeliestClass(probabilities, width, i);
    const probability = probabilities[i * width + code]!;
    bins[i] = calibrationBin(probability);
    gaps[i] = probability - Number(rows.actual[i] === code);
  }
  return { bins, gaps };
}
