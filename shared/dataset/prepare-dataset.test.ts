import { describe, expect, it } from 'vitest';
import { digestOf } from '../platform/digest.ts';
import { tableToArrow } from './arrow/arrow.ts';
import { readOptionsFor } from './prepare-dataset.ts';
import { qualityReportSchema } from './quality/quality-report.ts';
import { datasetSchema } from './schema/schema.ts';
import { type Table, takeRows } from './table/table.ts';
import { configOf, prepared, refusal, sourceOf, times } from './testing/source-builder.ts';

const n = 200;
const columns = {
  name: times(n, (i) => `car ${i}`),
  year: times(n, (i) => 1970 + (i % 10)),
  origin: times(n, (i) => ['USA', 'Japan', null, 'USA'][i % 4]!),
  weight: times(n, (i) => 1000 + ((i * 37) % 500)),
  y: times(n, (i) => 10 + ((i * 13) % 31)),
};
const source = sourceOf(columns);

describe('a prepared dataset', () => {
  it('says what a row looks like, as training saw it', () => {
    const config = configOf({
      data: { key: ['name', 'year'], time: 'year' },
      features: { weight: { unit: 'lb', range: [0, null], missing: 'fail' }, year: {} },
      prepare: { exclude: ['origin'] },
    });
    const { schema, splits } = prepared(source, config);
    const train = splits.train.table.columns.get('weight') as { values: Float64Array };
    const weights = [...train.values].sort((a, b) => a - b);
    const [from, to] = schema.columns.find(({ name }) => name === 'weight')!.seen!;
    // Beyond either end lie five rows, not many more, and none of them shows.
    expect(from).toBeGreaterThan(weights[4]!);
    expect(from).toBeLessThan(weights[10]!);
    expect(to).toBeLessThan(weights.at(-5)!);
    expect(to).toBeGreaterThan(weights.at(-11)!);
    expect(schema).toEqual({
      version: 1,
      task: 'regression',
      target: 'y',
      key: ['name', 'year'],
      time: 'year',
      columns: [
        { name: 'name', type: 'category', role: 'ignored', nullable: true },
        { name: 'origin', type: 'category', role: 'ignored', nullable: true },
        {
          name: 'weight',
          type: 'number',
          role: 'feature',
          nullable: false,
          unit: 'lb',
          range: [0, null],
          seen: [from, to],
        },
        { name: 'y', type: 'number', role: 'target', nullable: true, seen: [10, 40] },
        { name: 'year', type: 'number', role: 'feature', nullable: true, seen: [1970, 1979] },
      ],
      order: ['year', 'weight'],
    });
    expect(datasetSchema.parse(schema)).toEqual(schema);
  });

  it('lists categories by how often training saw them, or as they are declared', () => {
    const categories = (config = configOf()): string[] | undefined =>
      prepared(source, config).schema.columns.find(({ name }) => name === 'origin')!.categories;
    expect(categories()).toEqual(['USA', 'Japan']);
    const values = ['Japan', 'Mars', 'USA'];
    expect(categories(configOf({ features: { origin: { values } } }))).toEqual(values);
  });

  it('keeps the order of the source on every side', () => {
    const order = new Map(columns.name.map((name, row) => [name, row]));
    for (const { table } of Object.values(prepared(source).splits)) {
      const column = table.columns.get('name')!;
      if (column.type !== 'category') throw new Error('name is not a category');
      const rows = [...column.codes].map((code) => order.get(column.dictionary[code]!)!);
      expect(rows).toEqual(rows.toSorted((a, b) => a - b));
    }
  });

  it('is the same bytes each time, whatever the order of columns and of the source dictionaries', () => {
    const first = prepared(source, configOf({ data: { time: 'year' } })).lock;
    const bytes = (from: typeof source): unknown => {
      const config = configOf({ data: { time: 'year' } });
      const { splits, schema, quality, lock } = prepared(from, config, { lock: first });
      const arrow = Object.values(splits).map(({ table, ids }) => digestOf([...tableToArrow(table, ids)]));
      return { arrow, schema, quality, lock };
    };
    const reversed: Table = { rows: n, columns: new Map([...source.table.columns].reverse()) };
    const column = source.table.columns.get('origin')!;
    if (column.type !== 'category') throw new Error('origin is not a category');
    const recoded = new Map(reversed.columns).set('origin', {
      type: 'category',
      codes: column.codes.map((code) => (code < 0 ? -1 : 3 - code)),
      dictionary: ['unused', 'x', 'Japan', 'USA'],
    });
    const expected = bytes(source);
    expect(bytes(source)).toEqual(expected);
    expect(bytes({ ...source, table: reversed })).toEqual(expected);
    expect(bytes({ ...source, table: { rows: n, columns: recoded } })).toEqual(expected);
  });

  it('knows the order of the features in the data, as it was when they were locked', () => {
    const config = configOf({ data: { time: 'year' }, prepare: { exclude: ['name'] } });
    const { schema, lock } = prepared(source, config);
    expect(schema.order).toEqual(['origin', 'weight']);
    const reversed = [...source.table.columns].reverse();
    const other = { ...source, table: { rows: n, columns: new Map(reversed) } };
    expect(prepared(other, config).schema.order).toEqual(['weight', 'origin']);
    expect(prepared(other, config, { lock }).schema.order).toEqual(['origin', 'weight']);
    const { order: _, ...older } = lock;
    expect(prepared(other, config, { lock: older }).schema.order).toEqual(['weight', 'origin']);
  });

  it('carries in each file only the texts of its own rows', () => {
    for (const { table } of Object.values(prepared(source).splits)) {
      const column = table.columns.get('name')!;
      expect(column.type === 'category' && column.dictionary.length).toBe(table.rows);
    }
  });

  it('leaves the source as it was', () => {
    const all = Uint32Array.from({ length: n }, (_, i) => i);
    const before = takeRows(source.table, all);
    prepared(source, configOf({ features: { weight: { range: [0, 1200], invalid: 'clip' } } }));
    expect(takeRows(source.table, all)).toEqual(before);
  });

  it('has a quality report as published', () => {
    const { quality } = prepared(source);
    expect(qualityReportSchema.parse(JSON.parse(JSON.stringify(quality)))).toEqual(quality);
  });
});

describe('the target of a classifier', () => {
  it('is of labels in sorted order, whatever the column holds', () => {
    const classes = (
      y: Parameters<typeof sourceOf>[0]['y'],
      task: 'binary' | 'multiclass',
    ): string[] | undefined => prepared(sourceOf({ ...columns, y: y! }), configOf({ task })).schema.classes;
    expect(
      classes(
        times(n, (i) => (i % 2 ? 'yes' : 'no')),
        'binary',
      ),
    ).toEqual(['no', 'yes']);
    expect(
      classes(
        times(n, (i) => i % 2 === 0),
        'binary',
      ),
    ).toEqual(['false', 'true']);
    expect(
      classes(
        times(n, (i) => i % 3),
        'multiclass',
      ),
    ).toEqual(['0', '1', '2']);
  });
});

describe('data that nothing can be learnt from', () => {
  it.each([
    [
      'regression',
      times(n, () => null),
      'target: "y" is missing in every row: is it the right column, and are prepare.missing-markers right?',
    ],
    [
      'binary',
      times(n, () => null),
      'target: "y" is missing in every row: is it the right column, and are prepare.missing-markers right?',
    ],
    [
      'regression',
      times(n, () => 7),
      'target: "y" is 7 in every row: there is nothing to learn. Bring rows with other values, or name another target',
    ],
    [
      'multiclass',
      times(n, () => 'a'),
      'target: "y" is "a" in every row: there is nothing to learn. A classifier needs rows of at least two labels: bring rows of another, or name another target',
    ],
    [
      'regression',
      times(n, (i) => (i % 2 ? 'low' : 'high')),
      /^target: "y" is a category \("(low|high)", "(low|high)"\); task: regression needs a number\. For labels use task: binary or multiclass$/,
    ],
    [
      'binary',
      times(n, (i) => ['a', 'b', 'c'][i % 3]!),
      'target: "y" has 3 different labels (a, b, c); task: binary needs exactly two. Use task: multiclass, or task: regression for a number',
    ],
    [
      'multiclass',
      times(n, (i) => i / 2),
      'target: "y" has 200 different labels; task: multiclass takes at most 100. They are numbers: use task: regression',
    ],
    [
      'multiclass',
      times(n, (i) => `label ${i}`),
      'target: "y" has 200 different labels; task: multiclass takes at most 100: merge rare ones, or is it the wrong column?',
    ],
  ] as const)('is refused: %s', (task, y, message) => {
    const said = refusal(sourceOf({ ...columns, y }), configOf({ task }));
    if (typeof message === 'string') expect(said).toBe(message);
    else expect(said).toMatch(message);
  });

  it('has no rows', () => {
    expect(refusal(sourceOf({ x: [], y: [] }))).toBe('data.source: there are no rows');
  });

  it('has no feature', () => {
    expect(refusal(sourceOf({ k: times(n, (i) => i), y: columns.y }), configOf({ data: { key: 'k' } }))).toBe(
      'no feature is left: the columns are k, y; all of them are the target, excluded, personal data, or key, time or group that features does not declare',
    );
  });
});

describe('names that the data does not have', () => {
  it('are all named, with the one that was meant and the columns that there are', () => {
    const config = configOf({
      target: 'z',
      data: { key: ['name', 'yeer'], time: 'Year', group: 'maker' },
      features: { wieght: {}, power: { scale: 'robust' } },
      prepare: { exclude: ['orgin', 'power'], derive: { power: 'd => d.weight * 2' } },
    });
    expect(refusal(source, config)).toBe(
      [
        'target: the data has no column "z"; did you mean y?',
        'data.key: the data has no column "yeer"; did you mean year?',
        'data.time: the data has no column "Year"; did you mean year?',
        'data.group: the data has no column "maker"',
        'features: the data has no column "wieght"; did you mean weight?',
        'prepare.exclude: the data has no column "orgin"; did you mean origin?',
        'the columns are: name, year, origin, weight, y',
      ].join('\n'),
    );
  });
});

describe('how cells are read', () => {
  it('leaves texts as they were written where the type is known not to be a number', () => {
    const features = {
      code: { type: 'category' },
      n: { type: 'number' },
      d: { type: 'date' },
      x: {},
    } as const;
    expect([...readOptionsFor(configOf({ features })).textColumns]).toEqual(['code', 'd']);
    const { lock } = prepared(source);
    const options = readOptionsFor(configOf({ features: { origin: { type: 'number' } } }), lock);
    expect([...options.textColumns]).toEqual(['name']);
    expect([...readOptionsFor(configOf({ task: 'binary' })).textColumns]).toEqual(['y']);
    expect(options).toMatchObject({ trim: true, missingMarkers: expect.arrayContaining(['NA', '']) });
  });
});
