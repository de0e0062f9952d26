import { describe, expect, it } from 'vitest';
import { rowAt } from '../table/table.ts';
import { type RecordOptions, type RecordProblem, recordParser, tableOfRecords } from './record.ts';
import type { DatasetSchema } from './schema.ts';

function parseRecord(given: DatasetSchema, value: unknown, index: number, options: RecordOptions = {}) {
  return recordParser(given, options)(value, index);
}

const schema: DatasetSchema = {
  version: 1,
  task: 'regression',
  target: 'mpg',
  key: ['name'],
  columns: [
    { name: 'horsepower', type: 'number', role: 'feature', nullable: true, range: [1, 500], seen: [46, 230] },
    { name: 'weight', type: 'number', role: 'feature', nullable: false },
    {
      name: 'origin',
      type: 'category',
      role: 'feature',
      nullable: false,
      categories: ['USA', 'Japan', 'Europe'],
    },
    { name: 'turbo', type: 'boolean', role: 'feature', nullable: true },
    {
      name: 'sold',
      type: 'date',
      role: 'feature',
      nullable: true,
      seen: [Date.UTC(1970, 0, 1), Date.UTC(1982, 11, 31)],
    },
    { name: 'name', type: 'category', role: 'ignored', nullable: false },
    { name: 'mpg', type: 'number', role: 'target', nullable: false },
  ],
};

const car = { horsepower: 130, weight: 3504, origin: 'USA', turbo: false, sold: '1970-05-01' };
const row = { ...car, sold: Date.UTC(1970, 4, 1) };

function messages(problems: readonly RecordProblem[]): string[] {
  return problems.map(({ message }) => message);
}

describe('a record', () => {
  it('becomes a row of the features', () => {
    expect(parseRecord(schema, car, 0)).toEqual({ row, problems: [], warnings: [] });
  });

  it('may hold the target and columns that the model does not see; they are dropped', () => {
    expect(parseRecord(schema, { ...car, mpg: 18, name: 'chevrolet' }, 0).row).toEqual(row);
  });

  it('may miss values where training did', () => {
    const given = { ...car, horsepower: null, turbo: null, sold: null };
    expect(parseRecord(schema, given, 0)).toEqual({ row: given, problems: [], warnings: [] });
  });

  it('takes a date as text or as milliseconds since 1970', () => {
    expect(parseRecord(schema, { ...car, sold: '1970-05-01T02:00:00+02:00' }, 0).row).toEqual(row);
    expect(parseRecord(schema, { ...car, sold: Date.UTC(1970, 4, 1) }, 0).row).toEqual(row);
  });

  it.each<[string, unknown, string]>([
    ['a number as text', { ...car, weight: '12' }, 'record 3, weight: "12" is a text; write a number'],
    ['a number as boolean', { ...car, weight: true }, 'record 3, weight: true is a boolean; write a number'],
    ['NaN', { ...car, weight: Number.NaN }, 'record 3, weight: NaN cannot be read; write a number'],
    ['infinity', { ...car, weight: -Infinity }, 'record 3, weight: -Infinity cannot be read; write a number'],
    [
      'null where it is not allowed',
      { ...car, weight: null },
      'record 3, weight: null is not allowed here; write a number',
    ],
    [
      'a value out of range',
      { ...car, horsepower: 900 },
      'record 3, horsepower: 900 is out of range; write a number from 1 to 500, or null',
    ],
    ['a category as number', { ...car, origin: 1 }, 'record 3, origin: 1 is a number; write a text'],
    [
      'a boolean as text',
      { ...car, turbo: 'true' },
      'record 3, turbo: "true" is a text; write true or false, or null',
    ],
    [
      'no date',
      { ...car, sold: '31.12.1970' },
      'record 3, sold: "31.12.1970" cannot be read; write an ISO 8601 date, or milliseconds since 1970, or null',
    ],
    [
      'a day that is not',
      { ...car, sold: '1971-02-29' },
      'record 3, sold: "1971-02-29" cannot be read; write an ISO 8601 date, or milliseconds since 1970, or null',
    ],
    [
      'a misspelt field',
      { ...car, wieght: 1 },
      'record 3, wieght: there is no such feature; did you mean weight?',
    ],
    [
      'an unknown field',
      { ...car, zzzzzzzz: 1 },
      'record 3, zzzzzzzz: there is no such feature; the features are horsepower, weight, origin, turbo, sold',
    ],
    [
      'a list',
      [car],
      'record 3: [{"horsepower":130,"weight":3504,"origin":"USA","turbo":false,"sold":"1970-05... is not an object; write { "horsepower": … }',
    ],
    ['null', null, 'record 3: null is not an object; write { "horsepower": … }'],
  ])('%s is a problem', (_, given, message) => {
    const parsed = parseRecord(schema, given, 3);
    expect(parsed.row).toBeUndefined();
    expect(messages(parsed.problems)).toEqual([message]);
    expect(parsed.problems[0]).toMatchObject({ row: 3 });
  });

  it.each(['', 'Unnamed: 0', '__index_level_0__'])('the index of a table, %j, may be there', (index) => {
    const parsed = parseRecord(schema, { ...car, [index]: 7 }, 0);
    expect(parsed.problems).toEqual([]);
    expect(parsed.row).toEqual(parseRecord(schema, car, 0).row);
    expect(parseRecord(schema, { ...car, 'Unnamed: x': 7 }, 0).problems).toHaveLength(1);
  });

  it('shows all its problems at once, each with field, value and what is allowed', () => {
    const { problems } = parseRecord(schema, { weight: 'heavy', origin: 'USA', turbo: null, sold: null }, 7);
    expect(problems).toEqual([
      {
        row: 7,
        field: 'horsepower',
        value: undefined,
        allowed: 'a number from 1 to 500, or null',
        message: 'record 7, horsepower: the record has no such field; write a number from 1 to 500, or null',
      },
      {
        row: 7,
        field: 'weight',
        value: 'heavy',
        allowed: 'a number',
        message: 'record 7, weight: "heavy" is a text; write a number',
      },
    ]);
  });

  it('does not take an inherited property for a field', () => {
    const columns: DatasetSchema['columns'] = [
      { name: 'constructor', type: 'number', role: 'feature', nullable: true },
      { name: '__proto__', type: 'number', role: 'feature', nullable: true },
    ];
    const odd = { ...schema, columns };
    expect(parseRecord(odd, {}, 0).problems).toHaveLength(2);
    const { row: read } = parseRecord(odd, JSON.parse('{"constructor": 1, "__proto__": 2}'), 0);
    expect(Object.entries(read ?? {})).toEqual([
      ['constructor', 1],
      ['__proto__', 2],
    ]);
  });
});

describe('a value that training never saw is a warning', () => {
  it('but for the time of rows, which are newer than those of training', () => {
    const timed = { ...schema, time: 'sold' };
    const warningsAt = (sold: string) =>
      parseRecord(timed, { ...car, sold }, 0).warnings.map(({ message }) => message);
    expect(warningsAt('1999-01-01T12:30:00Z')).toEqual([]);
    expect(warningsAt('1960-01-01T12:30:00Z')).toEqual([
      'record 0, sold: 1960-01-01T12:30:00.000Z is outside the typical training range, 1970-01-01 to 1982-12-31',
    ]);
  });

  it.each([
    [
      'a number',
      { ...car, horsepower: 400 },
      'record 0, horsepower: 400 is outside the typical training range, 46 to 230',
    ],
    [
      'a date',
      { ...car, sold: '1999' },
      'record 0, sold: 1999-01-01 is outside the typical training range, 1970-01-01 to 1982-12-31',
    ],
    [
      'a category',
      { ...car, origin: 'Japn' },
      'record 0, origin: "Japn" occurred in training rarely or never; did you mean Japan?',
    ],
    [
      'another category',
      { ...car, origin: 'Brazil' },
      'record 0, origin: "Brazil" occurred in training rarely or never; training often saw USA, Japan, Europe',
    ],
  ])('%s', (_, given, message) => {
    const parsed = parseRecord(schema, given, 0);
    expect(parsed.problems).toEqual([]);
    expect(parsed.row).toBeDefined();
    expect(messages(parsed.warnings)).toEqual([message]);
  });
});

describe('records from CSV, with coerce', () => {
  const cells = { horsepower: ' 130 ', weight: '3.504e3', origin: 'USA', turbo: 'FALSE', sold: '1970-05-01' };

  it('reads texts as the columns have it', () => {
    expect(parseRecord(schema, cells, 0, { coerce: true }).row).toEqual(row);
    expect(parseRecord(schema, { ...cells, horsepower: '' }, 0, { coerce: true }).row).toMatchObject({
      horsepower: null,
    });
  });

  it('reads dates in the declared format', () => {
    const columns = schema.columns.map((column) =>
      column.name === 'sold' ? { ...column, format: 'dd.MM.yyyy' } : column,
    );
    const german = { ...schema, columns };
    expect(parseRecord(german, { ...cells, sold: '01.05.1970' }, 0, { coerce: true }).row).toEqual(row);
    const { problems } = parseRecord(german, cells, 0, { coerce: true });
    expect(messages(problems)).toEqual([
      'record 0, sold: "1970-05-01" cannot be read; write a date as dd.MM.yyyy, or null',
    ]);
    // Records of an API keep to ISO 8601, however the files were written.
    expect(parseRecord(german, car, 0).row).toEqual(row);
  });

  it('refuses what is not a number', () => {
    const { problems } = parseRecord(schema, { ...cells, weight: '3,504' }, 0, { coerce: true });
    expect(messages(problems)).toEqual(['record 0, weight: "3,504" is a text; write a number']);
  });
});

describe('records as a table', () => {
  it('have the features as columns, in schema order', () => {
    const rows = [row, { ...row, origin: 'Japan', turbo: null, horsepower: null }, row];
    const table = tableOfRecords(schema, rows);
    expect([...table.columns.keys()]).toEqual(['horsepower', 'weight', 'origin', 'turbo', 'sold']);
    expect(rows.map((_, i) => rowAt(table, i))).toEqual(rows);
    expect(tableOfRecords(schema, []).rows).toBe(0);
  });
});

it('takes a number that means missing for missing, as training did', () => {
  const given = { ...schema, cells: { missing: ['', '999'] } };
  expect(parseRecord(given, { ...car, horsepower: 999 }, 0).row).toEqual({ ...row, horsepower: null });
  const texts = { ...car, horsepower: '999', weight: '3504', turbo: 'false' };
  expect(parseRecord(given, texts, 0, { coerce: true }).row).toEqual({ ...row, horsepower: null });
  expect(parseRecord(schema, { ...car, horsepower: 999 }, 0).problems).toHaveLength(1);
});
