import { describe, expect, test } from 'vitest';
import { configSchema } from '../../config/sections/schema.ts';
import { plainInputs } from '../../config/testing/plain-inputs.ts';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { onlyTrains } from '../../dataset/split/fold-plan.ts';
import { type Column, columnOf, type Table, tableOf } from '../../dataset/table/table.ts';
import { type LogEntry, recordingLogger, silentLogger } from '../../platform/logger.ts';
import { rowDigests } from '../out-of-fold/out-of-fold.ts';
import { isDirect, type ModelBundle } from '../predictor/model-bundle.ts';
import { createPredictor } from '../predictor/predictor.ts';
import { foldedHouses, withTable } from '../testing/folded-houses.ts';
import type { CandidateInput } from '../testing/model-builders.ts';
import { trainFolds } from './train-folds.ts';

const ports = { logger: silentLogger };
const trees: CandidateInput = { type: 'boosted-trees', rounds: 40, patience: 5, 'learning-rate': 0.3 };
const network: CandidateInput = { type: 'neural-network', layers: [8], epochs: 12 };
const off = { importance: 'off' } as const;

function predictorOf(model: ModelBundle) {
  if (!isDirect(model)) throw new TypeError('another engine trained it');
  return createPredictor(model);
}

/** The predictions of a regression. */
async function predictionsOf(input: Parameters<typeof trainFolds>[0]): Promise<Float64Array> {
  const { outOfFold } = await trainFolds(input, ports);
  if (outOfFold.predictions.task !== 'regression') throw new TypeError('numbers were expected');
  return outOfFold.predictions.predicted;
}

function changed(table: Table, name: string, change: (value: number, row: number) => number): Table {
  const column = columnOf(table, name);
  if (column.type !== 'number') throw new TypeError(`${name} holds no numbers`);
  const values = column.values.map(change);
  return { ...table, columns: new Map(table.columns).set(name, { ...column, values }) };
}

describe('training in folds', () => {
  test('predicts each row as least squares on the rows of the other folds does', async () => {
    // numpy and scikit-learn 1.7: LinearRegression fitted on the folds that are neither k nor k + 1, for every k.
    const n = 20;
    const column = (value: (i: number) => number): Column => ({
      type: 'number',
      values: Float64Array.from({ length: n }, (_, i) => value(i)),
    });
    const [a, b] = [(i: number) => ((i * 7) % 11) / 10, (i: number) => ((i * 5) % 13) / 10];
    const table = tableOf([
      ['a', column(a)],
      ['b', column(b)],
      ['y', column((i) => 2 + 3 * a(i) - 1.5 * b(i) + (((i * 17) % 19) - 9) / 10)],
    ]);
    const schema: DatasetSchema = {
      ...{ version: 1, task: 'regression', target: 'y', key: ['a'] },
      columns: ['a', 'b', 'y'].map((name) => ({
        ...{ name, type: 'number', role: name === 'y' ? 'target' : 'feature', nullable: false },
      })) as DatasetSchema['columns'],
    };
    const config = configSchema.parse({
      ...{ task: 'regression', target: 'y', data: { source: { type: 'file', path: 'x.csv' } } },
      prepare: plainInputs,
      train: { candidates: [{ type: 'linear', l2: 0 }] },
    });
    const rows = {
      table,
      ids: BigUint64Array.from({ length: n }, (_, row) => BigInt(row)),
      folds: Uint8Array.from({ length: n }, (_, row) => row % 5),
    };
    const recipe = fitRecipe(table, schema, config);
    const trained = await trainFolds({ schema, recipe, rows, count: 5, config }, ports);
    const expected = [
      ...[1.681464, 3.299506, 1.619697, 4.42647, 2.762687, 0.416917, 4.150247, 2.32444, 1.966938, 3.543046],
      ...[1.265045, 1.031817, 3.029184, 2.626181, 4.323404, 2.113173, 1.882558, 3.733928, 2.086917, 1.764376],
    ];
    const { predictions } = trained.outOfFold;
    for (const [row, value] of expected.entries()) expect(predictions.predicted[row]).toBeCloseTo(value, 4);
    expect(trained.report.candidates[0]!.validation).toBeCloseTo(0.6688797, 5);
    // The deployed model is that of all rows.
    expect(predictorOf({ schema, recipe, ...trained }).predictRecord({ a: 0.5, b: 0.5 })).toEqual({
      value: expect.closeTo(2.6877473, 4),
    });
  });

  test.each([{ type: 'linear' } as const, trees, network])(
    'lets no row of a fold say anything in its own prediction: $type',
    async (candidate) => {
      const input = foldedHouses({ rows: 160, candidates: [candidate], train: off });
      const before = await predictionsOf(input);
      const { table, folds } = input.rows;
      const inFold = (row: number): boolean => folds[row] === 2;
      const otherTargets = await predictionsOf(
        withTable(
          input,
          changed(table, 'price', (value, row) => (inFold(row) ? 3000 - value : value)),
        ),
      );
      // One row's feature far outside: scales and typical values that had seen it would move the others.
      const outlier = folds.indexOf(2);
      const otherFeature = await predictionsOf(
        withTable(
          input,
          changed(table, 'noise', (value, row) => (row === outlier ? 1e6 : value)),
        ),
      );
      let moved = 0;
      for (const [row, value] of before.entries()) {
        if (inFold(row)) {
          expect(otherTargets[row]).toBe(value);
          if (row !== outlier) expect(otherFeature[row]).toBe(value);
        } else if (otherTargets[row] !== value) moved += 1;
      }
      // The models of three other folds learn from these rows.
      expect(moved).toBeGreaterThanOrEqual(72);
    },
  );

  test('stores every row once, by id, with the digest of its content and its fold', async () => {
    const input = foldedHouses({ task: 'multiclass', rows: 120, train: off });
    const { outOfFold, foldTraining, report } = await trainFolds(input, ports);
    const { ids, folds, table } = input.rows;
    expect(outOfFold.ids).toEqual(ids);
    expect(outOfFold.folds).toEqual(folds);
    expect(outOfFold.digests).toEqual(rowDigests(table, input.schema));
    expect(report.rows).toEqual({ train: 90, validation: 90 });
    expect(report.folds!.map(({ rows }) => rows)).toEqual(
      Array(5).fill({ train: 54, validation: 18, predicted: 18 }),
    );
    // Every row is in the training of all folds but two.
    expect(foldTraining!.ids).toHaveLength(3 * 90);
    for (const fold of [0, 1, 2, 3, 4]) {
      const learned = foldTraining!.ids.filter((_, row) => foldTraining!.folds[row] === fold);
      expect(learned).toEqual(ids.filter((_, row) => folds[row] !== fold && folds[row] !== (fold + 1) % 5));
    }
    // What is stored as true is what the table says.
    const label = columnOf(table, 'price');
    if (label.type !== 'category' || foldTraining!.predictions.task === 'regression') throw new TypeError();
    const { actual, classes } = foldTraining!.predictions;
    for (const [row, id] of foldTraining!.ids.entries()) {
      expect(classes[actual[row]!]).toBe(label.dictionary[label.codes[Number(id - 1000n)]!]);
    }
  });

  test('trains the deployed model for the median of the folds’ best rounds', async () => {
    const input = foldedHouses({ candidates: [trees], train: off });
    const trained = await trainFolds(input, ports);
    const { folds = [], candidates } = trained.report;
    const best = folds.map(({ bestEpoch }) => bestEpoch!).toSorted((a, b) => a - b);
    expect(new Set(best).size).toBeGreaterThan(1);
    expect(candidates[0]!.bestEpoch).toBe(best[2]);
    expect('trees' in trained && trained.trees).toMatchObject({ trees: best[2] });
  });

  test('leaves a candidate that diverges in a fold out of all, and says so', async () => {
    const wild: CandidateInput = { type: 'neural-network', name: 'wild', seeds: 1, 'learning-rate': 1e20 };
    const log: LogEntry[] = [];
    const input = foldedHouses({ rows: 160, candidates: [wild, { type: 'linear' }], train: off });
    const { report } = await trainFolds(input, { logger: recordingLogger(log) });
    expect(report.candidates.map(({ name }) => name)).toEqual(['linear']);
    expect(report.warnings).toEqual([
      expect.stringMatching(
        /training "wild \(fold 1\)" diverged in epoch 1.*; it is left out of every fold$/,
      ),
    ]);
    expect(log.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual(
      report.warnings,
    );
    await expect(trainFolds(foldedHouses({ rows: 160, candidates: [wild] }), ports)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining('diverged'),
    });
  });

  test('by time predicts no row that only trains, and learns nothing from what is newer', async () => {
    // Ten rows a period: the first half only trains.
    const input = foldedHouses(
      { rows: 160, candidates: [{ type: 'linear' }], train: off },
      { folds: (row) => (row < 60 ? onlyTrains : Math.floor((row - 60) / 12)) },
    );
    const times = Float64Array.from({ length: 120 }, (_, row) => row);
    const byTime = { ...input, times };
    const { outOfFold, foldTraining, report } = await trainFolds(byTime, ports);
    expect(outOfFold.ids).toEqual(input.rows.ids.slice(60));
    expect(report.rows).toEqual({ train: 120, validation: 60 });
    expect(report.folds!.map(({ rows }) => rows)).toEqual([
      { train: 48, validation: 12, predicted: 12 },
      { train: 58, validation: 14, predicted: 12 },
      { train: 67, validation: 17, predicted: 12 },
      { train: 77, validation: 19, predicted: 12 },
      { train: 86, validation: 22, predicted: 12 },
    ]);
    expect(foldTraining!.ids.filter((_, row) => foldTraining!.folds[row] === 0)).toEqual(
      input.rows.ids.slice(0, 48),
    );
    const before = await predictionsOf(byTime);
    const later = changed(input.rows.table, 'price', (value, row) => (row < 72 ? value : 3000 - value));
    const after = await predictionsOf({ ...withTable(input, later), times });
    expect(after.subarray(0, 24)).toEqual(before.subarray(0, 24));
    expect(after.subarray(48)).not.toEqual(before.subarray(48));
  });

  test('measures importance on rows that the folds’ models have not seen, each feature once', async () => {
    const { report } = await trainFolds(foldedHouses({ candidates: [{ type: 'linear' }] }), ports);
    expect(report.importance.map(({ feature }) => feature).toSorted()).toEqual([
      ...['area', 'district', 'garden', 'noise'],
    ]);
    expect(report.importance[0]!.feature).toBe('area');
    expect(Math.abs(report.importance.find(({ feature }) => feature === 'noise')!.mean)).toBeLessThan(
      report.importance[0]!.mean / 20,
    );
    for (const { deviation } of report.importance) expect(deviation).toBeGreaterThan(0);
  });

  test('decides each fold’s rows by the threshold that the other folds chose', async () => {
    const input = foldedHouses({
      ...{ task: 'binary', candidates: [{ type: 'linear' }], train: off },
      validate: { decision: { costs: { missed: 8, 'false-alarm': 1 } } },
    });
    const { report, outOfFold, threshold } = await trainFolds(
      { ...input, schema: { ...input.schema, positive: 'medium' } },
      ports,
    );
    const { predictions, folds } = outOfFold;
    if (predictions.task === 'regression') throw new TypeError('classes were expected');
    expect(new Set(report.folds!.map((fold) => fold.threshold)).size).toBeGreaterThan(1);
    expect(threshold).toBe(report.decision!.threshold);
    expect(report.decision!.rows).toBe(300);
    for (const [row, fold] of folds.entries()) {
      const chance = predictions.probabilities![2 * row + 1]!;
      expect(predictions.predicted[row]).toBe(Number(chance > report.folds![fold]!.threshold!));
    }
  });

  test('gives the same twice', async () => {
    const input = foldedHouses({ rows: 160, candidates: [network, trees] });
    expect(await trainFolds(input, ports)).toEqual(await trainFolds(input, ports));
  });
});
