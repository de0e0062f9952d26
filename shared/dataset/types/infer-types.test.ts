import { describe, expect, it } from 'vitest';
import { configOf, prepared, refusal, sourceOf, times } from '../testing/source-builder.ts';

const y = times(60, (i) => i % 7);
const id = times(60, (i) => i);
const typesOf = (x: readonly (string | number | boolean | null)[], config = configOf()): string | undefined =>
  prepared(sourceOf({ x, y, id }), config).lock.types.x;

describe('the type of a column', () => {
  it.each([
    ['number', times(60, (i) => i / 2)],
    ['boolean', times(60, (i) => i % 2 === 0)],
    ['boolean', times(60, (i) => ['true', 'FALSE', null][i % 3]!)],
    ['boolean', times(60, (i) => ['Yes', 'no'][i % 2]!)],
    ['date', times(60, (i) => `2026-01-${String((i % 28) + 1).padStart(2, '0')}`)],
    ['date', times(60, (i) => (i % 2 ? '2026-01-31 12:30' : '2026-03-31T12:30:15.25+02:00'))],
    ['category', times(60, (i) => (i % 2 ? 'a' : 'b'))],
    // A column of `no` alone may be a country, and two vocabularies are not one.
    ['category', times(60, () => 'no')],
    ['category', times(60, (i) => ['yes', 'false'][i % 2]!)],
    // Texts of a source with types of its own are read as those of a CSV file.
    ['number', times(60, (i) => (i % 2 ? '2026' : '2027'))],
    // A leading zero makes an identifier.
    ['category', times(60, (i) => `0${i}`)],
  ])('is inferred from all rows: %s', (type, x) => {
    expect(typesOf(x)).toBe(type);
  });

  it('is the declared one before all others', () => {
    const codes = times(60, (i) => String(i % 3));
    expect(typesOf(codes, configOf({ features: { x: { type: 'number' } } }))).toBe('number');
    expect(
      typesOf(
        times(60, (i) => i % 2),
        configOf({ features: { x: { type: 'boolean' } } }),
      ),
    ).toBe('boolean');
    expect(
      typesOf(
        times(60, (i) => i % 2),
        configOf({ features: { x: { type: 'category' } } }),
      ),
    ).toBe('category');
    const days = times(60, (i) => `${String((i % 28) + 1).padStart(2, '0')}.03.2026`);
    expect(typesOf(days, configOf({ features: { x: { type: 'date', format: 'dd.MM.yyyy' } } }))).toBe('date');
  });

  it('is kept by the lock when later rows would make it another', () => {
    const first = prepared(sourceOf({ x: times(60, (i) => ['true', 'false'][i % 2]!), y, id }));
    const later = sourceOf({
      x: [...times(60, (i) => ['true', 'false'][i % 2]!), 'maybe'],
      y: [...y, 3],
      id: [...id, 60],
    });
    expect(refusal(later, configOf(), { lock: first.lock, moveLock: {} })).toBe(
      'column "x": ciclo.lock froze its type as boolean, but one value is not true, false, yes, no, 1 or 0:\n' +
        '  rows.csv row 61: "maybe"\n' +
        'fix the data, add the text to prepare.missing-markers if it means missing, or declare features.x.type: category',
    );
  });
});

describe('words among numbers', () => {
  it('are a mistake in the data: the first five are named, and the ways out', () => {
    const x = times(60_000, (i) => (i === 48_212 ? 'unknown' : String(i)));
    const source = sourceOf(
      { x, y: times(60_000, (i) => i) },
      { 'data/a.csv': 10_000, 'data/b.csv': 50_000 },
    );
    expect(refusal(source)).toBe(
      'column "x": 59,999 of 60,000 values are numbers, one is not:\n' +
        '  data/b.csv row 38213: "unknown"\n' +
        'if "unknown" means missing, add to ciclo.yml\n  prepare: { missing-markers: { add: ["unknown"] } }\n' +
        'or, to keep the texts as they are,\n  features: { x: { type: category } }',
    );
  });

  it('are listed up to five, and the others counted', () => {
    const x = times(400, (i) => (i % 50 === 0 ? `#${i}` : String(i)));
    expect(refusal(sourceOf({ x, y: times(400, (i) => i) }))).toBe(
      'column "x": 392 of 400 values are numbers, 8 are not:\n' +
        '  rows.csv row 1: "#0"\n  rows.csv row 51: "#50"\n  rows.csv row 101: "#100"\n' +
        '  rows.csv row 151: "#150"\n  rows.csv row 201: "#200"\n  and 3 more\n' +
        'fix the data; if these texts mean missing, add to ciclo.yml\n' +
        '  prepare: { missing-markers: { add: ["#0"] } }\n' +
        'or, to keep the texts as they are,\n  features: { x: { type: category } }',
    );
  });

  it('are a category when the configuration says so, when they are half of all, or when no model sees the column', () => {
    const x = times(60, (i) => (i === 5 ? 'many' : String(i)));
    expect(typesOf(x, configOf({ features: { x: { type: 'category' } } }))).toBe('category');
    expect(typesOf(times(60, (i) => (i % 2 ? String(i) : 'many')))).toBe('category');
    const config = configOf({ prepare: { exclude: ['x'] } });
    expect(prepared(sourceOf({ x, y, z: y }), config).lock.types.x).toBe('category');
  });

  it('break a column that is declared as numbers, with file, row and value', () => {
    const x = times(60, (i) => (i === 41 ? 'n.a.' : i === 50 ? '0x1f' : String(i)));
    const config = configOf({ features: { x: { type: 'number' } } });
    expect(refusal(sourceOf({ x, y, id }, { 'a.csv': 40, 'b.csv': 20 }), config)).toBe(
      'column "x": features.x.type is number, but 2 values are not a number:\n' +
        '  b.csv row 2: "n.a."\n  b.csv row 11: "0x1f"\n' +
        'fix the data, add the text to prepare.missing-markers if it means missing, or declare features.x.type: category',
    );
  });

  it('outside the window of the lock make no difference', () => {
    const columns = { x: times(60, (i) => (i === 55 ? 'unknown' : String(i))), t: times(60, (i) => i), y };
    const config = configOf({ data: { time: 't' } });
    expect(prepared(sourceOf(columns), config, { moveLock: { until: '50' } }).lock.types.x).toBe('number');
  });
});

describe('a declared date', () => {
  it.each([
    ['unix-seconds', 1_767_225_600, Date.UTC(2026, 0, 1)],
    ['unix-milliseconds', 1_767_225_600_000, Date.UTC(2026, 0, 1)],
    ['yyyyMMdd', 20_260_331, Date.UTC(2026, 2, 31)],
    ['iso', 2026, Date.UTC(2026, 0, 1)],
  ])('may be written as a number: %s', (format, written, time) => {
    const config = configOf({ features: { x: { type: 'date', format } } });
    const { schema } = prepared(sourceOf({ x: times(60, () => written), y, id }), config);
    expect(schema.columns.find(({ name }) => name === 'x')).toMatchObject({
      type: 'date',
      format,
      seen: [time, time],
    });
  });

  it('that some rows do not write so is an error', () => {
    const config = configOf({ features: { x: { type: 'date', format: 'dd.MM.yyyy' } } });
    const x = times(60, (i) => (i === 7 ? '31.02.2026' : '28.02.2026'));
    expect(refusal(sourceOf({ x, y, id }), config)).toBe(
      'column "x": features.x.type is date, but one value is not a date of the format dd.MM.yyyy:\n' +
        '  rows.csv row 8: "31.02.2026"\n' +
        'fix the data, or declare in features.x.format how its dates are written: iso, unix-seconds, unix-milliseconds, or a pattern such as dd.MM.yyyy HH:mm',
    );
  });
});
