import { describe, expect, test } from 'vitest';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import { rowAt, takeRows } from '../../dataset/table/table.ts';
import { sha256 } from '../../platform/digest.ts';
import { canonicalJson } from '../../platform/json.ts';
import { type LogEntry, recordingLogger, silentLogger } from '../../platform/logger.ts';
import { loadEngine } from '../engine/engine.ts';
import { createPredictor } from '../predictor/predictor.ts';
import { trainingReportSchema } from '../report/training-report.ts';
import { houses } from '../testing/model-builders.ts';
import { trainModel } from './train-model.ts';

const ports = { logger: silentLogger };
const head = (rows: number) => Uint32Array.from({ length: rows }, (_, i) => i);
const network = { type: 'neural-network', layers: [16], epochs: 30, 'batch-norm': true } as const;
const diverging = {
  type: 'neural-network',
  name: 'wild',
  'learning-rate': 1e20,
  'learning-rate-schedule': 'constant',
} as const;

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
      const { modelJson, weights } = await trainModel(input, ports);
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
      const predictor = createPredictor({ ...input, ...(await trainModel(input, ports)) });
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
    const [first, second] = [await trainModel(houses(), ports), await trainModel(houses(), ports)];
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
    await trainModel(houses({ task: 'multiclass' }), ports);
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
      options: { solver: 'newton' },
      parameters: 7,
      stopped: 'converged',
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
    const predicted = createPredictor({ ...input, ...trained }).predictTable(input.validation);
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
    const predicted = createPredictor({ ...input, ...trained }).predictTable(input.validation);
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
