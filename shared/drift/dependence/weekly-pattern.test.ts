import { describe, expect, test } from 'vitest';
import { type Column, tableOf } from '../../dataset/table/table.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import { day } from '../../platform/time-lengths.ts';
import { weeklyColumns } from './weekly-pattern.ts';

const daysOf = (length: number) => Float64Array.from({ length }, (_, i) => (16_000 + i) * day);
const numbers = (length: number, draw: (day: number) => number): Column => ({
  type: 'number',
  values: Float64Array.from({ length }, (_, i) => draw(i)),
});
const found = (columns: Record<string, Column>, length: number) =>
  weeklyColumns(tableOf(Object.entries(columns)), daysOf(length), { leastEffect: 0.1 });

function autoregression(random: Random, phi: number): () => number {
  let value = random.normal();
  return () => (value = phi * value + Math.sqrt(1 - phi * phi) * random.normal());
}

describe('a weekly pattern', () => {
  test('is found beside trend, season and dependence, in numbers and in categories', () => {
    const random = createRandom('pattern');
    const noise = autoregression(random, 0.7);
    const weekend = (i: number): boolean => i % 7 > 4;
    const columns = {
      visits: numbers(146, (i) => i / 20 + 3 * Math.sin(i / 23) + noise() + (weekend(i) ? 1.5 : 0)),
      kind: {
        type: 'category',
        dictionary: ['work', 'leisure'],
        codes: Int32Array.from({ length: 146 }, (_, i) => Number(random.next() < (weekend(i) ? 0.9 : 0.2))),
      },
      other: numbers(146, () => random.normal()),
    } satisfies Record<string, Column>;
    expect(found(columns, 146)).toEqual(['visits', 'kind']);
  });

  test.each([
    ['independent rows', (random: Random) => () => random.normal()],
    ['an autoregression of 0.9', (random: Random) => autoregression(random, 0.9)],
    [
      'a wave of a month',
      (random: Random) => {
        const noise = autoregression(random, 0.5);
        let i = 0;
        return () => noise() + 5 * Math.sin((2 * Math.PI * i++) / 30.4);
      },
    ],
  ])('is not found in %s more often than in about 1 of 100 tables', (_, draw) => {
    let hits = 0;
    for (let repeat = 0; repeat < 200; repeat++) {
      const next = draw(createRandom('quiet').fork(String(repeat)));
      hits += Number(found({ x: numbers(146, next) }, 146)!.length > 0);
    }
    // At 1% more than seven of 200 are less likely than one in a thousand (scipy.stats.binom.sf(7, 200, 0.01) = 0.0009).
    expect(hits).toBeLessThanOrEqual(7);
  });

  test('is not measured in less than eight weeks and six days, or where most days have no row', () => {
    const random = createRandom('short');
    expect(found({ x: numbers(61, () => random.normal()) }, 61)).toBeUndefined();
    expect(found({ x: numbers(62, () => random.normal()) }, 62)).toEqual([]);
    const rare = Float64Array.from({ length: 100 }, (_, i) => 3 * i * day);
    const x = numbers(100, () => random.normal());
    expect(weeklyColumns(tableOf([['x', x]]), rare, { leastEffect: 0.1 })).toBeUndefined();
  });
});
