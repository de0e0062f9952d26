import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import { createRowPlaces } from '../table/row-place.ts';
import type { Column } from '../table/table.ts';
import { configOf, prepared, refusal, sourceOf, times } from '../testing/source-builder.ts';
import { typeColumn, typeColumns } from './infer-types.ts';
import { readOptionsFor } from './read-rules.ts';

type Config = ReturnType<typeof configOf>;

/** A column of texts, typed; the lines that were told. */
function read(texts: readonly string[], config: Config = configOf()) {
  const { table, parts } = sourceOf({ x: texts });
  const entries: LogEntry[] = [];
  const typed = typeColumn('x', table.columns.get('x')!, {
    config,
    places: createRowPlaces(parts),
    logger: recordingLogger(entries),
  });
  return { ...typed, told: entries.map(({ message }) => message) };
}

function valuesOf(column: Column): number[] {
  if (column.type !== 'number' && column.type !== 'date')
    throw new TypeError(`the column is of ${column.type}`);
  return [...column.values];
}

function message(texts: readonly string[]): string {
  try {
    read(texts);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

describe('numbers that are written as people write them', () => {
  // As Intl (CLDR) writes them, which is not ours.
  const amounts = [1234.5, 12_345_678.25, 0.5, -7.25, 999.75, 1_000_000.5, 87.1];
  it.each([
    ['de-DE', '1.234,5'],
    ['en-US', '1,234.5'],
    ['en-IN', '1,234.5'],
    ['de-CH', "1'234.5"],
    ['fr-FR', '1 234,5'],
    ['sv-SE', '1 234,5'],
    ['pt-BR', '1.234,5'],
    ['cs-CZ', '1 234,5'],
  ])('are read as %s writes them', (locale, format) => {
    const write = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 });
    const { column, format: found, told } = read(amounts.map((amount) => write.format(amount)));
    expect(valuesOf(column)).toEqual(amounts);
    expect(found).toBe(format);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^column "x": read as numbers that are written as /);
  });

  it.each([
    ['de-DE', 'EUR'],
    ['en-US', 'USD'],
    ['en-GB', 'GBP'],
    ['ja-JP', 'JPY'],
    ['de-CH', 'CHF'],
    ['en-IN', 'INR'],
    ['pl-PL', 'PLN'],
    ['pt-BR', 'BRL'],
  ])('are read with the currency of %s', (locale, currency) => {
    const write = new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: 2 });
    const { column } = read(amounts.map((amount) => write.format(amount)));
    expect(valuesOf(column)).toEqual(amounts);
  });

  it.each([
    ['currency before', ['€8493.20', '€12.00', '€1.5'], [8493.2, 12, 1.5]],
    ['currency behind', ['8493,20 €', '12,00 €', '1,50€'], [8493.2, 12, 1.5]],
    ['accounting', ['$(1,234.50)', '$12.00', '$3.10'], undefined],
    ['accounting brackets', ['($1,234.50)', '$12.00', '$3.10'], [-1234.5, 12, 3.1]],
    ['brackets', ['(12)', '14.5', '3'], [-12, 14.5, 3]],
    ['minus behind', ['12-', '14.5', '3.25-'], [-12, 14.5, -3.25]],
    ['Unicode minus', ['\u22125', '4', '3.5'], [-5, 4, 3.5]],
    ['percent', ['12%', '7.5%', '100%'], [0.12, 0.075, 1]],
    ['percent apart', ['12 %', '7,5 %', '100 %'], [0.12, 0.075, 1]],
    ['underscores', ['1_000', '2_500_000', '12'], [1000, 2_500_000, 12]],
    ['Indian groups', ['12,34,567.50', '1,00,000', '5'], [1_234_567.5, 100_000, 5]],
    ['units', ['12.5 kg', '3 kg', '0.75 kg'], [12.5, 3, 0.75]],
    ['units without a space', ['12.5kg', '3kg', '0.75kg'], [12.5, 3, 0.75]],
    ['units that are no known ones', ['3 doors', '4 doors', '5 doors'], [3, 4, 5]],
    ['temperatures', ['21,5 °C', '-3,0 °C', '19,25 °C'], [21.5, -3, 19.25]],
    ['narrow spaces', ['1\u202f234,5', '12\u202f345,0', '7,0'], [1234.5, 12_345, 7]],
    ['typographic apostrophes', ['1’234.5', '12’345.0', '7.0'], [1234.5, 12_345, 7]],
    ['texts of plain numbers', ['1.5', '2', '-3e2'], [1.5, 2, -300]],
    ['exponents after a decimal comma', ['1,5e3', '2,25', '3,0'], [1500, 2.25, 3]],
    ['a currency left out beside some', ['$1,200.50', '950', '$3'], [1200.5, 950, 3]],
  ])('are read: %s', (_, texts, numbers) => {
    if (numbers === undefined) expect(() => valuesOf(read(texts).column)).toThrow();
    else expect(valuesOf(read(texts).column)).toEqual(numbers);
  });

  it('are told of three columns in full, and of more of them by name', () => {
    const told = (columns: number): string[] => {
      const names = times(columns, (i) => `c${i}`);
      const { table, parts } = sourceOf(
        Object.fromEntries(names.map((name) => [name, ['1,5', '2,25', '3,75']])),
      );
      const entries: LogEntry[] = [];
      typeColumns(table, {
        config: configOf({ target: 'c0' }),
        places: createRowPlaces(parts),
        logger: recordingLogger(entries),
      });
      return entries.map(({ message }) => message);
    };
    expect(told(4)).toHaveLength(4);
    expect(told(6)).toHaveLength(4);
    expect(told(6).at(-1)).toBe(
      '3 more columns are read in such a way, too: c3, c4, c5; ciclo.lock says how, under formats',
    );
  });

  it('are read back as any notation writes them (property)', () => {
    const locales = ['de-DE', 'en-US', 'de-CH', 'fr-FR', 'en-IN', 'nl-NL', 'da-DK', 'hu-HU'];
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        fc.array(fc.integer({ min: -(10 ** 11), max: 10 ** 11 }), { minLength: 3, maxLength: 30 }),
        (locale, cents) => {
          const write = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 });
          const amounts = [...cents, 123_456_789].map((cent) => cent / 100 + 0);
          const texts = amounts.map((amount) => write.format(amount));
          expect(valuesOf(read(texts).column)).toEqual(amounts);
        },
      ),
    );
  });

  it('stop where they can be read in two ways, with the line for each', () => {
    expect(message(['1,234', '2,500', '12'])).toBe(
      'column "x": its 3 values are numbers that can be read in two ways:\n' +
        '  rows.csv row 1: "1,234" is 1.234 as 1234,5, or 1234 as 1,234.5\n' +
        '  rows.csv row 2: "2,500" is 2.5 as 1234,5, or 2500 as 1,234.5\n' +
        'add to ciclo.yml the line that is right:\n' +
        '  features: { x: { type: number, format: "1234,5" } }\n' +
        '  features: { x: { type: number, format: "1,234.5" } }\n' +
        '  features: { x: { type: category } }',
    );
    const config = configOf({ features: { x: { type: 'number', format: '1,234.5' } } });
    expect(valuesOf(read(['1,234', '2,500', '12'], config).column)).toEqual([1234, 2500, 12]);
    const comma = configOf({ features: { x: { format: '1234,5' } } });
    expect(valuesOf(read(['1,234', '2,500', '12'], comma).column)).toEqual([1.234, 2.5, 12]);
  });

  it.each([
    ['other units', ['12 kg', '3 kg', '500 g'], '500 g'],
    ['other currencies', ['€12.50', '€3.00', '$4.00'], '$4.00'],
    ['a share without its sign', ['12%', '7%', '0.4'], '0.4'],
    ['limits', ['12.5', '13', '<10'], '<10'],
    ['formulas of Excel', ['="001"', '12.5', '13'], '="001"'],
    ['marks in odd places', ['1,234.50', '12.00', '1,23,4.00'], '1,23,4.00'],
  ])('stop where most are numbers and some are none: %s', (_, texts, stray) => {
    const said = message(texts);
    expect(said).toContain(`row ${texts.indexOf(stray) + 1}: ${JSON.stringify(stray)}`);
    expect(said).toContain('features: { x: { type: category } }');
    expect(said).toMatch(/: 2 of 3 values are numbers/);
  });

  it('stop at any share above a half', () => {
    const x = times(100, (i) => (i < 49 ? `word ${i}` : String(i)));
    expect(message(x)).toContain('51 of 100 values are numbers, 49 are not');
    expect(read(times(100, (i) => (i < 50 ? `word ${i}` : String(i)))).column.type).toBe('category');
  });

  it.each(['-', '.', 'n.d.', 'NONE', '--', 'unknown', 'k.A.'])(
    'propose %s as a marker when it alone stands in the way',
    (marker) => {
      const texts = times(50, (i) => (i % 10 === 0 ? marker : String(i / 2)));
      expect(message(texts)).toContain(`prepare: { missing-markers: { add: ["${marker}"] } }`);
      const config = configOf({ prepare: { 'missing-markers': { add: [marker] } } });
      expect(config.prepare['missing-markers']).toEqual(expect.arrayContaining(['', 'NA', marker]));
    },
  );

  it.each([
    ['codes with leading zeros', ['007', '012', '1']],
    ['names with numbers', ['12 monkeys', '7 samurai', '8 women']],
    ['room numbers', ['Room 101', 'Room 102', 'Room 103']],
    ['seats', ['12A', '13A', '14A']],
    ['ordinals', ['1st', '2nd', '3rd']],
    ['addresses in a network', ['10.0.0.1', '10.0.0.2', '192.168.1.20']],
    ['ranges', ['10-20', '20-30', '30-40']],
    ['telephone numbers', ['+49 30 1234567', '030 765432', '+49 89 55']],
    ['car models', ['a4', 'f250', 'golf 2']],
  ])('are not seen where there are none: %s', (_, texts) => {
    expect(read(texts).column.type).toBe('category');
  });

  it('are a category when that is declared, whatever they look like', () => {
    const config = configOf({ features: { x: { type: 'category' } } });
    expect(read(['1,234', '2,500', '12'], config).column.type).toBe('category');
  });

  it('are read in the marks that the whole source declares', () => {
    const source = { type: 'file', path: 'rows.csv', decimal: ',', thousands: '.' };
    const config = configOf();
    const declared = { ...config, data: { ...config.data, source } } as unknown as Config;
    expect(valuesOf(read(['1.234', '2.500', '12,5'], declared).column)).toEqual([1234, 2500, 12.5]);
    expect(valuesOf(read(['1.234 €', '2.500 €'], declared).column)).toEqual([1234, 2500]);
  });
});

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

describe('what was read', () => {
  const y = times(60, (i) => i % 7);
  const price = times(60, (i) => `${i + 1}.${String(100 + i)},50 €`);
  const day = times(60, (i) => `${(i % 28) + 1}/12/2024`);
  const first = prepared(sourceOf({ price, day, y, id: times(60, (i) => i * 1.5) }));

  test('stands in the schema and in the lock', () => {
    expect(first.lock.types).toMatchObject({ price: 'number', day: 'date' });
    const found = Object.fromEntries(first.schema.columns.map(({ name, format }) => [name, format]));
    expect(found).toMatchObject({ price: '1.234,5€', day: 'd/M/yyyy' });
    expect(first.lock.formats).toEqual({ price: '1.234,5€', day: 'd/M/yyyy' });
  });

  test('holds for later rows that alone could be read in two ways, or as plain numbers', () => {
    const later = sourceOf({
      price: times(60, () => '1.234'),
      day: times(60, () => '01/02/2024'),
      y,
      id: times(60, (i) => i * 1.5),
    });
    expect(refusal(later)).toContain('can be read in two ways');
    const { splits } = prepared(later, configOf(), { lock: first.lock, moveLock: {} });
    const { columns } = splits.train.table;
    expect(new Set(valuesOf(columns.get('price')!))).toEqual(new Set([1234]));
    expect(new Set(valuesOf(columns.get('day')!))).toEqual(new Set([Date.UTC(2024, 1, 1)]));
    expect(readOptionsFor(configOf(), first.lock).textColumns).toEqual(new Set(['day', 'price']));
  });

  test('is not taken where the configuration says another', () => {
    const config = configOf({ features: { day: { type: 'date', format: 'M/d/yyyy' } } });
    expect(refusal(sourceOf({ price, day, y }), config, { lock: first.lock, moveLock: {} })).toContain(
      'not a date of the format M/d/yyyy',
    );
  });
});

describe('points beside decimal commas', () => {
  const price = times(60, (i) => `${i},50`);
  const y = times(60, (i) => (i * 37) / 100);

  test('stop where they may group digits, with the line for each meaning', () => {
    const salary = times(60, (i) => 1.001 + i * 0.017);
    expect(refusal(sourceOf({ price, salary, y }))).toBe(
      'column "salary": its points may stand before decimals or between groups of digits: column "price" beside it has decimal commas\n' +
        '  rows.csv row 1: 1.001 is 1.001, or 1001\n' +
        'add to ciclo.yml the line that is right:\n' +
        '  features: { salary: { type: number, format: "1234.5" } }\n' +
        '  features: { salary: { type: number, format: "1.234,5" } }',
    );
    const declared = configOf({ features: { salary: { type: 'number', format: '1234.5' } } });
    expect(prepared(sourceOf({ price, salary, y }), declared).lock.types.salary).toBe('number');
  });

  test('are decimal where they cannot group digits', () => {
    const others = [times(60, (i) => 204.73 + i / 4), times(60, (i) => i / 1000), times(60, (i) => i)];
    for (const x of others) expect(prepared(sourceOf({ price, x, y })).lock.types.x).toBe('number');
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

test('numbers in thousands and in millions beside each other are refused, and houses are not', () => {
  expect(message(['1.2k', '3M', '500', '12k', '1.5M', '2B'])).toContain('"3M"');
  expect(message(['1.2k', '500', '800'])).toMatch(/2 are not:\n.*"500"/);
  expect(read(['12', '14b', '3', '14a']).column.type).toBe('category');
  expect(read(['12', '14b', '3']).column.type).toBe('category');
  expect(read(['12A', '14B', '3K']).column.type).toBe('category');
});
