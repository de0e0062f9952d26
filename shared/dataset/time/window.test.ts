import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dates, numbers } from '../testing/dataset-builders.ts';
import { periodsOf } from './period.ts';
import { newestTime, type TimeColumn, timesOf, windowEnd } from './window.ts';

const dateColumn = timesOf(dates(['2026-03-31T12:00:00.000Z', null, '2024-02-29T00:00:00.000Z']), 't');
const yearColumn = timesOf(numbers([1976, null, 1970.5]), 't');

describe("a window's end", () => {
  it.each([
    ['2026', Date.UTC(2027, 0, 1) - 1],
    ['2026-12', Date.UTC(2027, 0, 1) - 1],
    ['2024-02', Date.UTC(2024, 2, 1) - 1],
    ['2026-03-31', Date.UTC(2026, 3, 1) - 1],
    ['2026-03-31T12:00', Date.UTC(2026, 2, 31, 12, 1) - 1],
    ['2026-03-31T12:00+02:00', Date.UTC(2026, 2, 31, 10, 1) - 1],
    ['2026-03-31 12:00:30', Date.UTC(2026, 2, 31, 12, 0, 31) - 1],
    ['2026-03-31T12:00:30.250Z', Date.UTC(2026, 2, 31, 12, 0, 30, 250)],
    // Date.UTC takes 71 for 1971.
    ['0070', new Date(0).setUTCFullYear(71, 0, 1) - 1],
  ])('is inclusive at the precision written: %s', (until, end) => {
    expect(windowEnd(until, dateColumn, 'lock')).toBe(end);
  });

  it('is a value where times are numbers', () => {
    expect(windowEnd('1976', yearColumn, 'lock')).toBe(1976);
    expect(windowEnd('1e3', yearColumn, 'lock')).toBe(1000);
  });

  it.each([
    [
      '2026-02-30',
      dateColumn,
      'lock --until: "2026-02-30" is not a date: write 2026, 2026-03, 2026-03-31 or 2026-03-31T12:00:00Z',
    ],
    [
      'yesterday',
      dateColumn,
      'lock --until: "yesterday" is not a date: write 2026, 2026-03, 2026-03-31 or 2026-03-31T12:00:00Z',
    ],
    ['next', yearColumn, 'lock --until: "next" is not a number, as the time column\'s values are'],
    ['', yearColumn, 'lock --until: "" is not a number, as the time column\'s values are'],
  ])('cannot be %s', (until, column, message) => {
    expect(() => windowEnd(until, column, 'lock --until')).toThrow(message);
  });

  it('that is written for the newest time takes in every row, and no later one', () => {
    const millisecond = fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 });
    fc.assert(
      fc.property(
        fc.constantFrom('number' as const, 'date' as const),
        fc.array(millisecond, { minLength: 1 }),
        (type, values) => {
          const column: TimeColumn = { type, values: Float64Array.from(values) };
          expect(windowEnd(newestTime(column, 't'), column, 'lock')).toBe(Math.max(...values));
        },
      ),
    );
  });

  it('needs a time in some row, in a column of times', () => {
    expect(() => newestTime({ type: 'number', values: Float64Array.of(Number.NaN) }, 'year')).toThrow(
      'data.time: no row has a value in column "year": is it the right column, and are prepare.missing-markers right?',
    );
    expect(() => timesOf({ type: 'boolean', values: Int8Array.of(1) }, 'late')).toThrow(
      'data.time: column "late" is a boolean; event time is a number (a year, a Unix time) or a date: declare features.late.type: date, and its format',
    );
  });
});

describe('periods', () => {
  it('are months of dates, in order of time, with rows without a time apart', () => {
    const { codes, names, step } = periodsOf(dateColumn);
    expect(names).toEqual(['2024-02', '2026-03', '(no time)']);
    expect([...codes]).toEqual([1, 2, 0]);
    expect(step).toBeUndefined();
  });

  it('are the months that a date writes', () => {
    const day = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.array(day), (days) => {
        const { codes, names } = periodsOf({ type: 'date', values: Float64Array.from(days, Number) });
        expect([...codes].map((code) => names[code])).toEqual(
          days.map((date) => date.toISOString().slice(0, 7)),
        );
      }),
    );
  });

  it('are the values of numbers, or wider where there are many', () => {
    expect(periodsOf(timesOf(numbers([3, -1, 3, 2]), 't')).names).toEqual(['-1', '2', '3', '(no time)']);
    const seconds: TimeColumn = {
      type: 'number',
      values: Float64Array.from({ length: 50_000 }, (_, i) => 1e9 + i),
    };
    const { names, step, codes } = periodsOf(seconds);
    expect(step).toBe(100);
    expect(names.length).toBe(501);
    expect(names[codes[250]!]).toBe('1000000200');
    expect(periodsOf(seconds, 1000).names.length).toBe(51);
  });
});
