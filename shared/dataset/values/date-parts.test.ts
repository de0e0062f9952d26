import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDay, cyclicParts, linearParts, startOfYear } from './date-parts.ts';

describe('the calendar', () => {
  it("is the one of JavaScript's Date in UTC, over its whole range", () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        const time = date.getTime();
        expect(calendarDay(time)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        });
        expect(cyclicParts.weekday.step(time)).toBe((date.getUTCDay() + 6) % 7);
        expect(cyclicParts.hour.step(time)).toBe(date.getUTCHours());
        expect(linearParts.timestamp(time)).toBe(time / 86_400_000);
      }),
      { numRuns: 2000 },
    );
  });

  it('counts the days of a year from 0, in leap years to 365', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(-8e15) }), (date) => {
        const start = new Date(date);
        start.setUTCMonth(0, 1);
        start.setUTCHours(0, 0, 0, 0);
        expect(startOfYear(date.getTime())).toBe(start.getTime());
      }),
    );
    const { step, steps } = cyclicParts['day-of-year'];
    const days = ['2023-12-31', '2024-12-31', '1900-12-31', '2000-12-31'].map((day) => Date.parse(day));
    expect(days.map((day) => [step(day), steps(day)])).toEqual([
      [364, 365],
      [365, 366],
      [364, 365],
      [365, 366],
    ]);
  });
});
