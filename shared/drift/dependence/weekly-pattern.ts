import type { Column, Table } from '../../dataset/table/table.ts';
import { day } from '../../platform/time-lengths.ts';
import { channelsOf } from './dependent-columns.ts';

/** Level of the test, of all columns together. It raises no alarm. */
export const weeklyLevel = 0.01;
/** Fewer whole weeks show no pattern. */
const fewestWeeks = 8;
/** The newest ones that are looked at. */
const mostWeeks = 104;
/** Rows that are looked at, evenly over the table. */
const mostRows = 50_000;
/** Share of the days that must have rows: five of seven. */
const fewestDays = 5 / 7;
/** Cycles a week that are looked for: what comes round in a week is made of these. */
const harmonics = [1, 2, 3] as const;

/** Days on either side that the mean of seven takes in. */
const beside = 3;

/** A series of days: whole weeks, and the days beside them. */
interface Days {
  readonly weeks: number;
  /** Rows that are of one of the days. */
  readonly rows: Int32Array;
  /** Day of each of those, from 0. */
  readonly of: Int32Array;
}

/**
 * The columns that have a weekly pattern: the means of days have more power at one, two or three cycles a week than at the
 * frequencies beside, which is measured whatever else the series does (trends, seasons, dependence). Harmonic F test: at each of
 * the three, the periodogram over the mean of 2m neighbours is F(2, 4m) where there is no pattern; Bonferroni over the three and
 * over columns, at 1% for all together. Patterns of less than `leastEffect` standard deviations are not told.
 *
 * @param times of the rows, milliseconds since 1970; NaN is missing.
 * @returns undefined where that cannot be measured: fewer than eight weeks, or too few days with rows.
 * @see Percival and Walden, Spectral Analysis for Physical Applications, 1993, section 10.11.
 */
export function weeklyColumns(
  { columns }: Table,
  times: Float64Array,
  { leastEffect }: { readonly leastEffect: number },
): string[] | undefined {
  const days = daysOf(times);
  if (!days) return undefined;
  const level = weeklyLevel / Math.max(1, columns.size);
  return [...columns].flatMap(([name, column]) =>
    hasPattern(column, days, { level, leastEffect }) ? [name] : [],
  );
}

function daysOf(times: Float64Array): Days | undefined {
  const step = Math.ceil(times.length / mostRows);
  const some = Int32Array.from(times.keys()).filter((row) => row % step === 0 && !Number.isNaN(times[row]!));
  if (some.length === 0) return undefined;
  let newest = Number.NEGATIVE_INFINITY;
  let oldest = Number.POSITIVE_INFINITY;
  for (const row of some) {
    newest = Math.max(newest, Math.floor(times[row]! / day));
    oldest = Math.min(oldest, Math.floor(times[row]! / day));
  }
  const weeks = Math.min(mostWeeks, Math.floor((newest - oldest + 1 - 2 * beside) / 7));
  if (weeks < fewestWeeks) return undefined;
  const first = newest - (7 * weeks + 2 * beside) + 1;
  const rows = some.filter((row) => times[row]! >= first * day);
  const of = Int32Array.from(rows, (row) => Math.floor(times[row]! / day) - first);
  return new Set(of).size >= fewestDays * (7 * weeks + 2 * beside) ? { weeks, rows, of } : undefined;
}

function hasPattern(
  column: Column,
  days: Days,
  { level, leastEffect }: { readonly level: number; readonly leastEffect: number },
): boolean {
  const { channels, present } = channelsOf(column, days.rows);
  return channels.some((channel) => {
    const series = detrended(dailyMeans(channel, present, days));
    if (smallestP(series, days.weeks) * harmonics.length * channels.length > level) return false;
    return weekdayEffect(series) >= leastEffect * deviationOf(channel);
  });
}

/** NaN is a day without a value. */
function dailyMeans(channel: Float64Array, present: Int32Array, { of, weeks }: Days): Float64Array {
  const sums = new Float64Array(7 * weeks + 2 * beside);
  const counts = new Float64Array(sums.length);
  for (let i = 0; i < channel.length; i++) {
    const at = of[present[i]!]!;
    sums[at]! += channel[i]!;
    counts[at]! += 1;
  }
  return sums.map((sum, at) => sum / counts[at]!);
}

/**
 * Each day less the mean of the seven around it, which takes away trend and season and no weekly pattern; a day without a value
 * is 0. The days beside the whole weeks are gone.
 */
function detrended(days: Float64Array): Float64Array {
  return days.subarray(beside, days.length - beside).map((value, at) => {
    if (Number.isNaN(value)) return 0;
    const around = days.subarray(at, at + 2 * beside + 1).filter((other) => !Number.isNaN(other));
    return value - around.reduce((sum, other) => sum + other, 0) / around.length;
  });
}

function smallestP(series: Float64Array, weeks: number): number {
  const neighbours = Math.min(10, Math.floor(weeks / 2) - 1);
  const power = (bin: number): number => powerAt(series, bin) / leftBy(bin / series.length);
  return Math.min(
    ...harmonics.map((harmonic) => {
      const line = harmonic * weeks;
      let others = 0;
      for (let apart = 1; apart <= neighbours; apart++) others += power(line - apart) + power(line + apart);
      return others > 0 ? (1 + power(line) / others) ** (-2 * neighbours) : 1;
    }),
  );
}

/** The share of the power at a frequency, in cycles a day, that is left by taking the mean of seven days away. */
function leftBy(frequency: number): number {
  return (1 - Math.sin(7 * Math.PI * frequency) / (7 * Math.sin(Math.PI * frequency))) ** 2;
}

/** The periodogram at a whole number of cycles in the series. */
function powerAt(series: Float64Array, bin: number): number {
  let real = 0;
  let imaginary = 0;
  for (let t = 0; t < series.length; t++) {
    const angle = (2 * Math.PI * ((bin * t) % series.length)) / series.length;
    real += series[t]! * Math.cos(angle);
    imaginary += series[t]! * Math.sin(angle);
  }
  return real ** 2 + imaginary ** 2;
}

/** Standard deviation of the means of weekdays. */
function weekdayEffect(series: Float64Array): number {
  const means = new Float64Array(7);
  for (let t = 0; t < series.length; t++) means[t % 7]! += series[t]! / (series.length / 7);
  return Math.sqrt(means.reduce((sum, mean) => sum + mean ** 2, 0) / 7);
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
