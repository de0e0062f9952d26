import { describe, expect, test } from 'vitest';
import { positionOf } from '../../../dataset/split/split.ts';
import type { Column } from '../../../dataset/table/table.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { createRandom } from '../../../platform/random.ts';
import { type HousesOptions, houses } from '../../testing/model-builders.ts';
import type { TrainModelInput } from '../data/training-input.ts';
import { trainModel } from '../train-model.ts';
import { innerFoldsOf } from './inner-folds.ts';

const quick = [{ type: 'linear' }, { type: 'boosted-trees', rounds: 3, leaves: 4 }] as const;

const sides = (options: HousesOptions): TrainModelInput =>
  houses({ candidates: quick, ...options, train: { blend: true, importance: 'off', ...options.train } });

function folded(input: TrainModelInput) {
  const found = innerFoldsOf(input);
  if ('reason' in found) throw new TypeError(found.reason);
  return found;
}

/** By row one of so many owners. */
const ownersOf = (rows: number, ownerOf: (row: number) => number): Column => ({
  type: 'category',
  dictionary: Array.from({ length: 500 }, (_, at) => `owner ${at}`),
  codes: Int32Array.from({ length: rows }, (_, row) => ownerOf(row)),
});

const idsOf = (rows: number) => BigUint64Array.from({ length: rows }, (_, row) => BigInt(row) << 32n);

describe('inner folds', () => {
  test('of rows whose target only their key tells say so: nothing is learned from a row of equal key', async () => {
    const random = createRandom('keys');
    const [keys, each] = [48, 10];
    const luck = Array.from({ length: keys }, () => random.normal());
    const mark = Array.from({ length: keys }, () => random.next());
    const keyOf = (row: number) => (row * 7) % keys;
    const of = (values: readonly number[]): Column => ({
      type: 'number',
      values: Float64Array.from({ length: keys * each }, (_, row) => values[keyOf(row)]!),
    });
    const input = sides({
      rows: keys * each,
      target: of(luck),
      further: [['mark', of(mark)]],
      candidates: [
        { type: 'linear' },
        { type: 'boosted-trees', 'min-rows': 5, rounds: 200, patience: 200, 'learning-rate': 0.1 },
      ],
      validate: { primary: 'r2' },
    });
    // The upper half of a row's id is its key's hash.
    const ids = BigUint64Array.from(
      { length: keys * each },
      (_, row) => (BigInt(keyOf(row) * 2654435761) << 32n) | BigInt(row),
    );
    const { report } = await trainModel({ ...input, division: { ids } }, { logger: silentLogger });
    expect(report.blend!.parts.map(({ score }) => score).filter((score) => score > 0.15)).toEqual([]);
    expect(report.blend!.score).toBeLessThan(0.1);
  });

  test('are as large as each other where the seed of the training is that of the split', () => {
    const [rows, seed] = [800, 42];
    // The groups that a split by the same seed leaves for training and validation: those beyond its test.
    const ofSplit = Array.from({ length: 500 }, (_, at) => at).filter((at) => positionOf(at, seed) >= 0.2);
    const owner = ownersOf(rows, (row) => ofSplit[row % ofSplit.length]!);
    const input = sides({ rows, further: [['owner', owner]], train: { seed } });
    for (const division of [{ ids: idsOf(rows), group: 'owner' }, { ids: idsOf(rows) }]) {
      const { rows: inFolds } = folded({ ...input, division });
      const sizes = [0, 1, 2, 3, 4].map((fold) => inFolds.folds.filter((own) => own === fold).length);
      expect(Math.min(...sizes)).toBeGreaterThan(150);
    }
  });

  test('of 20,000 rows and more are as many as the validation rows have groups', () => {
    const owner = ownersOf(20_000, (row) => (row < 15_000 ? 3 : row % 3));
    const input = sides({ rows: 20_000, further: [['owner', owner]] });
    const found = folded({ ...input, division: { ids: idsOf(20_000), group: 'owner' } });
    expect(found.count).toBe(3);
    expect(new Set(found.rows.folds)).toEqual(new Set([255, 0, 1, 2]));
  });

  test('are not possible where all validation rows are of one group: the best candidate is kept', async () => {
    const owner = ownersOf(20_000, (row) => (row < 15_000 ? row % 500 : 7));
    const input = sides({ rows: 20_000, further: [['owner', owner]] });
    const division = { ids: idsOf(20_000), group: 'owner' };
    const { report } = await trainModel({ ...input, division }, { logger: silentLogger });
    expect(report.blend).toBeUndefined();
    expect(report.warnings[0]).toBe(
      'no blend: the rows cannot be divided into folds (all validation rows are of one value of owner, and a blend’s weights are judged on rows of at least two), so the best candidate on the validation rows is kept',
    );
  });

  test('find the weights that are told where no blend is wanted, of whole groups', async () => {
    const owner = ownersOf(400, (row) => (row < 300 ? row % 500 : 7));
    const input = sides({ further: [['owner', owner]], train: { blend: false } });
    const noteOf = async (division: TrainModelInput['division']) =>
      (await trainModel({ ...input, division: division! }, { logger: silentLogger })).report.note;
    expect(await noteOf({ ids: idsOf(400) })).toMatch(/where the blend of the candidates would reach/);
    // One group has no others to find weights on.
    expect(await noteOf({ ids: idsOf(400), group: 'owner' })).toBeUndefined();
  });
});
