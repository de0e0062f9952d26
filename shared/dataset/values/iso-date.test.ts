import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDate } from './iso-date.ts';

describe('an ISO 8601 date', () => {
  it.each([
    ['1970', 0],
    ['2026-03', Date.UTC(2026, 2)],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2026-03-31T12:30', Date.UTC(2026, 2, 31, 12, 30)],
    ['2026-03-31 12:30:15', Date.UTC(2026, 2, 31, 12, 30, 15)],
    ['2026-03-31T12:30:15.1239Z', Date.UTC(2026, 2, 31, 12, 30, 15, 123)],
    ['2026-03-31T00:30:00+02:00', Date.UTC(2026, 2, 30, 22, 30)],
    ['2026-03-31T00:30:00-0330', Date.UTC(2026, 2, 31, 4, 0)],
    ['0001-01-01', -62135596800000],
  ])('%s is read in UTC', (text, time) => {
    expect(parseIsoDate(text)).toBe(time);
  });

  it.each([
    '',
    '26-03-31',
    '2026-13',
    '2026-02-29',
    '2026-03-31T24:00',
    '2026-03-31T12',
    '31.03.2026',
    '2026-03-31Z',
    'March',
    '1e3',
  ])('%s is none', (text) => {
    expect(parseIsoDate(text)).toBeUndefined();
  });

  it('is what a Date writes', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        expect(parseIsoDate(date.toISOString())).toBe(date.getTime());
      }),
    );
  });
});
