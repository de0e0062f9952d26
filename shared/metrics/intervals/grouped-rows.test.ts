import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { metricOf } from '../registry/registry.ts';
import { judgedRows } from '../rows/judged-rows.ts';
import { combineEstimates, type Estimate } from './estimate.ts';
import { estimatesOf } from './estimates.ts';
import { groupResampler } from './group-resampler.ts';
import { groupFactor, rowGroups } from './grouped-rows.ts';
import { measured } from './measured.ts';

const size = 10;
const count = 20;

/** Standard normal errors that correlate by 0.5 within groups of ten. */
function errorsOf(seed: string): Float64Array {
  const random = createRandom(seed);
  const shared = Float64Array.from({ length: count }, () => random.normal());
  return Float64Array.from(
    { length: count * size },
    (_, row) => Math.SQRT1_2 * (shared[Math.floor(row / size)]! + random.normal()),
  );
}

const groups = Array.from({ length: count * size }, (_, row) => `g${Math.floor(row / size)}`);

/** The shares of samples whose interval holds the truth: of rmse, which is 1, and of its difference between two equal models. */
function coverage(method: 'auto' | 'percentile', known: boolean, samples = 120): [number, number] {
  const settings = { resamples: 200, confidence: 0.95, method };
  const holds = (estimate: Estimate, truth: number): number => {
    const { low, high } = measured(estimate, settings);
    return Number(low! <= truth && truth <= high!);
  };
  let [own, difference] = [0, 0];
  for (let sample = 0; sample < samples; sample++) {
    const metrics = ['first', 'second'].map((name) => {
      const predicted = errorsOf(`${name}/${sample}`);
      const actual = new Float64Array(predicted.length);
      const rows = judgedRows({ task: 'regression', actual, predicted, ...(known ? { groups } : {}) });
      return { metric: metricOf('rmse'), rows };
    });
    const [a, b] = estimatesOf({ metrics, settings, random: createRandom(`draws/${sample}`) });
    own += holds(a!, 1);
    difference += holds(
      combineEstimates(a!, b!, (x, y) => x - y),
      0,
    );
  }
  return [own / samples, difference / samples];
}

describe('intervals of rows that lie together in groups of ten', () => {
  it('hold the truth about as often as they say, and far less often where groups are not known', () => {
    // 120 samples of a coverage of 95% are at least 90% in 99 of 100 cases (binomial distribution, scipy).
    for (const share of coverage('auto', true)) expect(share).toBeGreaterThanOrEqual(0.9);
    for (const share of coverage('auto', false)) expect(share).toBeLessThan(0.9);
  });

  it('are made of resamples of whole groups where they are percentiles', () => {
    const [, known] = coverage('percentile', true);
    const [, unknown] = coverage('percentile', false);
    expect(known).toBeGreaterThanOrEqual(0.88);
    expect(unknown).toBeLessThan(0.85);
  });

  it('stay within what the metric can be, and have a length without an error', () => {
    const labels = new Int32Array(count * size).map((_, row) => row % 2);
    const rows = judgedRows({
      task: 'binary',
      classes: ['a', 'b'],
      actual: labels,
      predicted: labels,
      groups,
    });
    const settings = { resamples: 200, confidence: 0.95, method: 'auto' as const };
    const [estimate] = estimatesOf({
      metrics: [{ metric: metricOf('accuracy'), rows }],
      settings,
      random: createRandom(1),
    });
    const { low, high } = measured(estimate!, settings);
    expect(high).toBe(1);
    // The exact interval of 200 rows begins at 0.025^(1/200) = 0.982 (scipy); of 20 groups it is much longer.
    expect(low!).toBeLessThan(0.95);
  });

  it('are not there for one group', () => {
    const rows = judgedRows({
      ...{ task: 'regression', actual: new Float64Array(20), predicted: errorsOf('one').slice(0, 20) },
      groups: new Array<string>(20).fill('a'),
    });
    const settings = { resamples: 200, confidence: 0.95, method: 'auto' as const };
    const [estimate] = estimatesOf({
      metrics: [{ metric: metricOf('mae'), rows }],
      settings,
      random: createRandom(1),
    });
    expect(measured(estimate!, settings)).toMatchObject({
      low: null,
      reason: 'the rows are all of one group',
    });
  });
});

describe('by what an interval is lengthened for groups', () => {
  it('is the root of the design effect, and Student’s quantile', () => {
    const none = {
      byRow: new Float64Array(9),
      byGroup: new Float64Array(9),
      sizes: new Uint32Array(10).fill(10),
    };
    // √(10 · 10 / 9) · t.ppf(0.975, 9) / norm.ppf(0.975) = 3.33333 · 2.26216 / 1.95996 (scipy).
    expect(groupFactor(none, 0.95)).toBeCloseTo(3.84728, 4);
    const twice = {
      ...none,
      byRow: Float64Array.of(-1, 0, 1),
      byGroup: Float64Array.of(-2, Number.NaN, 0, 2),
    };
    // Variances 1 and 4.
    expect(groupFactor(twice, 0.95)).toBeCloseTo((3.84728 * 2) / Math.sqrt(10), 4);
    // Rows of a group that differ more than others shorten nothing: t.ppf(0.975, 9) / norm.ppf(0.975) · √(10 / 9).
    const less = { ...twice, byRow: twice.byGroup, byGroup: twice.byRow };
    expect(groupFactor(less, 0.95)).toBeCloseTo(3.84728 / Math.sqrt(10), 4);
  });

  it('comes of draws in which rows of a group are together', () => {
    const resampler = groupResampler(rowGroups(['a', 'b', 'a', 'c', 'b']), createRandom(1));
    for (let draw = 0; draw < 20; draw++) {
      const { counts, total } = resampler.next();
      expect([counts[0], counts[1]]).toEqual([counts[2], counts[4]]);
      expect(total).toBe(counts.reduce((sum, times) => sum + times, 0));
    }
  });
});
