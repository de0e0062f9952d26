import { describe, expect, test } from 'vitest';
import type { ConfigInput } from '../../../config/sections/schema.ts';
import { onlyTrains } from '../../../dataset/split/fold-plan.ts';
import { tableOf } from '../../../dataset/table/table.ts';
import { type LogEntry, recordingLogger, silentLogger } from '../../../platform/logger.ts';
import { createRandom } from '../../../platform/random.ts';
import { trainingReportSchema } from '../../report/training-report.ts';
import { foldedHouses, withTable } from '../../testing/folded-houses.ts';
import { type CandidateInput, type HousesOptions, houses } from '../../testing/model-builders.ts';
import { trainFolds } from '../train-folds.ts';
import { trainModel } from '../train-model.ts';

const ports = { logger: silentLogger };
/** Too small to say anything: a setting that any search should leave. */
const stumps: CandidateInput = {
  ...{ type: 'boosted-trees', rounds: 30, patience: 5, leaves: 2 },
  'learning-rate': 0.01,
};
const trees: CandidateInput = { type: 'boosted-trees', rounds: 40, patience: 5, 'learning-rate': 0.3 };
const linear: CandidateInput = { type: 'linear' };
type Search = NonNullable<NonNullable<ConfigInput['train']>['search']>;

function options(search: Search | undefined, more: HousesOptions = {}): HousesOptions {
  const train = { blend: true, importance: 'off', ...(search ? { search } : {}), ...more.train } as const;
  return { rows: 240, candidates: [linear, trees], ...more, train };
}

const folded = (search: Search | undefined, more?: HousesOptions) => foldedHouses(options(search, more));
const ranges = { 'boosted-trees': { 'learning-rate': { from: 0.1, to: 0.5 }, leaves: { from: 4, to: 15 } } };

describe('a search in folds', () => {
  test.each(['regression', 'binary', 'multiclass'] as const)(
    'puts a better setting in the place of a poor one, and tells what it bought: %s',
    async (task) => {
      const input = folded({ trials: 8, ranges }, { task, candidates: [stumps] });
      const { report } = await trainFolds(input, ports);
      expect(trainingReportSchema.parse(report)).toEqual(report);
      const { search } = report;
      const [one] = search!.candidates;
      expect(search).toMatchObject({ trials: 8, loss: task === 'regression' ? 'squared error' : 'log-loss' });
      expect(one!.settings).toHaveLength(7);
      const kept = one!.settings[one!.deployed - 1]!;
      expect(kept.loss!).toBeLessThan(0.7 * kept.own!);
      expect(report.candidates[0]!.options).toMatchObject(kept.options);
      expect(search!.score).toBeLessThan(search!.without);
      const plain = await trainFolds(folded(undefined, { task, candidates: [stumps] }), ports);
      expect(search!.without).toBe(plain.report.candidates[0]!.validation);
    },
  );

  test('trains far less than every setting in every fold', async () => {
    const { report } = await trainFolds(folded({ trials: 20, ranges }, { candidates: [stumps] }), ports);
    expect(report.search!.trainings).toBeLessThan(0.7 * 19 * 5);
    expect(report.search!.candidates[0]!.settings.map(({ rungs }) => rungs)).toContain(1);
  });

  test('changes no byte of the model where nothing is better than what is declared', async () => {
    const worse = { 'boosted-trees': { 'learning-rate': [0.0001, 0.0002] } };
    const searched = await trainFolds(folded({ trials: 4, ranges: worse }), ports);
    expect(searched.report.search!.candidates.map(({ deployed, byFold }) => [deployed, ...byFold])).toEqual(
      Array(2).fill(Array(6).fill(0)),
    );
    const { report: _, ...model } = searched;
    const { report: __, ...plain } = await trainFolds(folded(undefined), ports);
    expect(model).toEqual(plain);
  });

  test('finds the model that its settings give where they are declared', async () => {
    const searched = await trainFolds(folded({ trials: 8, ranges }, { candidates: [stumps] }), ports);
    const [one] = searched.report.search!.candidates;
    const kept = one!.settings[one!.deployed - 1]!.options;
    const declared = await trainFolds(folded(undefined, { candidates: [{ ...stumps, ...kept }] }), ports);
    if (!('treesBin' in searched && 'treesBin' in declared)) throw new TypeError('no trees');
    expect(searched.treesBin).toEqual(declared.treesBin);
  });

  test('is the same to the bit twice', async () => {
    const input = folded({ trials: 12, ranges });
    expect(await trainFolds(input, ports)).toEqual(await trainFolds(input, ports));
  });

  test('finds no sense in noise', async () => {
    const input = folded({ trials: 20, ranges }, { candidates: [{ ...trees, rounds: 10 }] });
    const random = createRandom('search noise');
    const { table } = input.rows;
    const noise = Float64Array.from({ length: table.rows }, () => random.normal());
    const columns = new Map(table.columns).set('price', { type: 'number', values: noise });
    const { report, outOfFold } = await trainFolds(withTable(input, tableOf([...columns])), ports);
    const { predictions } = outOfFold;
    if (predictions.task !== 'regression') throw new TypeError();
    const square = predictions.actual.reduce(
      (sum, value, row) => sum + (value - predictions.predicted[row]!) ** 2,
      0,
    );
    const variance = noise.reduce((sum, value) => sum + value ** 2, 0);
    expect(square).toBeGreaterThan(0.99 * variance);
    expect(report.search!.score).toBeCloseTo(Math.sqrt(square / noise.length), 9);
  });

  test('by time goes by the blocks that are there, the older half only training', async () => {
    const input = foldedHouses(options({ trials: 6, ranges }, { candidates: [stumps] }), {
      folds: (row) => (row < 90 ? onlyTrains : Math.floor((row - 90) / 18)),
    });
    const times = Float64Array.from({ length: input.rows.table.rows }, (_, row) => row);
    const { report, outOfFold } = await trainFolds({ ...input, times }, ports);
    expect(report.search!.candidates[0]!.deployed).toBeGreaterThan(0);
    expect(report.search!.score).toBeLessThan(report.search!.without);
    expect(outOfFold.ids).toHaveLength(90);
  });

  test('tries whether a linear model does without its encoding', async () => {
    const { report } = await trainFolds(
      folded({ trials: 2 }, { candidates: [linear], prepare: { numbers: { encode: 'auto' } } }),
      ports,
    );
    expect(report.search!.candidates[0]!.settings.map(({ options }) => options)).toEqual([
      { encoding: 'plain' },
    ]);
    const [one] = report.search!.candidates;
    if (one!.deployed === 1) expect(report.engine.name).toBe('ensemble');
  });

  test('says where there is less to try than asked for, and why', async () => {
    const entries: LogEntry[] = [];
    const logger = recordingLogger(entries);
    const none = await trainFolds(folded({ trials: 9 }, { candidates: [linear] }), { logger });
    expect(none.report.warnings).toContain(
      'train.search: 1 setting instead of 9 was tried: there are no more in their ranges',
    );
    const dear = await trainFolds(folded({ trials: 9, work: 10 }), ports);
    expect(dear.report.warnings).toContain(
      'train.search: 2 settings instead of 9 were tried: more would take more than 10 multiplications; train.search.work allows more',
    );
    expect(dear.report.search).toMatchObject({ trials: 2, trainings: 0 });
  });
});

describe('a search of rows with sides', () => {
  test('is in inner folds, also of a single candidate, which is then trained on all rows', async () => {
    const input = houses(options({ trials: 8, ranges }, { candidates: [stumps], rows: 300 }));
    const { report } = await trainModel(input, ports);
    expect(report.folds).toHaveLength(5);
    expect(report.rows).toEqual({ train: 300, validation: 300 });
    expect(report.search!.candidates[0]!.deployed).toBeGreaterThan(0);
  });

  test('of 20,000 rows and more is on growing samples of the training rows', async () => {
    const few = { ...trees, rounds: 5, leaves: 4 };
    const search = { trials: 12, ranges: { 'boosted-trees': { 'learning-rate': { from: 0.1, to: 0.9 } } } };
    const input = houses(options(search, { candidates: [few], rows: 60_000 }));
    const { report } = await trainModel(input, ports);
    const [one] = report.search!.candidates;
    expect(report.search).toMatchObject({ trials: 12 });
    // 5,000 of 45,000 rows, 15,000, all: of 11 settings and the own one 12, then at most as many as six races keep.
    expect(one!.settings.map(({ rungs }) => rungs).toSorted()[0]).toBe(1);
    expect(one!.settings[one!.deployed - 1]!.rungs).toBe(3);
    expect(one!.byFold).toHaveLength(5);
    expect(report.search!.score).toBeLessThan(report.search!.without);
  });

  test('is not made where no folds are possible, and that is said', async () => {
    const codes = Int32Array.from({ length: 240 }, (_, row) => (row === 3 ? 1 : 0));
    const target = { type: 'category', codes, dictionary: ['medium', 'cheap'] } as const;
    const input = houses(options({ trials: 4, ranges }, { task: 'binary', target }));
    const { report } = await trainModel(input, ports);
    expect(report.search).toBeUndefined();
    expect(report.warnings[0]).toMatch(/^no search, and no blend: the rows cannot be divided into folds \(/);
  });

  test('is refused beside a command, which is trained on the split as it is', async () => {
    const candidates = [trees, { type: 'command', run: 'x' } as const];
    await expect(trainModel(houses(options({ trials: 4 }, { candidates })), ports)).rejects.toThrow(
      /^train\.search: rows with a test split are searched in folds of their own, and a command/,
    );
  });
});
