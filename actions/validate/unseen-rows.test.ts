import { describe, expect, it } from 'vitest';
import type { SplitRecord } from '../../shared/artifacts/folders/manifest.ts';
import { foldByHash } from '../../shared/dataset/split/fold-plan.ts';
import { positionOf } from '../../shared/dataset/split/split.ts';
import { tableOf } from '../../shared/dataset/table/table.ts';
import { numbers, schemaOf } from '../../shared/dataset/testing/dataset-builders.ts';
import { unseenRows, whyUntellable } from './unseen-rows.ts';

const rows = 500;
const table = tableOf(new Map([['y', numbers(Array.from({ length: rows }, (_, row) => row))]]));
const schema = schemaOf(table);
const words = Uint32Array.from({ length: rows }, (_, row) => Math.imul(row + 1, 0x9e3779b1));
const heldOut: SplitRecord = { by: 'hash', seed: 7, key: ['y'], test: 0.2, validation: 0.2 };
const folded: SplitRecord = { ...heldOut, test: 0, validation: 0, folds: { count: 5 } };
const ids = BigUint64Array.from(words, (word) => BigInt(word) << 32n);
const side = { table, ids, folds: foldByHash(words, 7, 5) };

describe('rows in folds and a champion whose rows were held out', () => {
  it('are unseen by it where they were its test rows', () => {
    expect(whyUntellable({ split: heldOut, schema }, { split: folded, schema })).toBeUndefined();
    const expected = [...words.keys()].filter((row) => positionOf(words[row]!, 7) < 0.2);
    expect([...unseenRows(heldOut, side, 5)]).toEqual(expected);
  });

  it('are so by group where their fold lies within its test share', () => {
    const grouped = { ...heldOut, group: 'who' };
    const now = { ...folded, group: 'who' };
    expect(whyUntellable({ split: grouped, schema }, { split: now, schema })).toBeUndefined();
    const expected = [...side.folds.keys()].filter((row) => side.folds[row] === 0);
    expect([...unseenRows(grouped, side, 5)]).toEqual(expected);
    expect(unseenRows({ ...grouped, test: 0.1 }, side, 5)).toHaveLength(0);
    expect(unseenRows({ ...grouped, test: 0.45 }, side, 5).length).toBeGreaterThan(expected.length);
  });
});

describe('a champion whose rows were in folds', () => {
  it('cannot be compared on old rows without what its folds’ models said', () => {
    expect(whyUntellable({ split: folded, schema }, { split: heldOut, schema })).toMatch(
      /^it was judged on rows in folds, and its bundle does not hold .* \(out-of-fold\.arrow\)/,
    );
  });
});
