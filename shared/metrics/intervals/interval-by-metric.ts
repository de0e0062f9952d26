import type { Random } from '../../platform/random.ts';
import { counted } from '../../text/counts.ts';
import type { Sampling } from '../metric/sampling.ts';
import { onceEach } from '../rows/row-weights.ts';
import type { Basis, Part } from './basis.ts';
import { calibrationInterval } from './calibration-interval.ts';
import { cellsDraws } from './cells-draws.ts';
import { exactMedian } from './exact-median.ts';
import { type Ends, exactShare } from './exact-share.ts';
import { createWeightSource, type WeightSource } from './exponential-weights.ts';
import type { IntervalResult } from './interval.ts';
import { meansDraws } from './means-draws.ts';
import { medianDraws } from './median-draws.ts';
import { ranksDraws } from './ranks-draws.ts';
import { forEachResample } from './resample-loop.ts';
import {
  type DrawnInterval,
  type DrawSettings,
  type Draws,
  openUnseenRowInterval,
  unseenRowInterval,
} from './unseen-rows.ts';

/**
 * The intervals of quantities, each by the method of the metrics that it is made of: docs/adr/0024-intervals-by-metric.md.
 * Those of one random stream are drawn side by side, so that the weights of the rows are drawn once for all of them.
 */
export function intervalsByMetric(bases: readonly Basis[], confidence: number): IntervalResult[] {
  const streams = Map.groupBy(bases.keys(), (i) => bases[i]!.random);
  const intervals: IntervalResult[] = [];
  for (const [random, places] of streams) {
    const source = createWeightSource(random);
    const open = places.map((i) => openInterval(bases[i]!, confidence, source));
    const drawn = open.flatMap(({ drawn }) => drawn);
    const { resamples, hook } = bases[places[0]!]!;
    if (drawn.length > 0) {
      forEachResample(resamples, hook, (r) => {
        for (const interval of drawn) interval.draw(r);
      });
    }
    for (const [at, i] of places.entries()) intervals[i] = open[at]!.close();
  }
  return intervals;
}

/** An interval whose draws are still to be made. */
interface OpenInterval {
  readonly drawn: readonly DrawnInterval[];
  close(): IntervalResult;
}

function openInterval(basis: Basis, confidence: number, source: WeightSource): OpenInterval {
  const { parts, of, resamples, random, hook, share } = basis;
  const settings = { confidence, resamples, random: random.fork('unseen'), hook, share };
  const value = of(parts.map((part) => part.value));
  if (parts.length === 0) return { drawn: [], close: () => ({ low: value, high: value }) };
  const samplings = parts.map(({ sampling }) => sampling);
  if (parts.length > 1 && samplings.every(({ kind }) => kind !== 'calibration')) {
    const drawn = openUnseenRowInterval(drawsOf(samplings, random, source), of, { ...settings, value });
    return { drawn: [drawn], close: () => drawn.ends() };
  }
  if (parts.length === 1 && isDrawn(samplings[0]!)) {
    const one = { ...settings, value: parts[0]!.value };
    const drawn = openUnseenRowInterval(drawsOf(samplings, random, source), ([value]) => value!, one);
    return {
      drawn: [drawn],
      close() {
        const ends = drawn.ends();
        return 'low' in ends ? imageOf(ends, (end) => of([end])) : ends;
      },
    };
  }
  return { drawn: [], close: () => intervalOfParts(basis, settings) };
}

/** Whether the interval of such a metric alone is drawn together with others. */
function isDrawn({ kind }: Sampling): boolean {
  return kind === 'means' || kind === 'ranks' || kind === 'cells';
}

/** The interval of metrics that each have one by themselves. */
function intervalOfParts(
  { parts, of, random }: Basis,
  settings: Omit<DrawSettings, 'value'>,
): IntervalResult {
  const intervals: Ends[] = [];
  for (const part of parts) {
    const interval = intervalOfOne(part.sampling, { ...settings, value: part.value }, random);
    if (!('low' in interval)) return interval;
    intervals.push(interval);
  }
  return parts.length === 1
    ? imageOf(intervals[0]!, (end) => of([end]))
    : combinedInterval(parts, of, intervals);
}

function intervalOfOne(sampling: Sampling, settings: DrawSettings, random: Random): IntervalResult {
  switch (sampling.kind) {
    case 'share': {
      const { hits, rows } = sampling.trials(sampling.rows.confusion.at(onceEach(sampling.rows.count)));
      const { low, high } = exactShare(hits, rows, settings.confidence);
      return { low: sampling.ofShare(low), high: sampling.ofShare(high) };
    }
    case 'median': {
      const sorted = sampling.sorted();
      return (
        exactMedian(sorted, settings.confidence) ?? {
          undefined: `${counted(sorted.length, 'row')} do not hold the median between them as surely as that`,
        }
      );
    }
    case 'calibration':
      return calibrationInterval(sampling, settings);
    case 'none':
      return { undefined: sampling.reason };
    default: {
      const draws = drawsOf([sampling], random, createWeightSource(random));
      return unseenRowInterval(draws, ([value]) => value!, settings);
    }
  }
}

/**
 * The interval of a function of two metrics that cannot be drawn together, from their own intervals: each end lies off the
 * value by the root of the summed squares of what either metric's end would move it (Zou and Donner, "Construction of
 * confidence limits about effect measures: a general approach", 2008). It takes them as independent, which on the same rows
 * makes it rather long.
 */
function combinedInterval(parts: readonly Part[], of: Basis['of'], intervals: readonly Ends[]): Ends {
  const values = parts.map((part) => part.value);
  const value = of(values);
  let below = 0;
  let above = 0;
  for (const [i, { low, high }] of intervals.entries()) {
    const moved = [low, high].map((end) => of(values.with(i, end)) - value);
    below += Math.min(0, ...moved) ** 2;
    above += Math.max(0, ...moved) ** 2;
  }
  return { low: value - Math.sqrt(below), high: value + Math.sqrt(above) };
}

/** Draws of parts that are all of one kind. */
function drawsOf(parts: readonly Sampling[], random: Random, source: WeightSource): Draws {
  const means = parts.filter((part) => part.kind === 'means');
  if (means.length === parts.length) return meansDraws(means, source);
  const ranks = parts.filter((part) => part.kind === 'ranks');
  if (ranks.length === parts.length) return ranksDraws(ranks, source);
  const cells = parts.filter((part) => part.kind === 'cells' || part.kind === 'share');
  if (cells.length === parts.length) return cellsDraws(cells, random.fork('cells'));
  const medians = parts.filter((part) => part.kind === 'median');
  if (medians.length === parts.length) return medianDraws(medians, source);
  throw new TypeError(
    `an interval of metrics of different kinds: ${parts.map(({ kind }) => kind).join(', ')}`,
  );
}

/** What a function of one number makes of an interval: of a rising, a falling one, and of one that turns at zero. */
function imageOf({ low, high }: Ends, of: (value: number) => number): Ends {
  const values = [of(low), of(high), ...(low < 0 && high > 0 ? [of(0)] : [])];
  return { low: Math.min(...values), high: Math.max(...values) };
}
