import { describe, expect, it, test } from 'vitest';
import { createRowPlaces } from '../table/row-place.ts';
import { message, read, valuesOf } from '../testing/read-column.ts';
import { configOf, sourceOf, times } from '../testing/source-builder.ts';
import { typeColumn } from './infer-types.ts';

describe('dates that are written as people write them', () => {
  const days = [
    Date.UTC(2023, 11, 20),
    Date.UTC(2024, 1, 29),
    Date.UTC(1999, 0, 31),
    Date.UTC(2024, 5, 3),
    Date.UTC(2010, 9, 13),
  ];
  const written = (locale: string, options: Intl.DateTimeFormatOptions) => {
    const write = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
    return days.map((day) => write.format(day));
  };

  it.each([
    ['en-GB', { dateStyle: 'short' }, 'd/M/yyyy'],
    ['en-US', { dateStyle: 'short' }, 'M/d/yy'],
    ['en-US', { dateStyle: 'medium' }, 'MMMM d, yyyy'],
    ['en-US', { dateStyle: 'long' }, 'MMMM d, yyyy'],
    ['en-GB', { dateStyle: 'long' }, 'd MMMM yyyy'],
    ['de-DE', { dateStyle: 'short' }, 'd.M.yy'],
    ['de-DE', { dateStyle: 'medium' }, 'd.M.yyyy'],
    ['sv-SE', { dateStyle: 'short' }, undefined],
    ['en-US', { year: 'numeric', month: 'numeric', day: 'numeric' }, 'M/d/yyyy'],
  ] as const)('are read as %s writes them (%j)', (locale, options, format) => {
    const { column, format: found } = read(written(locale, options));
    expect(column.type).toBe('date');
    expect(valuesOf(column)).toEqual(days);
    expect(found).toBe(format);
  });

  it.each([
    ['31/12/2024', '2024-12-31'],
    ['12/31/2024', '2024-12-31'],
    ['31.12.2024', '2024-12-31'],
    ['31-Dec-24', '2024-12-31'],
    ['31-DEC-2024', '2024-12-31'],
    ['Dec 31, 2024', '2024-12-31'],
    ['Tue, 31 Dec 2024', '2024-12-31'],
    ['31. December 2024', '2024-12-31'],
    ['2024/12/31', '2024-12-31'],
    ['31/12/24', '2024-12-31'],
    ['31/12/69', '1969-12-31'],
    ['31/12/68', '2068-12-31'],
    ['12/31/2024 11:59 PM', '2024-12-31T23:59'],
    ['12/31/2024 12:30 AM', '2024-12-31T00:30'],
    ['31.12.2024 7:05', '2024-12-31T07:05'],
    ['31.12.2024, 23:59:58', '2024-12-31T23:59:58'],
    ['20241231T235958Z', '2024-12-31T23:59:58'],
    ['20241231T235958+0100', '2024-12-31T22:59:58'],
    ['2024-12-31T23:59:58+01', '2024-12-31T22:59:58'],
    ['31 Dec 2024 23:59 UTC', '2024-12-31T23:59'],
  ])('are read: %s', (text, iso) => {
    const { column } = read([text, text, text]);
    expect(valuesOf(column).map((time) => new Date(time).toISOString().slice(0, iso.length))).toEqual([
      iso,
      iso,
      iso,
    ]);
  });

  it('are read in numbers such as 20240104, and one that is no day stops', () => {
    const numbers = [20_240_104, 20_240_229, 20_231_231];
    const config = configOf();
    const data = sourceOf({ x: [...numbers, null] });
    const rules = { config, places: createRowPlaces(data.parts) };
    const typed = typeColumn('x', data.table.columns.get('x')!, rules);
    expect(typed.format).toBe('yyyyMMdd');
    expect(valuesOf(typed.column)).toEqual([
      Date.UTC(2024, 0, 4),
      Date.UTC(2024, 1, 29),
      Date.UTC(2023, 11, 31),
      Number.NaN,
    ]);
    const bad = sourceOf({ x: [...numbers, 20_240_230] });
    expect(() =>
      typeColumn('x', bad.table.columns.get('x')!, { ...rules, places: createRowPlaces(bad.parts) }),
    ).toThrow(/rows\.csv row 4: "20240230"/);
    const others = sourceOf({ x: times(60, (i) => 20_000_000 + i * 1777) });
    expect(typeColumn('x', others.table.columns.get('x')!, rules).column.type).toBe('number');
  });

  it('stop where day and month fit both ways round, with the line for each', () => {
    expect(message(['03/04/2024', '05/05/2024', '12/11/2023'])).toBe(
      'column "x": its 3 values are dates that can be read in two ways:\n' +
        '  rows.csv row 1: "03/04/2024" is 2024-04-03 as d/M/yyyy, or 2024-03-04 as M/d/yyyy\n' +
        '  rows.csv row 3: "12/11/2023" is 2023-11-12 as d/M/yyyy, or 2023-12-11 as M/d/yyyy\n' +
        'add to ciclo.yml the line that is right:\n' +
        '  features: { x: { type: date, format: d/M/yyyy } }\n' +
        '  features: { x: { type: date, format: M/d/yyyy } }\n' +
        '  features: { x: { type: category } }',
    );
  });

  it('stop where two digits in front may be a year', () => {
    const texts = times(60, (i) => `24/0${(i % 9) + 1}/${String((i % 28) + 1).padStart(2, '0')}`);
    expect(message(texts)).toContain('features: { x: { type: date, format: yy/M/d } }');
    expect(message(texts)).toContain('features: { x: { type: date, format: d/M/yy } }');
  });

  it('stop where one of many is none, with its row', () => {
    const dates = (bad: string) =>
      times(600, (i) => (i === 77 ? bad : new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10)));
    for (const bad of ['0000-00-00', '2024-02-30', 'soon']) {
      expect(message(dates(bad))).toContain(
        `599 of 600 values are dates written as iso, one is not:\n  rows.csv row 78: "${bad}"`,
      );
    }
    const config = configOf({ prepare: { 'missing-markers': { add: ['0000-00-00'] } } });
    expect(config.prepare['missing-markers']).toContain('0000-00-00');
  });

  it.each([
    ['quarters', ['2024-Q1', '2024-Q2', '2023-Q4']],
    ['weeks', ['2024-W01', '2024-W52', '2023-W10']],
    ['times of day', ['08:30', '17:05', '23:59']],
    ['months of another language', ['3 März 2024', '12 Mai 2024', '1 Juni 2023']],
    ['ordinal days', ['4th January 2024', '2nd March 2023', '1st May 2022']],
  ])('stop where they are in a form that is not read: %s', (_, texts) => {
    expect(message(texts)).toContain('features: { x: { type: category } }');
  });

  it('are no dates where nothing says so', () => {
    expect(read(['1990-91', '1991-92', '2001-02']).column.type).toBe('category');
    expect(read(['a/b/c', 'd/e/f', 'g/h/i']).column.type).toBe('category');
  });
});

test('times with and without an offset in one column are told, and times of one kind are not', () => {
  const mixed = read([
    '2024-03-31T01:30:00+01:00',
    '2024-03-31T03:30:00',
    '2024-10-27 02:30:00',
    '2024-01-01',
  ]);
  // As Python’s datetime reads them, what has no offset as UTC.
  expect(valuesOf(mixed.column)).toEqual(
    ['2024-03-31T00:30:00Z', '2024-03-31T03:30:00Z', '2024-10-27T02:30:00Z', '2024-01-01T00:00:00Z'].map(
      (time) => Date.parse(time),
    ),
  );
  expect(mixed.told).toEqual([
    'column "x": 2 of 3 times say no offset from UTC ("2024-03-31T03:30:00"), and the others do: they are taken for UTC. ' +
      'If they are local times, write their offset where they come from',
  ]);
  expect(read(['2024-03-31T03:30:00', '2024-10-27 02:30:00', '2024-01-01']).told).toEqual([]);
  expect(read(['2024-03-31T03:30:00Z', '2024-10-27T02:30:00+02:00']).told).toEqual([]);
});
