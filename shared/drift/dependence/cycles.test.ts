import { describe, expect, test } from 'vitest';
import type { Column } from '../../dataset/table/table.ts';
import { numbers } from '../../dataset/testing/dataset-builders.ts';
import { createRandom, type Random } from '../../platform/random.ts';
import { cyclesIn } from './cycles.ts';
import { cyclesOf, rowsPerRow } from './dependent-columns.ts';
import { dependenceInTime } from './row-dependence.ts';

/** An autoregression x_t = φ x_{t-1} + e of unit variance. */
function series(rows: number, phi: number, random: Random): Float64Array {
  let value = random.normal();
  return Float64Array.from({ length: rows }, () => {
    value = phi * value + Math.sqrt(1 - phi * phi) * random.normal();
    return value;
  });
}

describe('the calendar’s cycles', () => {
  const day = 86_400_000;
  /** Days of three years, as a series thinned by a split has them. */
  const daysOf = (random: Random): Float64Array =>
    Float64Array.from({ length: 1096 }, (_, i) => i * day).filter(() => random.next() < 0.6);
  const yearly = (clock: Float64Array, phi: number, height: number, random: Random): Float64Array => {
    const all = series(1500, phi, random);
    return clock.map((time) => all[time / day]! + height * Math.sin((2 * Math.PI * time) / (365.2425 * day)));
  };

  test('are found where there is one, of a year, a week or a day', () => {
    const random = createRandom('cycles');
    const clock = daysOf(random);
    expect(cyclesIn([yearly(clock, 0.6, 2, random)], clock)).toEqual([365.2425 * day]);
    const hours = Float64Array.from({ length: 24 * 60 }, (_, i) => (i * day) / 24);
    const daily = hours.map((time) => Math.sin((2 * Math.PI * time) / day) + random.normal());
    expect(cyclesIn([daily], hours)).toEqual([day]);
    const weekly = hours.map((time) => Math.cos((2 * Math.PI * time) / (7 * day)) + random.normal());
    expect(cyclesIn([weekly], hours)).toEqual([7 * day]);
  });

  test('are found in no more than their share of series without one, however slowly those change', () => {
    for (const phi of [0, 0.9, 0.97]) {
      let found = 0;
      for (let i = 0; i < 200; i++) {
        const random = createRandom(`no cycle ${i}`);
        const clock = daysOf(random);
        found += Number(cyclesIn([yearly(clock, phi, 0, random)], clock).includes(365.2425 * day));
      }
      // At 1% more than seven of 200 are less likely than one in a hundred.
      expect(found).toBeLessThanOrEqual(7);
    }
  });

  test('are not looked for where they were not seen twice', () => {
    const clock = Float64Array.from({ length: 365 }, (_, i) => i * day);
    expect(cyclesIn([clock.map((time) => Math.sin((2 * Math.PI * time) / (365.2425 * day)))], clock)).toEqual(
      [],
    );
  });

  test('are no dependence: rows about a season count as without it, on the side of one year as well', () => {
    const random = createRandom('season');
    const before = daysOf(random);
    const now = Float64Array.from({ length: 365 }, (_, i) => (1096 + i) * day);
    const all = yearly(
      Float64Array.from({ length: 1096 + 365 }, (_, i) => i * day),
      0.6,
      2,
      random,
    );
    const seasonOf = (clock: Float64Array): Column => numbers([...clock].map((time) => all[time / day]!));
    const columns = { reference: seasonOf(before), current: seasonOf(now) };
    const measured = (type: 'number' | 'date'): number => {
      const sides = {
        reference: dependenceInTime(before, 'date', type),
        current: dependenceInTime(now, 'date', type),
      };
      const cycles = cyclesOf(columns, sides);
      return rowsPerRow(columns.current, sides.current, cycles)!.values;
    };
    expect(measured('number')).toBeGreaterThan(20);
    // (1 + 0.6) / (1 - 0.6) = 4
    expect(measured('date')).toBeLessThan(6);
  });
});
