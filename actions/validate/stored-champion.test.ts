import { describe, expect, it } from 'vitest';
import { type Column, tableOf } from '../../shared/dataset/table/table.ts';
import { categories, numbers, schemaOf } from '../../shared/dataset/testing/dataset-builders.ts';
import type { Predictor } from '../../shared/model/predictor/predictor.ts';
import { judgeStoredChampion, type StoredChampion } from './stored-champion.ts';

const table = (columns: Record<string, Column>) => tableOf(new Map(Object.entries(columns)));
const now = table({
  x: numbers([1, 2, 3, 4]),
  year: numbers([1970, 1971, 1972, 1980]),
  who: categories(['a', 'b', 'c', 'b']),
  y: numbers([10, 20, 30, 40]),
});
const rows = { table: now, ids: BigUint64Array.of(11n, 12n, 13n, 14n) };
const digests = BigUint64Array.of(1n, 2n, 3n, 4n);
const schema = schemaOf(now);

/** Answers 7 of whatever row: what the deployed champion says. */
const predictor: Predictor = {
  predictTable: ({ rows: count }) => ({ task: 'regression', predicted: new Float64Array(count).fill(7) }),
  predictRecord: () => {
    throw new TypeError('no record is asked for');
  },
};

const champion = (parts: Partial<StoredChampion> = {}): StoredChampion => ({
  name: 'fuel@v1.0.0',
  model: { schema, predictor, manifest: { digest: 'sha256:1', pipeline: 'fuel' } as never },
  stored: {
    ids: BigUint64Array.of(12n, 11n, 99n),
    digests: BigUint64Array.of(2n, 0n, 9n),
    predictions: {
      task: 'regression',
      actual: Float64Array.of(20, 9, 90),
      predicted: Float64Array.of(21, 8, 91),
    },
  },
  ...parts,
});

describe('a champion that was judged out-of-fold', () => {
  it('says of the rows that both know what its folds’ models said, and predicts the new ones itself', async () => {
    const input = await judgeStoredChampion(champion(), { schema, rows, digests });
    expect(input).toEqual({
      name: 'fuel@v1.0.0',
      digest: 'sha256:1',
      rows: Uint32Array.of(1, 2, 3),
      predictions: {
        task: 'regression',
        actual: Float64Array.of(20, 30, 40),
        predicted: Float64Array.of(21, 7, 7),
      },
      outOfFold: { edited: 1 },
      newer: Uint32Array.of(1, 2),
    });
  });

  it('takes as new what lies after its data, not what a filter had kept out of it', async () => {
    const window = { column: 'year', until: '1975' };
    const input = await judgeStoredChampion(champion({ window }), { schema, rows, digests });
    expect([...input.rows!]).toEqual([1, 3]);
    expect([...input.newer!]).toEqual([1]);
  });

  it('does not face new rows of a group that it learned from', async () => {
    const input = await judgeStoredChampion(champion(), { schema, rows, digests, group: 'who' });
    expect([...input.rows!]).toEqual([1, 2]);
  });

  it('does not face new rows of a group of which it learned rows that are others now', async () => {
    const edited = { ...rows, ids: BigUint64Array.of(11n, 13n, 14n, 12n) };
    const stored = { ...champion().stored, digests: BigUint64Array.of(0n, 1n, 9n) };
    const input = await judgeStoredChampion(champion({ stored }), {
      schema,
      rows: edited,
      digests,
      group: 'who',
    });
    expect(input.outOfFold).toEqual({ edited: 1 });
    // The second row is of the group of the last, which was edited.
    expect([...input.rows!]).toEqual([0, 2]);
  });

  it('is compared by what it said where a column that it needs is gone', async () => {
    const columns = new Map(now.columns);
    columns.delete('x');
    const without = tableOf(columns);
    const input = await judgeStoredChampion(champion(), {
      schema: schemaOf(without),
      rows: { ...rows, table: without },
      digests,
    });
    expect([...input.rows!]).toEqual([1]);
    expect(input.newer).toBeUndefined();
  });

  it('is not compared where it answers something else', async () => {
    const other = { ...schema, target: 'z' };
    const input = await judgeStoredChampion(champion(), { schema: other, rows, digests });
    expect(input.reason).toBe('it predicts y, this model z');
  });
});
