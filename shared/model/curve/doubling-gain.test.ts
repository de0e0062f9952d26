import { describe, expect, test } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { doublingGain, type MeasuredCurve } from './doubling-gain.ts';

const judged = 4000;
const words = Uint32Array.from({ length: judged }, (_, row) => row);

/** Points of just these mean losses; each row's loss has noise of its own, and some that all points share. */
function curveOf(levels: readonly number[], { noise = 0.2, between = 0.0005, seed = 1 } = {}): MeasuredCurve {
  const random = createRandom(`curve ${seed}`);
  const noiseOf = (deviation: number): Float64Array => {
    const drawn = Float64Array.from({ length: judged }, () => deviation * random.normal());
    const mean = drawn.reduce((sum, value) => sum + value, 0) / judged;
    return drawn.map((value) => value - mean);
  };
  const common = noiseOf(1);
  return {
    words,
    isSquared: false,
    points: levels.map((level, k) => {
      const own = noiseOf(noise);
      return {
        losses: common.map((z, row) => level + z + own[row]!),
        means: Array.from({ length: [4, 2, 1, 1][k]! }, (_, i) => level + between * (i % 2 === 0 ? 1 : -1)),
      };
    }),
  };
}
const gain = (curve: MeasuredCurve) => doublingGain(curve, createRandom('draws'));

describe('the gain of twice the rows', () => {
  test('is surely one where the loss keeps falling', () => {
    // 4 + 2^(1 - k / 2): the next one is 4.5, of 4.7071.
    const levels = [0, 1, 2, 3].map((k) => 4 + 2 ** (1 - k / 2));
    const { twice, verdict } = gain(curveOf(levels, { noise: 0.05 }));
    expect(verdict).toBe('helps');
    expect(twice.interval[0]).toBeGreaterThan(0.02);
    expect(twice.interval[0]).toBeLessThan(1 - 4.5 / 4.7071);
    expect(twice.interval[1]).toBeGreaterThan(1 - 4.5 / 4.7071);
    expect(twice.lower).toBeCloseTo(1 - 4.5 / 4.7071, 1);
  });

  test('is hardly any where the loss stays what it is', () => {
    const { twice, verdict } = gain(curveOf([5, 5, 5, 5], { noise: 0.05 }));
    expect(verdict).toBe('hardly');
    expect(twice.interval[0]).toBeLessThan(0);
    expect(twice.interval[1]).toBeLessThan(0.01);
  });

  test('cannot be told where rows, or models of different rows, differ by more than the points', () => {
    const levels = [5.02, 5.01, 5.005, 5.0025];
    expect(gain(curveOf(levels, { noise: 6 })).verdict).toBe('open');
    expect(gain(curveOf(levels, { noise: 0.01, between: 0.2 })).verdict).toBe('open');
  });

  test('is less sure where judged rows hang together', () => {
    const curve = curveOf([5.2, 5.1, 5.05, 5.02], { noise: 0.5 });
    const width = ({ twice }: ReturnType<typeof gain>) => twice.interval[1] - twice.interval[0];
    // Every row ten times: there are a tenth as many observations.
    const few = Uint32Array.from({ length: judged }, (_, row) => Math.floor(row / 10));
    const tenfold = curve.points.map((point) => ({
      ...point,
      losses: point.losses.map((_, row) => point.losses[10 * Math.floor(row / 10)]!),
    }));
    const together = width(gain({ ...curve, points: tenfold, words: few }));
    const apart = width(gain({ ...curve, points: tenfold, words }));
    expect(together / apart).toBeGreaterThan(2.5);
  });

  test('of squared errors is that of their root', () => {
    const levels = [4, 2, 1, 0.5];
    const plain = gain(curveOf(levels, { noise: 0.001, between: 0 }));
    const root = gain({ ...curveOf(levels, { noise: 0.001, between: 0 }), isSquared: true });
    expect(1 - root.twice.lower).toBeCloseTo(Math.sqrt(1 - plain.twice.lower), 1);
  });

  test('is the same each time', () => {
    const curve = curveOf([5.2, 5.1, 5.05, 5.02]);
    expect(gain(curve)).toEqual(gain(curve));
  });
});
