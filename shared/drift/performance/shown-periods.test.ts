import { describe, expect, test } from 'vitest';
import { shownPeriods } from './shown-periods.ts';

const day = 86_400_000;
const dates = (from: string, count: number, step: number, rows = 1) => ({
  type: 'date' as const,
  values: Float64Array.from(
    { length: count * rows },
    (_, i) => Date.parse(from) + Math.floor(i / rows) * step * day,
  ),
});
const names = (...input: Parameters<typeof shownPeriods>) =>
  shownPeriods(...input).map(({ period }) => period);

describe('the periods of a history', () => {
  test.each([
    ['days', dates('2026-02-27', 60, 1, 30), 60, '2026-02-27', '2026-04-27'],
    [
      'weeks, which begin on Monday',
      dates('2026-02-27', 70, 1, 30),
      11,
      'week of 2026-02-23',
      'week of 2026-05-04',
    ],
    ['months', dates('2026-01-31', 59, 30), 58, '2026-01', '2030-11'],
    ['quarters', dates('2020-02-10', 100, 30), 33, '2020-Q1', '2028-Q1'],
    ['years', dates('1970-06-01', 112, 180), 56, '1970', '2025'],
    ['spans of years', dates('1969-06-01', 80, 365), 41, '1968 to 1969', '2048 to 2049'],
  ])('are %s where there are so many', (_, times, count, first, last) => {
    const found = names(times, 30);
    expect([found.length, found[0], found.at(-1)]).toEqual([count, first, last]);
  });

  test('are months rather than days with too few rows for a figure', () => {
    expect(names(dates('2026-02-27', 40, 1, 2), 30)).toEqual(['2026-02', '2026-03', '2026-04']);
  });

  test('of numbers are these, or some of them together', () => {
    const numbers = (count: number, step = 1) => ({
      type: 'number' as const,
      values: Float64Array.from({ length: count }, (_, i) => 1900 + i * step),
    });
    expect(names(numbers(60), 30).slice(0, 2)).toEqual(['1900', '1901']);
    expect(names(numbers(61), 30).slice(0, 2)).toEqual(['1900 to 1901', '1902 to 1903']);
    expect(names(numbers(126), 30).at(-1)).toBe('2025 to 2029');
    expect(names(numbers(200, 0.5), 30)[0]).toBe('1900 to below 1902');
  });

  test('hold every row once, those without a time last', () => {
    const values = Float64Array.from({ length: 500 }, (_, i) => (i % 7 === 0 ? Number.NaN : -250 + i));
    const found = shownPeriods({ type: 'number', values }, 30);
    expect(found.at(-1)!.period).toBe('(no time)');
    expect(found.length).toBeLessThanOrEqual(60);
    const rows = found.flatMap((period) => [...period.rows]);
    expect(rows.toSorted((a, b) => a - b)).toEqual([...values.keys()]);
    const firsts = found.slice(0, -1).map((period) => values[period.rows[0]!]!);
    expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
  });
});
