import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { metricOf } from '../registry/registry.ts';
import { judgedRows } from '../rows/judged-rows.ts';
import { intervalFixtures, predictionsWithInterval } from '../testing/interval-fixture.ts';
import { bootstrap } from './bootstrap.ts';
import type { Estimate } from './estimate.ts';
import { intervalOf } from './interval.ts';

const { datasets, confidence } = intervalFixtures();

function endsOf(estimate: Estimate, method: 'bca' | 'percentile'): [number, number] {
  const interval = intervalOf(estimate, { confidence, method });
  if (!('low' in interval)) throw new Error(interval.undefined);
  return [interval.low, interval.high];
}

function estimateOf(
  replicates: readonly number[],
  value: number,
  jackknife: readonly number[] = [],
): Estimate {
  return {
    value: { value },
    replicates: Float64Array.from(replicates),
    jackknife: Float64Array.from(jackknife),
  };
}

describe.each(datasets)('$metric of $name', (fixture) => {
  const predictions = predictionsWithInterval(fixture);
  const weighted = metricOf(fixture.metric).weigh(judgedRows(predictions));
  const rows = fixture.actual.length;

  it.each(['bca', 'percentile'] as const)('%s ends are scipy’s on scipy’s own resamples', (method) => {
    const ends = endsOf(estimateOf(fixture.replicates, fixture.value, fixture.jackknife), method);
    expect(ends[0]).toBeCloseTo(fixture[method][0], 9);
    expect(ends[1]).toBeCloseTo(fixture[method][1], 9);
  });

  it('leaves out row after row for the jackknife', () => {
    const settings = { resamples: 100, method: 'bca' } as const;
    const [estimate] = bootstrap({ rows, metrics: [weighted], settings, random: createRandom(1) });
    for (const [i, value] of fixture.jackknife.entries())
      expect(estimate!.jackknife[i]).toBeCloseTo(value, 9);
  });

  it.each(['bca', 'percentile'] as const)(
    '%s ends of many own resamples are near scipy’s of many',
    (method) => {
      const settings = { resamples: 20_000, method };
      const [estimate] = bootstrap({ rows, metrics: [weighted], settings, random: createRandom('many') });
      const theirs = method === 'bca' ? fixture.longBca : fixture.longPercentile;
      const ends = endsOf(estimate!, method);
      // Two runs of 20,000 differ at a 5 % end by a standard deviation of about 1 % of the width; labels come in steps.
      const near = 0.04 * (theirs[1] - theirs[0]);
      expect(Math.abs(ends[0] - theirs[0])).toBeLessThan(near);
      expect(Math.abs(ends[1] - theirs[1])).toBeLessThan(near);
    },
  );
});

describe('an interval', () => {
  it('has no width where every resample has the same value', () => {
    expect(endsOf(estimateOf(Array(100).fill(1), 1, [1, 1, 1]), 'bca')).toEqual([1, 1]);
  });

  it('is finite where the value is the largest of all resamples', () => {
    const [low, high] = endsOf(estimateOf([1, 2, 3, 4], 9, [8, 9, 9]), 'bca');
    expect(low).toBeGreaterThanOrEqual(1);
    expect(high).toBeLessThanOrEqual(4);
  });

  it('leaves out the resamples in which the metric is undefined', () => {
    const replicates = [...Array.from({ length: 95 }, (_, i) => i), ...Array(5).fill(Number.NaN)];
    const [low, high] = endsOf(estimateOf(replicates, 40), 'percentile');
    expect(low).toBeCloseTo(4.7);
    expect(high).toBeCloseTo(89.3);
  });

  it('does not exist where more than one resample in ten is undefined', () => {
    const replicates = [...Array(89).fill(1), ...Array(11).fill(Number.NaN)];
    const interval = intervalOf(estimateOf(replicates, 1), { confidence: 0.95, method: 'percentile' });
    expect(interval).toEqual({ undefined: 'it is undefined in 11 of 100 resamples' });
  });
});
