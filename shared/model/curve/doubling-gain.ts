// By how much twice the rows would lower a loss, and how surely that can be said.
import { mean, quantileSorted } from '../../algebra/descriptive-statistics.ts';
import { pivotedFactor } from '../../algebra/pivoted-cholesky.ts';
import { Numbering } from '../../platform/numbering.ts';
import type { Random } from '../../platform/random.ts';
import type { RowCurve } from '../report/row-curve-report.ts';
import { fitPowerLaw, lossAfter } from './power-law.ts';

/** What models of a part of the training rows cost. */
export interface CurvePoint {
  /** By judged row, the mean of the models. */
  readonly losses: Float64Array;
  /** Of each model over all judged rows; one model's own mean. */
  readonly means: readonly number[];
}

/** Points of parts that double, the smallest first; and what tells judged rows apart that depend on each other. */
export interface MeasuredCurve {
  readonly points: readonly CurvePoint[];
  /** By judged row: rows of one word are one observation. */
  readonly words: Uint32Array;
  /** The root of a mean squared error is what is spoken of. */
  readonly isSquared: boolean;
}

const confidence = 0.95;
const draws = 4000;
/** A gain below this is hardly one. */
const hardlyAnything = 0.01;

/**
 * The gain of the next doubling by the power law that is nearest to the points, and its interval: the law fitted to draws of what the
 * points may be. They vary with the judged rows, of which all points have the same (their covariance is that of the rows' losses), and with
 * the training rows, by as much as models of different parts differ. The variance of the latter is taken to fall with the number of rows, and is
 * itself drawn (a t distribution), since few models tell it.
 *
 * No more than one doubling is predicted: the points do not say what the curve does beyond it.
 */
export function doublingGain(
  { points, words, isSquared }: MeasuredCurve,
  random: Random,
): Pick<RowCurve, 'twice' | 'verdict'> {
  const levels = points.map(({ losses }) => mean(losses));
  const factor = pivotedFactor(covarianceOf(points, levels, words), points.length);
  const { variance, freedom } = trainingVariance(points);
  const gains = new Float64Array(draws);
  const rows = Array.from({ length: factor.rank }, () => 0);
  for (let draw = 0; draw < draws; draw++) {
    for (let k = 0; k < rows.length; k++) rows[k] = random.normal();
    let squares = 0;
    for (let i = 0; i < freedom; i++) squares += random.normal() ** 2;
    const drawn = freedom === 0 ? 0 : (variance * freedom) / squares;
    const losses = levels.map((level, k) => {
      const byRows = rows.reduce((sum, z, j) => sum + factor.lower[k * factor.rank + j]! * z, 0);
      const byTraining = Math.sqrt(drawn / 2 ** k / points[k]!.means.length) * random.normal();
      return Math.max(0, level + byRows + byTraining);
    });
    gains[draw] = gainOf(losses, isSquared);
  }
  gains.sort();
  const [low, middle, high] = [(1 - confidence) / 2, 0.5, (1 + confidence) / 2].map((share) =>
    quantileSorted(gains, share),
  ) as [number, number, number];
  const verdict = high < hardlyAnything ? 'hardly' : low > 0 ? 'helps' : 'open';
  return { twice: { lower: middle, interval: [low, high], confidence }, verdict };
}

/** The share of the last loss that a further doubling takes away. */
function gainOf(losses: readonly number[], isSquared: boolean): number {
  const law = fitPowerLaw(losses);
  const [now, next] = [lossAfter(law, losses.length - 1), lossAfter(law, losses.length)];
  if (!(now > 0)) return 0;
  const share = Math.max(0, next) / now;
  return 1 - (isSquared ? Math.sqrt(share) : share);
}

/** Of the mean losses of the points: rows of one word are one observation. */
function covarianceOf(
  points: readonly CurvePoint[],
  levels: readonly number[],
  words: Uint32Array,
): Float64Array {
  const known = new Numbering<number>();
  const units = Uint32Array.from(words, (word) => known.of(word));
  const count = known.values.length;
  const sums = points.map(({ losses }, k) => {
    const byUnit = new Float64Array(count);
    for (let row = 0; row < units.length; row++) byUnit[units[row]!]! += losses[row]! - levels[k]!;
    return byUnit;
  });
  const n = points.length;
  const scale = count / Math.max(1, count - 1) / words.length ** 2;
  const covariance = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let unit = 0; unit < count; unit++) sum += sums[a]![unit]! * sums[b]![unit]!;
      covariance[a * n + b] = covariance[b * n + a] = sum * scale;
    }
  }
  return covariance;
}

/** Of a model of the smallest part, pooled over the parts of which there are several models. */
function trainingVariance(points: readonly CurvePoint[]): {
  readonly variance: number;
  readonly freedom: number;
} {
  let [squares, freedom] = [0, 0];
  for (const [k, { means }] of points.entries()) {
    const middle = mean(means);
    for (const one of means) squares += (one - middle) ** 2 * 2 ** k;
    freedom += means.length - 1;
  }
  return { variance: freedom === 0 ? 0 : squares / freedom, freedom };
}
