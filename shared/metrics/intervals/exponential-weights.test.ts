import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { createWeightDraws, createWeightSource } from './exponential-weights.ts';

const stream = createRandom(5);
const alone = (rows: number) => createWeightDraws(rows, stream.fork('resamples'));

describe('weights of rows that several metrics are drawn with', () => {
  it('are those that each would draw alone, also of other numbers of rows', () => {
    const source = createWeightSource(stream);
    const streams = [source(7), source(7), source(20)].map((shared, i) => ({
      shared,
      own: alone(i < 2 ? 7 : 20),
    }));
    for (let draw = 0; draw < 3; draw++) {
      for (const { shared, own } of streams) expect(shared.next()).toEqual(own.next());
    }
  });

  it('are drawn once', () => {
    const source = createWeightSource(stream);
    const [first, second] = [source(7), source(7)];
    expect(first.next()).toBe(second.next());
  });

  it('are refused to one that falls behind, instead of giving it another draw', () => {
    const source = createWeightSource(stream);
    const [first, second] = [source(7), source(7)];
    first.next();
    first.next();
    expect(() => second.next()).toThrow(RangeError);
  });

  it('have a mean of 1 and nearly the variance of the exponential distribution', () => {
    const { counts, total } = createWeightDraws(200_000, createRandom(1)).next();
    const mean = total / counts.length;
    const variance = counts.reduce((sum, weight) => sum + (weight - mean) ** 2, 0) / counts.length;
    expect(mean).toBeCloseTo(1, 2);
    expect(Math.abs(variance - 0.998)).toBeLessThan(0.03);
  });
});
