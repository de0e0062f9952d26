import { mean, quantileSorted } from '../../algebra/descriptive-statistics.ts';
import type { Random } from '../../platform/random.ts';
import type { Ends } from './exact-share.ts';
import { drawExponential } from './exponential-weights.ts';
import { forEachResample, type ResampleHook } from './resample-loop.ts';

/** A row that the sample does not hold, and its weight among rows of about weight 1. */
export interface Unseen {
  /** Which of the {@link Draws}' imagined rows. */
  readonly candidate: number;
  readonly weight: number;
}

/** Rows that can be drawn again and again, and the metrics on them. */
export interface Draws {
  /** Groups of rows that may be imagined: of each group one is, for either end of the interval. */
  readonly groups: readonly UnseenGroup[];
  /** Goes to the rows as they are, each of weight 1. */
  whole(): void;
  /** Goes to a next draw of the rows' weights. */
  next(): void;
  /** The metrics where it is, with rows imagined beside; NaN where undefined. */
  values(unseen: readonly Unseen[]): readonly number[];
}

/** Rows of which one is imagined. */
export interface UnseenGroup {
  readonly candidates: readonly number[];
  /**
   * How many of them, the first, are rows of the sample. Such a row cannot be the worst there is: it counts the more the longer
   * the tail towards it is, 1 + skewness, at most 2½.
   */
  readonly copies: number;
  /** What any other row counts as; default 1. */
  readonly weight?: number;
}

/** How an interval is drawn. */
export interface DrawSettings {
  readonly confidence: number;
  readonly resamples: number;
  readonly random: Random;
  readonly hook?: ResampleHook | undefined;
  /** The quantity on all rows. */
  readonly value: number;
  /** Share of the rows that the draws are of: what they make of a part is scaled to all. */
  readonly share: number;
}

/** An interval that is drawn, resample by resample, so that several of the same rows can be drawn side by side. */
export interface DrawnInterval {
  /** Makes the draw of a resample, by number from 0. */
  draw(resample: number): void;
  /** What came out, after the last draw. */
  ends(): Ends | { readonly undefined: string };
}

/** Share of draws in which a quantity may be undefined; they are left out of its interval. */
const mostUndefined = 0.1;

/**
 * The interval of a quantity by the Bayesian bootstrap, with rows that the sample does not hold: at the lower end each
 * draw has one more row, of exponential weight, that lowers the quantity most, at the upper end one that raises it most.
 *
 * Of a share this is the interval of Clopper and Pearson; of a bounded mean, with the extra row at the bound, it is
 * Gaffke's ("Three test statistics for a nonparametric one-sided hypothesis on the mean of a nonnegative variable", 2005;
 * Learned-Miller and Thomas, "A New Confidence Bound for the Mean of a Bounded Distribution", 2019). Where no bound is known
 * the row is the most extreme one of the sample; docs/adr/0024-intervals-by-metric.md shows what that covers.
 *
 * Of very many rows the draws are of a part, m of n: its ends lie √(m / n) as far from the value (Bickel, Götze and van Zwet,
 * "Resampling fewer than n observations", 1997), and the extra row counts √(m / n) as much.
 *
 * @param of the quantity, of the metrics that `draws` values.
 */
export function unseenRowInterval(
  draws: Draws,
  of: (values: readonly number[]) => number,
  settings: DrawSettings,
): Ends | { readonly undefined: string } {
  const interval = openUnseenRowInterval(draws, of, settings);
  forEachResample(settings.resamples, settings.hook, (r) => interval.draw(r));
  return interval.ends();
}

/** The interval of {@link unseenRowInterval} before its first draw; it takes `settings.resamples` of them. */
export function openUnseenRowInterval(
  draws: Draws,
  of: (values: readonly number[]) => number,
  settings: DrawSettings,
): DrawnInterval {
  const { confidence, resamples, random, share } = settings;
  const scale = Math.sqrt(share);
  draws.whole();
  const own = of(draws.values([]));
  const sides = draws.groups.map((group) => sidesOf(group, draws, of, own));
  // Written over in each draw: new ones would be most of the work where rows are few.
  const imagined = {
    low: sides.map(({ low }) => ({ ...low })),
    high: sides.map(({ high }) => ({ ...high })),
  };
  const lows = new Float64Array(resamples);
  const highs = new Float64Array(resamples);
  return {
    draw(resample) {
      draws.next();
      for (const [g, { low, high }] of sides.entries()) {
        const weight = scale * drawExponential(random);
        imagined.low[g]!.weight = weight * low.weight;
        imagined.high[g]!.weight = weight * high.weight;
      }
      lows[resample] = of(draws.values(imagined.low));
      highs[resample] = of(draws.values(imagined.high));
    },
    ends() {
      const tail = (1 - confidence) / 2;
      const [low, high] = [sortedNumbers(lows), sortedNumbers(highs)];
      const lost = resamples - Math.min(low.length, high.length);
      if (lost > resamples * mostUndefined) {
        return { undefined: `it is undefined in ${lost} of ${resamples} resamples` };
      }
      const end = (drawn: number) => settings.value + scale * (drawn - own);
      return {
        low: end(Math.min(own, quantileSorted(low, tail))),
        high: end(Math.max(own, quantileSorted(high, 1 - tail))),
      };
    },
  };
}

function sortedNumbers(values: Float64Array): Float64Array {
  return values.filter((value) => Number.isFinite(value)).sort();
}

/** Weight by which a row is tried, so little that it shows its influence. */
const trial = 1e-3;

/** The row of a group that lowers the quantity most, and the one that raises it most, each with its weight. */
function sidesOf(
  { candidates, copies, weight = 1 }: UnseenGroup,
  draws: Draws,
  of: (values: readonly number[]) => number,
  value: number,
): { readonly low: Unseen; readonly high: Unseen } {
  const effects = Float64Array.from(candidates, (candidate) => {
    const effect = of(draws.values([{ candidate, weight: trial }])) - value;
    return Number.isFinite(effect) ? effect : 0;
  });
  const skewness = skewnessOf(effects.subarray(0, copies));
  const side = (sign: -1 | 1): Unseen => {
    const weightOfCopy = Math.min(2.5, 1 + Math.max(0, sign * skewness));
    const weightAt = (i: number) => (i < copies ? weightOfCopy : weight);
    let best = 0;
    for (let i = 1; i < effects.length; i++) {
      if (sign * effects[i]! * weightAt(i) > sign * effects[best]! * weightAt(best)) best = i;
    }
    return { candidate: candidates[best]!, weight: sign * effects[best]! > 0 ? weightAt(best) : 0 };
  };
  return { low: side(-1), high: side(1) };
}

function skewnessOf(values: Float64Array): number {
  if (values.length === 0) return 0;
  const centre = mean(values);
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    squares += (value - centre) ** 2;
    cubes += (value - centre) ** 3;
  }
  return squares === 0 ? 0 : (Math.sqrt(values.length) * cubes) / squares ** 1.5;
}
