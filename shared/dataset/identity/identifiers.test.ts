import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../platform/random.ts';
import { tableOf } from '../table/table.ts';
import { categories, numbers } from '../testing/dataset-builders.ts';
import { configOf, prepared, sourceOf, times } from '../testing/source-builder.ts';
import { identifierColumns, identifierKind, isNamedIdentifier } from './identifiers.ts';

const shuffled = (values: readonly number[], seed: number): number[] =>
  [...createRandom(seed).shuffle(Uint32Array.from(values, (_, i) => i))].map((i) => values[i]!);

describe('row numbers', () => {
  it('are whole numbers without gaps, from any start, in any order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 300 }),
        fc.integer({ min: -50, max: 1400 }),
        fc.nat(),
        (n, first, seed) => {
          const column = numbers(
            shuffled(
              times(n, (i) => first + i),
              seed,
            ),
          );
          expect(identifierKind('x', column)).toBe('row-number');
        },
      ),
    );
  });

  it('may lack one in ten, and have a few twice', () => {
    expect(identifierKind('x', numbers(times(100, (i) => i + Math.floor(i / 12))))).toBe('row-number');
    expect(identifierKind('x', numbers(times(100, (i) => (i === 7 ? 6 : i))))).toBe('row-number');
  });

  it.each([
    ['years, one a row', 'year', times(60, (i) => 1900 + i)],
    ['ages that come back', 'age', times(60, (i) => 20 + ((i * 7) % 45))],
    ['an hour of the day', 'hr', times(240, (i) => i % 24)],
    ['too few rows', 'x', times(19, (i) => i)],
    ['halves', 'x', times(60, (i) => i / 2)],
    ['whole numbers far apart', 'population', times(60, (i) => 1000 + i * 137)],
    ['a gap of a third', 'x', times(60, (i) => i + Math.floor(i / 2))],
    ['some missing', 'x', times(60, (i) => (i === 3 ? null : i))],
  ])('are not %s', (_, name, values) => {
    expect(identifierKind(name, numbers(values))).toBeUndefined();
  });
});

describe('the index of pandas', () => {
  const parts = times(60, (i) => i % 30);

  it('numbers the rows, by its name, when it starts again or is of some rows', () => {
    for (const name of ['Unnamed: 0', 'Unnamed: 0.1', '__index_level_0__']) {
      expect(identifierKind(name, numbers(parts)), name).toBe('row-number');
      expect(identifierKind(name, numbers(times(60, (i) => 7 * i))), name).toBe('row-number');
      expect(identifierKind(name, numbers(times(60, (i) => i / 2))), name).toBeUndefined();
    }
    expect(identifierKind('Unnamed', numbers(parts))).toBeUndefined();
  });

  it('stays what it was where a lock without identifiers knows it', () => {
    const table = tableOf([['Unnamed: 0', numbers(parts)]]);
    const types = { 'Unnamed: 0': 'number' as const };
    expect(identifierColumns(table, { target: 'y' }, undefined)).toEqual(['Unnamed: 0']);
    expect(identifierColumns(table, { target: 'y' }, { types })).toEqual([]);
    expect(identifierColumns(table, { target: 'y' }, { types, identifiers: ['Unnamed: 0'] })).toEqual([
      'Unnamed: 0',
    ]);
  });
});

describe('identifiers', () => {
  it('are sparse whole numbers that are called so, and texts that hardly come back', () => {
    const sparse = numbers(times(60, (i) => 1000 + i * 137));
    for (const name of ['id', 'customer_id', 'PassengerId', 'index', 'uuid', 'order.id']) {
      expect(identifierKind(name, sparse), name).toBe('identifier');
    }
    expect(identifierKind('name', categories(times(60, (i) => `n${i}`)))).toBe('identifier');
    expect(identifierKind('name', categories(times(60, (i) => `n${i % 50}`)))).toBeUndefined();
  });

  it('are not called humid, valid or grid', () => {
    const words = [
      'humid',
      'valid',
      'grid',
      'tomorrow',
      'Madrid',
      'flavanoids',
      'unpaid',
      'steroids',
      'number',
      'casino',
    ];
    expect(words.filter(isNamedIdentifier)).toEqual([]);
  });

  it('may be written as one word', () => {
    const names = [
      'caseid',
      'PATIENTID',
      'old_userid',
      'productids',
      'seqno',
      'Record No',
      'case_num',
      'idNum',
    ];
    expect(names.filter((name) => !isNamedIdentifier(name))).toEqual([]);
  });
});

describe('a dataset', () => {
  const n = 200;
  const random = createRandom(9);
  const x = times(n, () => random.normal());
  const y = times(n, (i) => 3 * x[i]! + random.normal());
  const row = times(n, (i) => i + 1);
  const roles = (config = configOf(), columns: Parameters<typeof sourceOf>[0] = { row, x, y }) =>
    Object.fromEntries(
      prepared(sourceOf(columns), config).schema.columns.map(({ name, role }) => [name, role]),
    );

  it('hides row numbers from models and says so, unless they are declared', () => {
    expect(roles()).toEqual({ row: 'ignored', x: 'feature', y: 'target' });
    const { quality } = prepared(sourceOf({ row, x, y }), configOf());
    expect(quality.remarks).toMatchObject([{ kind: 'row-number', column: 'row' }]);
    expect(quality.remarks![0]!.message).toContain('features: { row: { type: number } }');
    const declared = configOf({ features: { row: { type: 'number' } } });
    expect(roles(declared)).toMatchObject({ row: 'feature' });
    expect(prepared(sourceOf({ row, x, y }), declared).quality.remarks).toBeUndefined();
    expect(roles(configOf({ prepare: { derive: { late: 'd => d.row > 100' } } }))).toMatchObject({
      row: 'feature',
    });
    expect(roles(configOf({ prepare: { derive: { late: 'd => d.x > 0' } } }))).toMatchObject({
      row: 'ignored',
    });
  });

  it('keeps them where nothing else is left, and says that too', () => {
    expect(roles(configOf(), { row, y })).toMatchObject({ row: 'feature' });
    const { quality } = prepared(sourceOf({ row, y }), configOf());
    expect(quality.remarks![0]!.message).toContain('no other column is left');
  });

  it('keeps to what its lock froze as rows come in: numbers that start again become no feature', () => {
    const { lock } = prepared(sourceOf({ row, x, y }), configOf());
    expect(lock.identifiers).toEqual(['row']);
    const twice = sourceOf({ row: [...row, ...row], x: [...x, ...x.map((v) => v + 1)], y: [...y, ...y] });
    const anew = prepared(twice, configOf());
    expect(anew.lock.identifiers).toBeUndefined();
    const moved = prepared(twice, configOf(), { lock, moveLock: {} });
    expect(moved.lock.identifiers).toEqual(['row']);
    expect(moved.schema.columns.find(({ name }) => name === 'row')?.role).toBe('ignored');
  });
});
