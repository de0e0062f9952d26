/** Number of equal-width bins over [0, 1]. */
const errorBins = 10;

/** What a bin holds, rows counted by their weights. */
export interface BinSums {
  readonly rows: Float64Array;
  /** Sums of the probabilities. */
  readonly said: Float64Array;
  /** Rows in which it happened. */
  readonly happened: Float64Array;
}

/** The calibration error of counted bins. */
export interface CalibrationError {
  /** Σ over the bins: share of the rows · |gap|, gap being mean probability less share that happened. */
  readonly plain: number;
  /** The same without what chance alone gives. */
  readonly debiased: number;
  /** By bin, share of the rows · the standard deviation of the gap. */
  readonly deviations: Float64Array;
}

/** The bin of a probability: [0, 0.1), [0.1, 0.2) … [0.9, 1]. */
export function errorBin(probability: number): number {
  return Math.min(errorBins - 1, Math.floor(probability * errorBins));
}

/** Empty bins. */
export function noSums(): BinSums {
  const zeros = () => new Float64Array(errorBins);
  return { rows: zeros(), said: zeros(), happened: zeros() };
}

/**
 * The expected calibration error, with and without what chance adds to it.
 *
 * A gap is never zero in a sample, and its size counts, so that the plain error of a calibrated model is above zero: 0.1 on
 * 100 rows. Of the squared error that part is known: Σ share · variance of the gap, which Kumar, Liang and Ma ("Verified
 * Uncertainty Calibration", 2019, section 4) take away. The debiased error is the plain one times the root of what that
 * leaves of the squared error: 0 where chance explains all of it.
 *
 * The variance of a bin's gap is q (1 − q) / rows, q being the share that happened with one more row that holds the mean
 * probability: a bin of few rows that all went one way would have none.
 */
export function calibrationError({ rows, said, happened }: BinSums): CalibrationError {
  let total = 0;
  for (const count of rows) total += count;
  const deviations = new Float64Array(rows.length);
  let plain = 0;
  let squares = 0;
  let noise = 0;
  for (let b = 0; b < rows.length; b++) {
    const count = rows[b]!;
    if (count === 0) continue;
    const mean = said[b]! / count;
    const gap = mean - happened[b]! / count;
    const q = (happened[b]! + mean) / (count + 1);
    const variance = (q * (1 - q)) / count;
    const share = count / total;
    plain += share * Math.abs(gap);
    squares += share * gap ** 2;
    noise += share * variance;
    deviations[b] = share * Math.sqrt(variance);
  }
  const left = squares > 0 ? Math.max(0, 1 - noise / squares) : 0;
  return { plain, debiased: plain * Math.sqrt(left), deviations };
}
