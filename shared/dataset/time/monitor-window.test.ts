import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WindowConfig } from '../../config/sections/monitor-section.ts';
import { monitorWindow } from './monitor-window.ts';
import type { TimeColumn } from './window.ts';

const years = (...values: number[]): TimeColumn => ({ type: 'number', values: Float64Array.from(values) });
const dates = (...values: string[]): TimeColumn => ({
  type: 'date',
  values: Float64Array.from(values, (text) => (text === '' ? Number.NaN : Date.parse(text))),
});

function choose(times: TimeColumn, window: Partial<WindowConfig> = {}, ended: string[] = []) {
  return monitorWindow(times, 'sold', { ended, window: { 'after-lock': true, again: false, ...window } });
}

describe('the window of a monitor', () => {
  test('has the rows after the latest of the windows that are over', () => {
    const { rows, after, until, words, untimed } = choose(years(1975, Number.NaN, 1977, 1976, 1978), {}, [
      '1975',
      '1976',
      '1974',
    ]);
    expect([...rows]).toEqual([2, 4]);
    expect({ after, until, untimed }).toEqual({ after: '1976', until: '1978', untimed: 1 });
    expect(words).toBe('rows with sold after 1976 up to 1978');
  });

  test('ends of months and days are inclusive, as in a lock', () => {
    const times = dates('2026-03-31T23:59:59.999Z', '2026-04-01T00:00:00Z');
    expect([...choose(times, {}, ['2026-03']).rows]).toEqual([1]);
    expect([...choose(times, {}, ['2026-03-30']).rows]).toEqual([0, 1]);
  });

  test('of the last rows has the newest ones, of one time those that came later, in the order of the source', () => {
    expect([...choose(years(5, 9, 7, 9, 1), { 'last-rows': 2 }).rows]).toEqual([1, 3]);
    expect([...choose(years(9, 9, 9), { 'last-rows': 2 }).rows]).toEqual([1, 2]);
    expect([...choose(years(1, 2), { 'last-rows': 5 }).rows]).toEqual([0, 1]);
  });

  test('of a span counts back from the newest row', () => {
    const times = dates('2026-01-01', '2026-01-09', '2026-01-10');
    expect([...choose(times, { last: { milliseconds: 2 * 86_400_000 } }).rows]).toEqual([1, 2]);
    expect([...choose(years(1, 8, 10), { last: { units: 3 } }).rows]).toEqual([1, 2]);
  });

  test.each([
    ['day', ['2026-03-04T05:00:00Z', '2026-03-05T01:00:00Z'], [0]],
    [
      'week',
      ['2026-03-01T23:00:00Z', '2026-03-02T00:00:00Z', '2026-03-08T23:59:59Z', '2026-03-09T00:00:00Z'],
      [1, 2],
    ],
    ['month', ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'], [1, 2]],
    ['quarter', ['2025-12-31', '2026-01-01', '2026-03-31', '2026-04-01'], [1, 2]],
    ['year', ['2024-12-31', '2025-01-01', '2025-12-31', '2026-07-01'], [1, 2]],
  ] as const)('of a calendar %s is the last whole one', (calendar, times, expected) => {
    expect([...choose(dates(...times), { calendar }).rows]).toEqual(expected);
  });

  test('without a row, though newer ones are there, says how many: a year is over when the next has begun', () => {
    const chosen = choose(dates('2014-12-31', '2015-01-01', '2015-12-31'), { calendar: 'year' }, ['2014']);
    expect([...chosen.rows]).toEqual([]);
    expect(chosen.newer).toBe(2);
    expect(chosen.words).toBe('rows of the year from 2014-01-01 with sold after 2014');
  });

  test('of days is said in days', () => {
    const { words, until } = choose(dates('2026-03-30', '2026-03-31'), {}, ['2026-03-30T00:00:00.000Z']);
    expect(words).toBe('rows with sold after 2026-03-30 up to 2026-03-31');
    expect(until).toBe('2026-03-31T00:00:00.000Z');
  });

  test('of a calendar, or of another kind of span, does not go with the event time', () => {
    expect(() => choose(years(1), { calendar: 'month' })).toThrow(
      /calendar is month, but the event time sold is a number/,
    );
    expect(() => choose(years(1), { last: { milliseconds: 1 } })).toThrow(
      /the event time sold is a number: write a number/,
    );
    expect(() => choose(dates('2026-01-01'), { last: { units: 30 } })).toThrow(
      /sold is a date: write a span of time such as 30d/,
    );
  });

  test('that does not go with the event time is refused on a day without rows, too', () => {
    expect(() => choose(years(1970), { calendar: 'month' }, ['1970'])).toThrow(
      /the event time sold is a number/,
    );
    expect(() => choose(years(1970), { last: { milliseconds: 1 } }, ['1970'])).toThrow(
      /write a number in its unit/,
    );
  });

  test('of nothing newer is empty', () => {
    const { rows, until } = choose(years(1970, 1971), {}, ['1971']);
    expect(rows.length).toBe(0);
    expect(until).toBeUndefined();
  });

  test('windows that follow each other have every row once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1900, max: 1920 }), { minLength: 1, maxLength: 60 }),
        (values) => {
          const times = years(...values);
          const seen: number[] = [];
          let ended = ['1899'];
          for (let until = 1900; until <= 1920; until += 4) {
            const arrived = years(...values.map((value) => (value <= until ? value : Number.NaN)));
            const window = choose(arrived, {}, ended);
            seen.push(...window.rows);
            if (window.until !== undefined) ended = [...ended, window.until];
          }
          expect(seen.toSorted((a, b) => a - b)).toEqual([...times.values.keys()]);
        },
      ),
    );
  });
});
