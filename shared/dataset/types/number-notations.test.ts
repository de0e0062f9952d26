import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import { createRowPlaces } from '../table/row-place.ts';
import { type Config, message, read, valuesOf } from '../testing/read-column.ts';
import { configOf, prepared, refusal, sourceOf, times } from '../testing/source-builder.ts';
import { typeColumns } from './infer-types.ts';

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

test('numbers in thousands and in millions beside each other are refused, and houses are not', () => {
  expect(message(['1.2k', '3M', '500', '12k', '1.5M', '2B'])).toContain('"3M"');
  expect(message(['1.2k', '500', '800'])).toMatch(/2 are not:\n.*"500"/);
  expect(read(['12', '14b', '3', '14a']).column.type).toBe('category');
  expect(read(['12', '14b', '3']).column.type).toBe('category');
  expect(read(['12A', '14B', '3K']).column.type).toBe('category');
});
