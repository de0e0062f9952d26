// How many rows in a row say what one independent row would.

/** Rows of a period whose mean is removed before the time is measured, and the most periods. */
const periodRows = 150;
const mostPeriods = 16;
/** Rows of the short periods by which it is decided whether there is any dependence; a trend is a straight line in them. */
const shortRows = 30;
/** Lags that decide, and how many standard errors above 0 they must be. */
const firstLags = 5;
const clear = 2.5;
/** Sokal's window: as many lags as so many times the autocorrelation time. */
const windowTimes = 5;

/** Values in the order of their times, each about its period's mean, or line. */
interface Residuals {
  readonly channels: readonly Float64Array[];
  /** Where periods begin, and the end. */
  readonly edges: readonly number[];
  /** Rows of a period, on average. */
  readonly length: number;
}

function residuals(
  channels: readonly Float64Array[],
  rows: number,
  { periods, about }: { readonly periods: number; readonly about: 'mean' | 'line' },
): Residuals {
  const edges = Array.from({ length: periods + 1 }, (_, i) => Math.round((i * rows) / periods));
  const centred = channels.map((channel) => {
    const out = channel.slice();
    for (let i = 0; i < periods; i++) {
      const own = out.subarray(edges[i]!, edges[i + 1]!);
      const middle = (own.length - 1) / 2;
      let sum = 0;
      let rise = 0;
      let spread = 0;
      for (let at = 0; at < own.length; at++) {
        sum += own[at]!;
        rise += (at - middle) * own[at]!;
        spread += (at - middle) ** 2;
      }
      const slope = about === 'line' && spread > 0 ? rise / spread : 0;
      for (let at = 0; at < own.length; at++) own[at]! -= sum / own.length + slope * (at - middle);
    }
    return out;
  });
  return { channels: centred, edges, length: rows / periods };
}

/** The mean product of values `lag` rows apart within periods, over all channels. */
function autocovariance({ channels, edges }: Residuals, lag: number): number {
  let sum = 0;
  let pairs = 0;
  for (let i = 1; i < edges.length; i++) {
    const last = edges[i]! - lag;
    pairs += Math.max(0, last - edges[i - 1]!);
    for (const channel of channels) {
      for (let at = edges[i - 1]!; at < last; at++) sum += channel[at]! * channel[at + lag]!;
    }
  }
  return pairs > 0 ? sum / pairs : 0;
}

/** Whether values that follow each other are more alike than independent ones would be. */
function areAlike(channels: readonly Float64Array[], rows: number): boolean {
  const periods = Math.max(1, Math.round(rows / shortRows));
  const short = residuals(channels, rows, { periods, about: 'line' });
  const variance = autocovariance(short, 0);
  // What is left of a straight line is rounding.
  const largest = channels.reduce(
    (most, channel) => channel.reduce((max, value) => Math.max(max, Math.abs(value)), most),
    0,
  );
  if (!(variance > 1e-12 * largest * largest)) return false;
  // The period's line is of these rows too, two numbers of them, which makes independent ones look a little unlike.
  const correlation = (lag: number): number =>
    autocovariance(short, lag) / variance + 2 / Math.max(1, short.length - 2);
  const first = correlation(1);
  let sum = first;
  for (let lag = 2; lag <= firstLags; lag++) sum += correlation(lag);
  const error = Math.sqrt(1 / rows);
  return first > clear * error || sum > clear * error * Math.sqrt(firstLags);
}

/**
 * The integrated autocorrelation time τ = 1 + 2 Σ ρ_k of a series: so many of its rows say as much about its distribution as
 * one independent row. A mean is removed for each period of about 150 rows, since a trend is not dependence; what that takes
 * from the autocovariances, the variance of a period's mean, is given back. Lags are summed up to five times τ (Sokal, "Monte
 * Carlo methods in statistical mechanics", 1997). The sum's relative variance, 2 (2 W + 1) / n for W lags, makes 1 / τ
 * too large by as much on average, so τ is longer by that. Where the first lags of short periods are no more alike than chance has
 * them, τ is 1.
 *
 * @param channels the series, one or several that are counted together, as indicators of categories are; none missing.
 * @returns at least 1.
 * @example an autoregression x_t = 0.9 x_{t-1} + e has (1 + 0.9) / (1 - 0.9) = 19
 */
export function autocorrelationTime(channels: readonly Float64Array[]): number {
  const rows = channels[0]?.length ?? 0;
  if (rows < 2 * firstLags || !areAlike(channels, rows)) return 1;
  const periods = Math.min(mostPeriods, Math.max(1, Math.round(rows / periodRows)));
  const series = residuals(channels, rows, { periods, about: 'mean' });
  const { length } = series;
  const variance = autocovariance(series, 0);
  let taken = variance;
  let weights = 1;
  let sum = 0;
  let time = 1;
  let lag = 1;
  for (; lag <= length / 2 && lag < windowTimes * time + 1; lag++) {
    const own = autocovariance(series, lag);
    const weight = 2 * (1 - lag / length);
    weights += weight;
    taken += weight * own;
    sum += own;
    const ofMean = Math.max(0, taken / (length - weights));
    time = 1 + (2 * (sum + lag * ofMean)) / (variance + ofMean);
  }
  return Math.max(1, time * (1 + (2 * (2 * lag - 1)) / rows));
}
