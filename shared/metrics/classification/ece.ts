import { positiveCode } from '../../dataset/schema/positive-class.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';
import { calibrationError, errorBin, noSums } from './calibration-error.ts';
import { likeliestClass, probabilityMetric } from './probabilities.ts';

/**
 * Expected calibration error, over ten equal-width bins of one probability by row, without what chance adds.
 *
 * @example p(positive) 0.75 of 100 rows, 50 of them positive: √(0.25² − 0.0025) = 0.245
 */
export const ece = probabilityMetric('ece', {
  weigh(rows, probabilities) {
    const { bins, said, happened } = judgedProbabilities(rows, probabilities);
    return ({ counts }) => {
      const sums = noSums();
      for (let i = 0; i < bins.length; i++) {
        const bin = bins[i]!;
        const count = counts[i]!;
        sums.rows[bin]! += count;
        sums.said[bin]! += said[i]! * count;
        sums.happened[bin]! += happened[i]! * count;
      }
      return { value: calibrationError(sums).debiased };
    };
  },
  sample: (rows, probabilities) => ({ kind: 'calibration', ...judgedProbabilities(rows, probabilities) }),
});

/** By row the probability that is judged, its bin, and whether it happened. */
function judgedProbabilities(rows: ClassifiedRows, probabilities: Float64Array) {
  const width = rows.classes.length;
  const positive = positiveCode(rows);
  const bins = new Uint8Array(rows.count);
  const said = new Float64Array(rows.count);
  const happened = new Uint8Array(rows.count);
  for (let i = 0; i < rows.count; i++) {
    const code = positive ?? likeliestClass(probabilities, width, i);
    said[i] = probabilities[i * width + code]!;
    bins[i] = errorBin(said[i]!);
    happened[i] = Number(rows.actual[i] === code);
  }
  return { bins, said, happened };
}
