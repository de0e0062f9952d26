import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateReader } from './date-format.ts';
import { isoTime, timesOfTexts } from './date-texts.ts';
import { parseIsoDate } from './iso-date.ts';

const read = (format: string, text: string): number | undefined =>
  dateReader(format, 'features.x.format')(text);

describe('a date pattern', () => {
  it.each([
    ['dd.MM.yyyy', '31.03.2026', Date.UTC(2026, 2, 31)],
    ['dd.MM.yyyy HH:mm', '31.03.2026 23:59', Date.UTC(2026, 2, 31, 23, 59)],
    ['M/d/yyyy', '3/1/2026', Date.UTC(2026, 2, 1)],
    ['M/d/yyyy H:mm', '12/31/2026 7:05', Date.UTC(2026, 11, 31, 7, 5)],
    ['yyyyMMdd', '20260331', Date.UTC(2026, 2, 31)],
    ['yyyy-MM-ddTHH:mm:ss.SSS', '2026-03-31T12:30:15.250', Date.UTC(2026, 2, 31, 12, 30, 15, 250)],
    ['yyyy-MM-dd HH:mm XXX', '2026-03-31 00:30 +02:00', Date.UTC(2026, 2, 30, 22, 30)],
    ['yyyy-MM-dd HH:mm XXX', '2026-03-31 00:30 Z', Date.UTC(2026, 2, 31, 0, 30)],
    ['d MMM yy', '3 Sept 68', Date.UTC(2068, 8, 3)],
    ['d MMMM yyyy', '3 september 2024', Date.UTC(2024, 8, 3)],
    ['M/d/yyyy h:mm a', '3/1/2026 12:05 a.m.', Date.UTC(2026, 2, 1, 0, 5)],
    ["d 'de' MMMM yyyy", '3 de May 2024', Date.UTC(2024, 4, 3)],
    ['yyyyMMddTHHmmssXX', '20240104T120000+0130', Date.UTC(2024, 0, 4, 10, 30)],
    ['unix-seconds', '1.5', 1500],
    ['unix-milliseconds', '-1', -1],
  ])('%s reads %s', (format, text, time) => {
    expect(read(format, text)).toBe(time);
  });

  it.each([
    ['dd.MM.yyyy', '31.02.2026'],
    ['dd.MM.yyyy', '1.2.2026'],
    ['dd.MM.yyyy', '31.03.2026 12:00'],
    ['dd.MM.yyyy HH:mm', '31.03.2026 24:00'],
    ['dd.MM.yyyy', '31-03-2026'],
    ['M/d/yyyy', '13/1/2026'],
    ['M/d/yyyy h:mm a', '3/1/2026 13:05 pm'],
    ['d MMM yyyy', '3 Foo 2024'],
    ['unix-seconds', 'soon'],
    ['unix-seconds', '1e300'],
    ['unix-milliseconds', '0x10'],
  ])('%s does not read %s', (format, text) => {
    expect(read(format, text)).toBeUndefined();
  });

  it.each([
    [
      'dd.MM.y',
      'has "y", which is none of yyyy, yy, MM, M, MMM, MMMM, dd, d, EEE, HH, H, hh, h, mm, ss, SSS, a, X, XX, XXX',
    ],
    ['dd.MM.yy yyyy', 'has the year twice'],
    ['dd.MM.yyyy hh:mm', 'has h without a, or a without h: twelve hours need am or pm'],
    ['MM/yyyy', 'has no day'],
    ['HH:mm', 'has no year, no month, no day'],
    ['dd.MM.yyyy d', 'has the day twice'],
  ])('%s is refused', (format, problem) => {
    expect(() => read(format, '')).toThrow(
      `features.x.format: the date format "${format}" ${problem}; write iso, unix-seconds, unix-milliseconds, or a pattern such as dd.MM.yyyy HH:mm`,
    );
  });
});

describe('the fast reader of ISO 8601', () => {
  const two = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, '0'));
  const year = fc.integer({ min: 0, max: 9999 }).map((n) => String(n).padStart(4, '0'));
  const near = fc
    .tuple(
      year,
      fc.constantFrom('-', '/', ''),
      fc.integer({ min: 0, max: 13 }).map((n) => String(n).padStart(2, '0')),
      fc.integer({ min: 0, max: 32 }).map((n) => String(n).padStart(2, '0')),
      fc.constantFrom('', 'T', ' ', 'x'),
      fc.constantFrom(
        '',
        '12:30',
        '23:59:59',
        '12:30:15.250',
        '24:00',
        '12:60',
        '12:30:61',
        '1:30:00',
        '12:30:15,1',
      ),
      fc.constantFrom('', 'Z', '+02:00', '-0330', 'z'),
      two,
    )
    .map(([y, dash, m, d, t, clock, zone]) => `${y}${dash}${m}${dash}${d}${t}${clock}${zone}`);

  it('reads what the plain one reads, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (text) => {
        expect(isoTime(text)).toBe(parseIsoDate(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it('reads every date that is written by the language, in a column of them', () => {
    fc.assert(
      fc.property(fc.array(fc.date({ noInvalidDate: true })), (dates) => {
        const texts = dates.flatMap((date) => {
          const text = date.toISOString();
          return [text, text.slice(0, -1)];
        });
        const expected = dates.flatMap((date) => [date.getTime(), date.getTime()]);
        expect([...timesOfTexts(texts, parseIsoDate)]).toEqual(expected);
      }),
    );
  });
});
