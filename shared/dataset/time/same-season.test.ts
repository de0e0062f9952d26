import { describe, expect, test } from 'vitest';
import { day } from '../../platform/time-lengths.ts';
import { sameSeason } from './same-season.ts';

const daily = (from: string, days: number) =>
  Float64Array.from({ length: days }, (_, i) => Date.parse(from) + i * day);
const found = (window: Float64Array, earlier: Float64Array, minRows = 30) => {
  const season = sameSeason(window, earlier, { minRows });
  if (season.of === 'none') return season;
  const { rows, ...rest } = season;
  return { ...rest, days: Array.from(rows, (row) => new Date(earlier[row]!).toISOString().slice(0, 10)) };
};

describe('the season of a window', () => {
  test('of a month is the same month of the earlier years', () => {
    const season = found(daily('2015-04-01', 30), daily('2012-01-01', 366 + 365 + 365));
    expect(season).toMatchObject({ of: 'years', periods: 3, widened: 0 });
    if (season.of === 'none') throw new Error('there is a season');
    expect(season.days).toHaveLength(90);
    expect([...new Set(season.days.map((date) => date.slice(5, 7)))]).toEqual(['04']);
  });

  test('of too few rows takes the days beside it in, as few as are needed', () => {
    const season = found(daily('2014-02-01', 28), daily('2013-01-01', 365));
    expect(season).toMatchObject({ of: 'years', periods: 1, widened: 1 });
    if (season.of === 'none') throw new Error('there is a season');
    expect([season.days[0], season.days.at(-1)]).toEqual(['2013-01-31', '2013-03-01']);
  });

  test('takes in a quarter of its length at each end at most, and says how many rows there are then', () => {
    expect(found(daily('2014-02-01', 28), daily('2013-01-01', 365), 43)).toEqual({
      of: 'none',
      why: 'too-few',
      found: 28 + 2 * 7,
    });
  });

  test('may be of the turn of a year', () => {
    const season = found(daily('2014-12-20', 31), daily('2011-06-01', 900));
    expect(season).toMatchObject({ of: 'years', periods: 2, widened: 0 });
    if (season.of === 'none') throw new Error('there is a season');
    expect(season.days[0]).toBe('2011-12-20');
    expect(season.days.at(-1)).toBe('2013-01-19');
  });

  test('of a window of less than a week is the same days and hours of earlier weeks', () => {
    const hour = day / 24;
    const hourly = (from: string, hours: number) =>
      Float64Array.from({ length: hours }, (_, i) => Date.parse(from) + i * hour);
    const season = found(hourly('2026-03-07', 48), hourly('2026-02-02', 24 * 33));
    expect(season).toMatchObject({ of: 'weeks', periods: 4 });
    if (season.of === 'none') throw new Error('there is a season');
    // Saturdays and Sundays.
    expect([...new Set(season.days)]).toEqual([
      ...['2026-02-07', '2026-02-08', '2026-02-14', '2026-02-15'],
      ...['2026-02-21', '2026-02-22', '2026-02-28', '2026-03-01'],
    ]);
    expect(season.days).toHaveLength(8 * 24);
  });

  test('never has rows of the window itself, or later ones', () => {
    const all = daily('2013-01-01', 3 * 365);
    const season = found(daily('2014-06-01', 30), all);
    if (season.of === 'none') throw new Error('there is a season');
    expect([...new Set(season.days.map((date) => date.slice(0, 4)))]).toEqual(['2013']);
  });

  test('is not there for a year, without earlier years, or without times', () => {
    const earlier = daily('2012-01-01', 800);
    expect(found(daily('2015-01-01', 365), earlier)).toMatchObject({ why: 'whole-years' });
    expect(found(daily('2012-05-01', 31), daily('2012-01-01', 121))).toMatchObject({
      why: 'too-few',
      found: 0,
    });
    expect(found(Float64Array.of(Number.NaN), earlier)).toMatchObject({ why: 'no-times' });
  });

  test('of rows that are dated by month is that of months', () => {
    const months = (year: number, from: number, until: number) =>
      Array.from({ length: 40 * (until - from + 1) }, (_, i) =>
        Date.UTC(year, from - 1 + (i % (until - from + 1)), 1),
      );
    const earlier = Float64Array.from([...months(2013, 1, 12), ...months(2014, 1, 12)]);
    expect(found(Float64Array.from(months(2015, 5, 5)), earlier)).toMatchObject({ of: 'years', periods: 2 });
  });
});
