import { describe, expect, it } from 'vitest';
import type { QualityReport } from '../quality/quality-report.ts';
import { rowAt } from '../table/table.ts';
import { configOf, prepared, refusal, sourceOf, times } from '../testing/source-builder.ts';

const n = 100;
const id = times(n, (i) => i);
const y = times(n, (i) => (i * 7) % 13);
const files = { 'a.csv': 40, 'b.csv': 60 };

function changesOf(columns: Parameters<typeof sourceOf>[0], config = configOf()): QualityReport['changes'] {
  return prepared(sourceOf({ id, y, ...columns }, files), config).quality.changes;
}

/** The values of a column over all sides, by id. */
function valuesOf(result: ReturnType<typeof prepared>, name: string): Map<number, unknown> {
  return new Map(
    Object.values(result.splits).flatMap(({ table }) =>
      Array.from({ length: table.rows }, (_, row) => {
        const record = rowAt(table, row);
        return [Number(record.id), record[name]] as const;
      }),
    ),
  );
}

describe('cleaning', () => {
  it('leaves clean data unchanged', () => {
    expect(changesOf({ x: times(n, (i) => `t${i % 3}`) })).toEqual([]);
  });

  it('takes numbers that mean missing for missing, in the target too, and counts them', () => {
    const x = times(n, (i) => (i % 10 === 0 ? -999 : i));
    const config = configOf({ prepare: { 'missing-markers': { add: ['-999'] } } });
    const result = prepared(
      sourceOf({ id, y: times(n, (i) => (i === 3 ? -999 : i % 13)), x }, files),
      config,
    );
    const values = valuesOf(result, 'x');
    // As pandas reads them by na_values=['-999'].
    for (const i of id) if (i !== 3) expect(values.get(i)).toBe(i % 10 === 0 ? null : i);
    expect(values.has(3)).toBe(false);
    expect(result.quality.changes.map(({ rule, column, rows }) => [rule, column, rows])).toEqual([
      ['missing-marker', 'x', 10],
      ['missing-marker', 'y', 1],
      ['missing-target', 'y', 1],
    ]);
    expect(changesOf({ x })).toEqual([]);
  });

  it('strips spaces around texts, and counts the rows with the first five', () => {
    const x = times(n, (i) => (i % 10 === 0 ? ' red ' : i % 10 === 1 ? 'blue' : 'red'));
    expect(changesOf({ x })).toEqual([
      {
        rule: 'trim',
        effect: 'changed',
        column: 'x',
        rows: 10,
        examples: [
          { part: 'a.csv', row: 1, value: ' red ' },
          { part: 'a.csv', row: 11, value: ' red ' },
          { part: 'a.csv', row: 21, value: ' red ' },
          { part: 'a.csv', row: 31, value: ' red ' },
          { part: 'b.csv', row: 1, value: ' red ' },
        ],
      },
    ]);
    const { schema } = prepared(sourceOf({ id, x, y }));
    expect(schema.columns.find(({ name }) => name === 'x')!.categories).toEqual(['red', 'blue']);
    expect(changesOf({ x }, configOf({ prepare: { trim: false } }))).toEqual([]);
  });

  it('makes infinite numbers missing', () => {
    const x = times(n, (i) => (i === 3 ? Number.POSITIVE_INFINITY : i === 50 ? Number.NEGATIVE_INFINITY : i));
    expect(changesOf({ x })).toEqual([
      {
        rule: 'non-finite',
        effect: 'set-missing',
        column: 'x',
        rows: 2,
        examples: [
          { part: 'a.csv', row: 4, value: 'Infinity' },
          { part: 'b.csv', row: 11, value: '-Infinity' },
        ],
      },
    ]);
    expect(valuesOf(prepared(sourceOf({ id, x, y })), 'x').get(3)).toBeNull();
  });

  it.each([
    ['missing', 'set-missing', null, n],
    ['clip', 'clipped', 50, n],
    ['drop', 'dropped', undefined, n - 1],
  ] as const)('does to a number out of range what invalid says: %s', (invalid, effect, value, kept) => {
    const config = configOf({ features: { x: { range: [0, 50], invalid } } });
    const x = times(n, (i) => (i === 41 ? 51 : i / 2));
    const result = prepared(sourceOf({ id, x, y }, files), config);
    expect(result.quality.changes).toEqual([
      {
        rule: 'out-of-range',
        effect,
        column: 'x',
        rows: 1,
        examples: [{ part: 'b.csv', row: 2, value: 51 }],
      },
    ]);
    expect(result.quality.rows).toMatchObject({ read: n, kept, dropped: n - kept });
    expect(valuesOf(result, 'x').get(41)).toBe(value);
  });

  it('may refuse a number out of range, or open at one end', () => {
    const x = times(n, (i) => i);
    const config = configOf({ features: { x: { range: [null, 50], invalid: 'fail' } } });
    expect(refusal(sourceOf({ id, x, y }, files), config)).toBe(
      'b.csv row 12: x is 51, and features.x.invalid is fail; allowed: at most 50. Fix the data, or choose missing, drop or clip',
    );
  });

  it('does to a text that is not allowed what invalid says', () => {
    const x = times(n, (i) => (i % 50 === 0 ? 'green' : i % 2 ? 'red' : 'blue'));
    const features = { x: { values: ['red', 'blue'] } };
    const result = prepared(sourceOf({ id, x, y }, files), configOf({ features }));
    expect(result.quality.changes[0]).toMatchObject({ rule: 'not-allowed', effect: 'set-missing', rows: 2 });
    expect(valuesOf(result, 'x').get(50)).toBeNull();
    const strict = configOf({ features: { x: { ...features.x, invalid: 'fail' } } });
    expect(refusal(sourceOf({ id, x, y }, files), strict)).toBe(
      'a.csv row 1: x is "green", and features.x.invalid is fail; allowed: red, blue. Fix the data, or choose missing or drop',
    );
  });

  it('knows rules that do not fit a column', () => {
    const texts = times(n, (i) => (i % 2 ? 'a' : 'b'));
    expect(refusal(sourceOf({ id, x: texts, y }), configOf({ features: { x: { range: [0, 1] } } }))).toBe(
      'features.x.range: column "x" is a category; a range is for numbers',
    );
    expect(refusal(sourceOf({ id, x: id, y }), configOf({ features: { x: { values: ['1'] } } }))).toBe(
      'features.x.values: column "x" is a number; allowed values are for categories: declare features.x.type: category',
    );
  });

  it('keeps duplicates, or the first of each', () => {
    const twice = (cells: number[]): number[] => [...cells, ...cells];
    const source = sourceOf({ id: twice(id), x: twice(y), y: twice(y) }, { 'a.csv': n, 'b.csv': n });
    expect(prepared(source).quality.rows).toMatchObject({ kept: 2 * n, dropped: 0 });
    const { quality, splits } = prepared(source, configOf({ prepare: { duplicates: 'drop' } }));
    expect(quality.rows).toMatchObject({ kept: n, dropped: n });
    expect(quality.changes).toMatchObject([{ rule: 'duplicate', effect: 'dropped', rows: n }]);
    expect(quality.changes[0]!.examples[0]).toEqual({ part: 'b.csv', row: 1, value: null });
    expect(Object.values(splits).reduce((sum, { ids }) => sum + ids.length, 0)).toBe(n);
  });

  it('finds rows that cleaning made equal', () => {
    const source = sourceOf({
      id: times(n, (i) => Math.min(i, 97)),
      x: times(n, (i) => (i < 97 ? 1 : 100 + i)),
      y: times(n, (i) => Math.min(i, 97)),
    });
    const config = configOf({
      features: { x: { range: [0, 10], invalid: 'clip' } },
      prepare: { duplicates: 'drop' },
    });
    expect(prepared(source, config).quality.changes).toMatchObject([
      { rule: 'out-of-range', rows: 3 },
      { rule: 'duplicate', rows: 2 },
    ]);
  });

  it.each([['number'], ['category'], ['boolean']])('drops or refuses a missing %s when asked', (type) => {
    const value = { number: 1, category: 'a', boolean: true }[type]!;
    const other = { number: 2, category: 'b', boolean: false }[type]!;
    const x = times(n, (i) => (i === 60 ? null : i % 2 ? value : other));
    const drop = prepared(sourceOf({ id, x, y }, files), configOf({ features: { x: { missing: 'drop' } } }));
    expect(drop.quality.changes).toEqual([
      {
        rule: 'missing-value',
        effect: 'dropped',
        column: 'x',
        rows: 1,
        examples: [{ part: 'b.csv', row: 21, value: null }],
      },
    ]);
    expect(refusal(sourceOf({ id, x, y }, files), configOf({ features: { x: { missing: 'fail' } } }))).toBe(
      `b.csv row 21: x is missing, and features.x.missing is fail: fix the data, or choose ${type === 'category' ? 'mode, level' : 'median, mean, mode'}, drop or a constant`,
    );
  });

  it('drops rows without a target, or refuses them', () => {
    const target = times(n, (i) => (i % 20 === 5 ? null : i));
    const result = prepared(sourceOf({ id, x: y, y: target }, files));
    expect(result.quality.changes).toMatchObject([{ rule: 'missing-target', effect: 'dropped', rows: 5 }]);
    expect(result.quality.rows).toMatchObject({ dropped: 5, kept: 95 });
    expect(
      refusal(sourceOf({ id, x: y, y: target }, files), configOf({ prepare: { 'missing-target': 'fail' } })),
    ).toBe(
      'a.csv row 6: the target y is missing, and prepare.missing-target is fail: fix the data, or choose drop',
    );
  });

  it('says so when nothing is left', () => {
    const config = configOf({ features: { x: { range: [0, 1], invalid: 'drop' } } });
    expect(refusal(sourceOf({ id, x: times(n, () => 5), y }), config)).toBe(
      'cleaning dropped all 100 rows: see range, values and missing: drop under features in ciclo.yml, and where "y" is missing',
    );
  });

  it('keeps test rows that a filter dropped aside, without the value, for the comparison of models', () => {
    const x = times(n, (i) => (i % 4 === 0 ? 99 : 1));
    const plain = prepared(sourceOf({ id, x, y }));
    const config = configOf({ features: { x: { range: [0, 10], invalid: 'drop' } } });
    const { splits, filteredTest } = prepared(sourceOf({ id, x, y }), config);
    const ids = [...splits.test.ids, ...filteredTest.ids].sort();
    expect(ids).toEqual([...plain.splits.test.ids].sort());
    expect(filteredTest.ids.length).toBeGreaterThan(0);
    expect(rowAt(filteredTest.table, 0).x).toBeNull();
  });
});
