import { describe, expect, test } from 'vitest';
import { fitRecipe } from '../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import type { ColumnSchema } from '../../dataset/schema/schema.ts';
import { type Column, rowAt, type Table, tableOf, takeRows } from '../../dataset/table/table.ts';
import { sha256 } from '../../platform/digest.ts';
import { canonicalJson } from '../../platform/json.ts';
import { type LogEntry, recordingLogger, silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { loadEngine } from '../engine/engine.ts';
import { isDirect } from '../predictor/model-bundle.ts';
import { createPredictor, type DirectPredictor } from '../predictor/predictor.ts';
import { trainingReportSchema } from '../report/training-report.ts';
import { houses } from '../testing/model-builders.ts';
import type { TrainModelInput } from './data/training-input.ts';
import type { TrainedModel } from './fitting/trained-model.ts';
import { trainModel } from './train-model.ts';

const ports = { logger: silentLogger };
const head = (rows: number) => Uint32Array.from({ length: rows }, (_, i) => i);
const network = { type: 'neural-network', layers: [16], epochs: 30, 'batch-norm': true } as const;
const diverging = {
  type: 'neural-network',
  name: 'wild',
  seeds: 1,
  'learning-rate': 1e20,
  'learning-rate-schedule': 'constant',
} as const;

/** A training whose model is of layers. */
async function trainedLayers(input: TrainModelInput) {
  const trained = await trainModel(input, ports);
  if (!('modelJson' in trained)) throw new TypeError('the model is not of layers');
  return trained;
}

/** The predictor of a model of Ciclo's own engines. */
function predictorOf(input: TrainModelInput, trained: TrainedModel): DirectPredictor {
  const { schema, recipe } = input;
  const model = { schema, recipe, ...trained };
  if (!isDirect(model)) throw new TypeError('another engine trained it');
  return createPredictor(model);
}

describe('trainModel', () => {
  test.each(['regression', 'binary', 'multiclass'] as const)(
    'chooses the better candidate: %s',
    async (task) => {
      const input = houses({ task });
      const { report } = await trainModel(input, ports);
      expect(trainingReportSchema.parse(report)).toEqual(report);
      expect(report.candidates.map(({ name }) => name)).toEqual(['linear', 'neural-network']);
      const values = report.candidates.map(({ validation }) => validation);
      const best = report.candidates[values.indexOf(Math.min(...values))]!;
      expect(report.chosen).toBe(best.name);
      expect(report.metric).toBe(task === 'regression' ? 'rmse' : 'log-loss');
      expect(report.rows).toEqual({ train: 300, validation: 100 });
      // area, three districts, garden, noise
      expect(report.inputs).toBe(6);
      expect(report.warnings).toEqual([]);
    },
  );

  test('gives a model that TensorFlow loads and that predicts, in the target’s units, as our predictor does', async () => {
    const { tf } = await loadEngine('cpu', silentLogger);
    for (const task of ['regression', 'binary', 'multiclass'] as const) {
      const input = houses({ task });
      const { modelJson, weights } = await trainedLayers(input);
      const loaded = await tf.loadLayersModel(
        tf.io.fromMemory({
          modelTopology: modelJson.modelTopology,
          weightSpecs: modelJson.weightsManifest[0]!.weights.map((spec) => ({
            ...spec,
            shape: [...spec.shape],
          })),
          weightData: weights.slice().buffer,
        }),
      );
      const runner = compileRecipe(input.recipe);
      const { rows } = input.validation;
      const answer = loaded.predict(tf.tensor2d(runner.applyTable(input.validation), [rows, runner.width]));
      const theirs = Array.isArray(answer) ? [] : answer.dataSync();
      const predicted = createPredictor({ ...input, modelJson, weights }).predictTable(input.validation);
      for (let i = 0; i < rows; i++) {
        if (predicted.task === 'regression') {
          expect(Math.abs(predicted.predicted[i]! / theirs[i]! - 1)).toBeLessThan(1e-5);
          expect(predicted.predicted[i]).toBeGreaterThan(100);
        } else if (predicted.task === 'binary') {
          expect(Math.abs(predicted.probabilities[2 * i + 1]! - theirs[i]!)).toBeLessThan(1e-5);
        } else {
          for (let k = 3 * i; k < 3 * i + 3; k++) {
            expect(Math.abs(predicted.probabilities[k]! - theirs[k]!)).toBeLessThan(1e-5);
          }
        }
      }
    }
  });

  test('predicts a record exactly as the same row of a table', async () => {
    for (const task of ['regression', 'binary', 'multiclass'] as const) {
      const input = houses({ task, candidates: [{ type: 'neural-network', epochs: 3 }] });
      const predictor = predictorOf(input, await trainModel(input, ports));
      const table = predictor.predictTable(input.validation);
      for (let i = 0; i < input.validation.rows; i++) {
        const record = predictor.predictRecord(rowAt(input.validation, i));
        if (table.task === 'regression') {
          expect(record).toEqual({ value: table.predicted[i] });
        } else {
          const width = table.classes.length;
          const probabilities = Object.fromEntries(
            table.classes.map((label, k) => [label, table.probabilities[i * width + k]]),
          );
          expect(record).toEqual({ label: table.classes[table.predicted[i]!], probabilities });
        }
      }
    }
  });

  test('gives the same bytes twice', async () => {
    const [first, second] = [await trainedLayers(houses()), await trainedLayers(houses())];
    expect(sha256(second.weights)).toBe(sha256(first.weights));
    expect(canonicalJson(second.modelJson)).toBe(canonicalJson(first.modelJson));
    expect(canonicalJson(second.report)).toBe(canonicalJson(first.report));
  });

  test('trains a candidate alike whatever stands beside it', async () => {
    const alone = await trainModel(houses({ candidates: [{ type: 'neural-network', epochs: 5 }] }), ports);
    const beside = await trainModel(
      houses({ candidates: [{ type: 'linear' }, { type: 'neural-network', epochs: 5 }] }),
      ports,
    );
    expect(beside.report.candidates[1]).toEqual(alone.report.candidates[0]);
  });

  test('keeps the first of equal candidates and numbers those of one type', async () => {
    const { report } = await trainModel(
      houses({ candidates: [{ type: 'linear' }, { type: 'linear' }] }),
      ports,
    );
    expect(report.candidates.map(({ name }) => name)).toEqual(['linear', 'linear-2']);
    expect(report.chosen).toBe('linear');
  });

  test('leaves no tensor behind', async () => {
    const { tf } = await loadEngine('wasm', silentLogger);
    const before = tf.memory().numTensors;
    await trainModel(houses({ task: 'multiclass', train: { backend: 'wasm' } }), ports);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('says what ran', async () => {
    const { report } = await trainModel(
      houses({ candidates: [{ type: 'linear' }], train: { backend: 'cpu', seed: 3 } }),
      ports,
    );
    expect(report.engine).toMatchObject({ name: 'tensorflow.js', backend: 'cpu', reproducible: false });
    expect(report.seed).toBe(3);
    expect(report.candidates[0]).toMatchObject({
      type: 'linear',
      options: { solver: 'newton', l2: 'auto' },
      parameters: 7,
      stopped: 'epochs',
    });
  });

  test('finds the features that matter, a one-hot group as one', async () => {
    const { report } = await trainModel(houses({ candidates: [{ type: 'linear' }] }), ports);
    expect(report.importance.map(({ feature }) => feature)).toEqual(['area', 'district', 'garden', 'noise']);
    const [area, district, garden, noise] = report.importance;
    expect(area!.mean).toBeGreaterThan(district!.mean);
    expect(garden!.mean).toBeGreaterThan(0);
    expect(Math.abs(noise!.mean)).toBeLessThan(garden!.mean);
    expect(district!.deviation).toBeGreaterThan(0);
  });

  test('counts a derived column under the columns that it is made of', async () => {
    const derived = houses({
      candidates: [{ type: 'linear' }],
      prepare: { exclude: ['area'], derive: { size: 'd => d.area / 10' } },
    });
    const { report } = await trainModel(derived, ports);
    expect(report.importance[0]!.feature).toBe('area');
  });
});

describe('stated outcomes', () => {
  test('a candidate that diverges is a warning while another does not', async () => {
    const entries: LogEntry[] = [];
    const input = houses({ candidates: [diverging, { type: 'linear' }] });
    const { report } = await trainModel(input, { logger: recordingLogger(entries) });
    expect(report.chosen).toBe('linear');
    expect(report.candidates).toHaveLength(1);
    const message = expect.stringContaining(
      'training "wild" diverged in epoch 1 at learning rate 100000000000000000000',
    );
    expect(report.warnings).toEqual([message]);
    expect(entries.filter(({ level }) => level === 'warn').map((entry) => entry.message)).toEqual([message]);
  });

  test('every candidate diverged: an error that names each', async () => {
    const input = houses({ candidates: [diverging, { ...diverging, name: 'wilder' }] });
    await expect(trainModel(input, ports)).rejects.toThrow(/"wild" diverged.*\n.*"wilder" diverged/);
    await expect(trainModel(input, ports)).rejects.toMatchObject({ name: 'ConfigurationError' });
  });

  test('a constant target: a warning, and a model that answers it', async () => {
    const values = new Float64Array(400).fill(42.5);
    const input = houses({ target: { type: 'number', values } });
    const trained = await trainModel(input, ports);
    expect(trained.report.warnings).toEqual([
      'the target "price" is 42.5 in every training row: the model answers that number',
    ]);
    const predicted = predictorOf(input, trained).predictTable(input.validation);
    expect(
      predicted.task === 'regression' && predicted.predicted.every((value) => Math.abs(value - 42.5) < 0.01),
    ).toBe(true);
  });

  test('constant and all-missing columns: what is left is learned, and every prediction is a number', async () => {
    const input = houses({
      candidates: [{ type: 'linear' }, { type: 'linear', name: 'steps', solver: 'adam', epochs: 5 }, network],
      further: [
        ['constant', { type: 'number', values: new Float64Array(400).fill(1e6) }],
        ['empty', { type: 'number', values: new Float64Array(400).fill(Number.NaN) }],
        ['same', { type: 'category', codes: new Int32Array(400), dictionary: ['one'] }],
      ],
    });
    const trained = await trainModel(input, ports);
    expect(trained.report.candidates.map(({ name }) => name)).toEqual(['linear', 'steps', 'neural-network']);
    // The price's deviation is about 150; a quarter of the areas, which make most of it, is missing.
    expect(trained.report.candidates[2]!.validation).toBeLessThan(100);
    const predicted = predictorOf(input, trained).predictTable(input.validation);
    expect(predicted.task === 'regression' && predicted.predicted.every(Number.isFinite)).toBe(true);
  });

  test('one class only: an error', async () => {
    const codes = new Int32Array(400);
    const input = houses({ task: 'binary', target: { type: 'category', codes, dictionary: ['cheap'] } });
    await expect(trainModel(input, ports)).rejects.toThrow(
      'the target "price" is "cheap" in every training row; a classifier needs at least two classes to tell apart',
    );
  });

  test('a class without training rows: a warning', async () => {
    const codes = Int32Array.from({ length: 400 }, (_, i) => i % 2);
    const target = { type: 'category', codes, dictionary: ['cheap', 'medium'] } as const;
    const { report } = await trainModel(
      houses({ task: 'multiclass', target, candidates: [{ type: 'linear' }] }),
      ports,
    );
    expect(report.warnings).toEqual(['no training row has the class "dear": the model cannot learn it']);
  });

  test('no rows in a split: an error that names the split', async () => {
    const input = houses();
    const none = takeRows(input.train, head(0));
    await expect(trainModel({ ...input, train: none }, ports)).rejects.toThrow(
      'the training split has no rows',
    );
    await expect(trainModel({ ...input, validation: none }, ports)).rejects.toThrow(
      'the validation split has no rows, and at least 1 is needed: more rows, or a larger split.validation such as 20%',
    );
  });

  test('no feature left: an error', async () => {
    const input = houses();
    const recipe = { ...input.recipe, features: [] };
    await expect(trainModel({ ...input, recipe }, ports)).rejects.toThrow(
      'train: no feature is left to learn from',
    );
  });

  test('more inputs than rows: a warning, for one row as well', async () => {
    const input = houses();
    for (const rows of [1, 4]) {
      const { report } = await trainModel({ ...input, train: takeRows(input.train, head(rows)) }, ports);
      expect(report.warnings).toContainEqual(
        expect.stringContaining(`more inputs (6) than training rows (${rows})`),
      );
    }
  });

  test('a metric that is undefined on the validation rows: the validation loss decides, with a warning', async () => {
    const codes = Int32Array.from({ length: 400 }, (_, i) => (i < 300 ? i % 2 : 1));
    const target = { type: 'category', codes, dictionary: ['cheap', 'medium'] } as const;
    const input = houses({ task: 'binary', target, validate: { primary: 'roc-auc' } });
    const { report } = await trainModel(input, ports);
    expect(report.metric).toBe('validation loss');
    expect(report.importance).toEqual([]);
    expect(report.warnings[0]).toMatch(
      /^roc-auc is undefined on the validation rows \(.+\): the validation loss chose the model$/,
    );
  });
});

describe('boosted trees', () => {
  const trees = (options: Record<string, unknown> = {}) => ({ type: 'boosted-trees', ...options }) as const;

  test.each(['regression', 'binary', 'multiclass'] as const)(
    'stand beside the other candidates: %s',
    async (task) => {
      const { report, versions } = await trainModel(
        houses({ task, candidates: [{ type: 'linear' }, trees()] }),
        ports,
      );
      expect(trainingReportSchema.parse(report)).toEqual(report);
      const [, candidate] = report.candidates;
      expect(candidate).toMatchObject({ name: 'boosted-trees', type: 'boosted-trees' });
      expect(candidate!.history).toHaveLength(candidate!.epochs);
      expect(candidate!.stopped).toBe('patience');
      // Far better than knowing nothing: the target's deviation, in which losses are told, or even odds.
      const first = candidate!.history[0]!;
      expect(candidate!.history[candidate!.bestEpoch - 1]!.validationLoss).toBeLessThan(
        first.validationLoss / 2,
      );
      expect(Object.keys(versions)).toEqual(['boosted-trees', 'ciclo']);
    },
  );

  test('alone need no TensorFlow, read missing values and categories as they are, and give the same bytes twice', async () => {
    const input = houses({ candidates: [trees({ 'row-share': '70%', 'column-share': 0.5 })] });
    const [first, second] = [await trainModel(input, ports), await trainModel(input, ports)];
    expect(first.report.engine).toEqual({
      ...{ name: 'boosted-trees', version: '1', backend: 'javascript', reproducible: true },
    });
    expect(first.versions).toEqual({ 'boosted-trees': '1' });
    // area, district, garden, noise
    expect(first.report.inputs).toBe(4);
    if (!('treesBin' in first && 'treesBin' in second)) throw new TypeError('the model is not of trees');
    expect(sha256(second.treesBin)).toBe(sha256(first.treesBin));
    expect(canonicalJson(second.report)).toBe(canonicalJson(first.report));
    expect(first.report.importance[0]!.feature).toBe('area');
  });

  test.each([
    ['kernel', 'ciclo', process.arch === 'x64'],
    ['cpu', 'tensorflow.js', false],
  ] as const)(
    'beside the backend %s: the report names what made the chosen model',
    async (backend, name, reproducible) => {
      const worse = { rounds: 1, 'learning-rate': 0.01 };
      const weak = {
        type: 'neural-network',
        layers: [1],
        seeds: 1,
        epochs: 1,
        'learning-rate': 1e-6,
      } as const;
      const ofTrees = await trainModel(houses({ candidates: [weak, trees()], train: { backend } }), ports);
      expect(ofTrees.report.chosen).toBe('boosted-trees');
      // The choice repeats where all candidates do.
      expect(ofTrees.report.engine).toEqual({
        ...{ name: 'boosted-trees', version: '1', backend: 'javascript', reproducible },
      });
      const dense = await trainModel(
        houses({ candidates: [{ type: 'linear' }, trees(worse)], train: { backend } }),
        ports,
      );
      expect(dense.report.chosen).toBe('linear');
      expect(dense.report.engine).toMatchObject({ name, backend, reproducible });
      for (const { versions } of [ofTrees, dense]) {
        expect(Object.keys(versions)).toEqual(['boosted-trees', name]);
      }
      expect(trainingReportSchema.parse(dense.report)).toEqual(dense.report);
    },
  );

  test('predict a record exactly as the same row of a table', async () => {
    for (const task of ['regression', 'binary', 'multiclass'] as const) {
      const input = houses({ task, candidates: [trees({ rounds: 20 })] });
      const predictor = predictorOf(input, await trainModel(input, ports));
      const table = predictor.predictTable(input.validation);
      for (let i = 0; i < input.validation.rows; i++) {
        const record = predictor.predictRecord(rowAt(input.validation, i));
        if (table.task === 'regression') expect(record).toEqual({ value: table.predicted[i] });
        else {
          const width = table.classes.length;
          const entries = table.classes.map((label, k) => [label, table.probabilities[i * width + k]]);
          const probabilities = Object.fromEntries(entries);
          expect(record).toEqual({ label: table.classes[table.predicted[i]!], probabilities });
          const sum = entries.reduce((total, [, chance]) => total + Number(chance), 0);
          expect(sum).toBeCloseTo(1, 12);
        }
      }
    }
  });

  test('show each round', async () => {
    const log: LogEntry[] = [];
    const input = houses({ candidates: [trees({ rounds: 3 })] });
    await trainModel(input, { logger: recordingLogger(log) });
    const shown = log.filter(({ level }) => level === 'progress').map(({ message }) => message);
    expect(shown).toHaveLength(3);
    expect(shown[2]).toMatch(/^train boosted-trees 3\/3 loss \S+ {2}validation loss \S+$/);
  });

  test('lean to the class that weighs more', async () => {
    const shareOf = async (weights: Record<string, number> | 'none') => {
      const input = houses({ task: 'binary', candidates: [trees({ 'class-weights': weights, rounds: 5 })] });
      const predicted = predictorOf(input, await trainModel(input, ports)).predictTable(input.validation);
      if (predicted.task === 'regression') throw new TypeError('houses are classes here');
      return predicted.predicted.reduce((sum, code) => sum + code, 0) / input.validation.rows;
    };
    expect(await shareOf({ cheap: 20 })).toBeLessThan(await shareOf('none'));
  });

  test('answer the only number of a constant target', async () => {
    const target = { type: 'number', values: new Float64Array(400).fill(42.5) } as const;
    const input = houses({ target, candidates: [trees()] });
    const trained = await trainModel(input, ports);
    expect(trained.report.candidates[0]!.stopped).toBe('converged');
    const predicted = predictorOf(input, trained).predictTable(input.validation);
    expect(predicted.task === 'regression' && predicted.predicted.every((value) => value === 42.5)).toBe(
      true,
    );
  });

  test('learn from more columns than rows, with empty, constant and never repeating ones among them', async () => {
    const input = houses({ rows: 120, candidates: [trees({ 'min-rows': 5 })] });
    const random = createRandom(2);
    const extra: [string, Column][] = Array.from({ length: 200 }, (_, i) => [
      `noise ${i}`,
      { type: 'number', values: Float64Array.from({ length: 120 }, () => random.normal()) },
    ]);
    const unique = Array.from({ length: 120 }, (_, i) => `row ${i}`);
    extra.push(
      ['empty', { type: 'number', values: new Float64Array(120).fill(Number.NaN) }],
      ['constant', { type: 'number', values: new Float64Array(120).fill(7) }],
      ['no category', { type: 'category', codes: new Int32Array(120).fill(-1), dictionary: [] }],
      ['unique', { type: 'category', codes: Int32Array.from(unique.keys()), dictionary: unique }],
    );
    const added = (table: Table, from: number): Table => {
      const rows = Uint32Array.from({ length: table.rows }, (_, i) => from + i);
      return tableOf([...table.columns, ...takeRows(tableOf(extra), rows).columns]);
    };
    const columns: ColumnSchema[] = extra.map(([name, { type }]) => ({
      name,
      type,
      role: 'feature',
      nullable: true,
    }));
    const schema = { ...input.schema, columns: [...input.schema.columns, ...columns] };
    const [train, validation] = [added(input.train, 0), added(input.validation, input.train.rows)];
    const wide = { ...input, schema, train, validation, recipe: fitRecipe(train, schema, input.config) };
    const { report } = await trainModel(wide, ports);
    expect(report.inputs).toBe(208);
    expect(report.warnings).toContainEqual(
      expect.stringMatching(/^more inputs \(\d+\) than training rows \(90\)/),
    );
    const { history, bestEpoch } = report.candidates[0]!;
    expect(history[bestEpoch - 1]!.validationLoss).toBeLessThan(0.5);
    const [first] = report.importance;
    expect(first!.feature).toBe('area');
    // None of its values comes back: it has no bin of its own, and says nothing.
    expect(report.importance.find(({ feature }) => feature === 'unique')!.mean).toBe(0);
  });
});
