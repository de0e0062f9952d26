import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../config/sections/schema.ts';
import type { Column } from '../table/table.ts';
import { booleans, categories, dates, numbers } from '../testing/dataset-builders.ts';
import { configOf, prepared, sourceOf, times } from '../testing/source-builder.ts';
import { hashKeys } from './key-hash.ts';
import { hashRows } from './row-hash.ts';

const hashesOf = (asRead: Column, typed: Column = asRead) => {
  const rows = asRead.type === 'category' ? asRead.codes.length : asRead.values.length;
  const { hashes, unmoved } = hashKeys([{ asRead, typed }], rows);
  return { words: [...hashes.high, ...hashes.low], unmoved };
};
const byType = (column: Column) => {
  const rows = column.type === 'category' ? column.codes.length : column.values.length;
  const { high, low } = hashRows({ rows, columns: new Map([['x', column]]) }, ['x']);
  return [...high, ...low];
};

describe('the hash of a key by value', () => {
  it('of numbers, dates, truths and other texts is the one that they had by type', () => {
    for (const column of [
      numbers([1, -0, 2.5, null]),
      dates(['2024-01-01', null, '2024-02-29']),
      booleans([true, null, false]),
      categories(['a', null, '007', 'b 7']),
    ]) {
      expect(hashesOf(column)).toEqual({ words: byType(column), unmoved: true });
    }
  });

  it('of texts that are numbers, dates or truths is that of the values (property)', () => {
    const value = fc.option(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })), {
      freq: 5,
    });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (values) => {
        fc.pre(values.every((one) => one === null || Number.isSafeInteger(one) || !Number.isInteger(one)));
        const texts = categories(values.map((one) => (one === null ? null : String(one))));
        expect(hashesOf(texts).words).toEqual(
          byType(numbers(values.map((one) => (one === null ? null : one + 0)))),
        );
      }),
    );
    const days = ['2024-01-01', null, '2024-02-29T12:30'];
    expect(hashesOf(categories(days)).words).toEqual(byType(dates(days)));
    expect(hashesOf(categories(['yes', null, 'no'])).words).toEqual(byType(booleans([true, null, false])));
  });

  it('tells 007 from 7, and takes 7 and 7.0 for one', () => {
    const { words } = hashesOf(categories(['007', '7', '7.0', ' 7 ']));
    expect(words[0]).not.toBe(words[1]);
    expect(words[1]).toBe(words[2]);
    expect(words[1]).toBe(words[3]);
  });

  it('says when a row lies elsewhere than by type', () => {
    expect(hashesOf(categories(['1', '2'])).unmoved).toBe(false);
    expect(hashesOf(categories(['a', '2'])).unmoved).toBe(false);
    expect(hashesOf(categories(['2024-01-01']), dates(['2024-01-01'])).unmoved).toBe(true);
    expect(hashesOf(numbers([1]), categories(['1'])).unmoved).toBe(false);
  });
});

describe('declaring a type', () => {
  const rows = 400;
  const hour = times(rows, (i) => (i % 17 === 0 ? null : i % 24));
  const day = times(rows, (i) => 20_240_101 + (i % 28));
  const open = times(rows, (i) => i % 2);
  const y = times(rows, (i) => i % 7);
  /** As a CSV file gives its columns: those of a declared type other than number as texts. */
  const sides = (features: ConfigInput['features'] = {}, version: 1 | 2 = 2) => {
    const cells = { hour, day, open, n: times(rows, (i) => i), x: times(rows, (i) => i % 5), y };
    const read = Object.fromEntries(
      Object.entries(cells).map(([name, values]) => {
        const type = features[name]?.type;
        const asText = type !== undefined && type !== 'number';
        return [name, asText ? categories(values.map((one) => (one === null ? null : String(one)))) : values];
      }),
    );
    const config = configOf({ features, data: { key: ['hour', 'day', 'open', 'n'] } });
    const source = sourceOf(read);
    const { lock } = prepared(source, config);
    const { splits } =
      version === 2 ? prepared(source, config) : prepared(source, config, { lock: { ...lock, version } });
    return Object.values(splits).map(({ ids }) => [...ids]);
  };

  it('moves no row', () => {
    const undeclared = sides();
    expect(sides({ hour: { type: 'category' } })).toEqual(undeclared);
    expect(sides({ open: { type: 'boolean' } })).toEqual(undeclared);
    expect(sides({ day: { type: 'date', format: 'yyyyMMdd' } })).toEqual(undeclared);
    expect(
      sides({ day: { type: 'category' }, hour: { type: 'category' }, open: { type: 'category' } }),
    ).toEqual(undeclared);
  });

  it('did, under a lock of version 1, which keeps its hash', () => {
    expect(sides({ hour: { type: 'category' } }, 1)).not.toEqual(sides({}, 1));
  });
});

describe('a new lock', () => {
  const x = times(300, (i) => (i % 3 === 0 ? `no. ${i}` : String(i)));
  const y = times(300, (i) => i % 7);
  const source = sourceOf({ x, y, z: times(300, (i) => i % 5) });
  // Half of the texts are not numbers, so that the column is of texts.
  const config = configOf({ data: { key: 'x' }, features: { x: { type: 'category' } } });

  it('counts the rows that change sides, once', () => {
    const old = { ...prepared(source, config).lock, version: 1 as const };
    const before = prepared(source, config, { lock: old });
    const after = prepared(source, config, { lock: old, moveLock: {} });
    expect(before.lock.version).toBe(1);
    expect(after.lock.version).toBe(2);
    const sidesOf = ({ splits }: typeof before) =>
      new Map(
        Object.entries(splits).flatMap(([side, { table }]) => {
          const column = table.columns.get('x') as Extract<Column, { type: 'category' }>;
          return [...column.codes].map((code): [string, string] => [column.dictionary[code]!, side]);
        }),
      );
    const [then, now] = [sidesOf(before), sidesOf(after)];
    const moved = [...then].filter(([text, side]) => now.get(text) !== side).length;
    expect(moved).toBeGreaterThan(20);
    expect(after.moved).toBe(moved);
    expect([...then].every(([text, side]) => !text.startsWith('no.') || now.get(text) === side)).toBe(true);
    expect(prepared(source, config, { lock: after.lock, moveLock: {} }).moved).toBeUndefined();
  });
});
