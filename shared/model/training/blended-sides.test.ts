import { describe, expect, test } from 'vitest';
import type { Column } from '../../dataset/table/table.ts';
import { type LogEntry, recordingLogger, silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { isDirect } from '../predictor/model-bundle.ts';
import { createPredictor } from '../predictor/predictor.ts';
import { type CandidateInput, type HousesOptions, houses } from '../testing/model-builders.ts';
import type { TrainModelInput } from './data/training-input.ts';
import { innerFoldsOf } from './folds/inner-folds.ts';
import { trainModel } from './train-model.ts';

const ports = { logger: silentLogger };
const linear: CandidateInput = { type: 'linear' };
const trees: CandidateInput = { type: 'boosted-trees', rounds: 40, patience: 5, 'learning-rate': 0.3 };
const train = { blend: true, importance: 'off' } as const;

const sides = (options: HousesOptions = {}): TrainModelInput =>
  houses({ candidates: [linear, trees], ...options, train: { ...train, ...options.train } });

/** As a ciclo.yml without train.candidates has it. */
function withoutCandidates(input: TrainModelInput): TrainModelInput {
  const { candidates: _, ...rest } = input.config.train;
  return { ...input, config: { ...input.config, train: rest } };
}

function folded(input: TrainModelInput) {
  const found = innerFoldsOf(input);
  if ('reason' in found) throw new TypeError(found.reason);
  return found;
}

describe('a blend of rows with sides', () => {
  test.each(['regression', 'binary', 'multiclass'] as const)(
    'is found in inner folds of the training and validation rows: %s',
    async (task) => {
      const input = sides({ task });
      const trained = await trainModel(input, ports);
      const { report } = trained;
      expect(report).toMatchObject({ chosen: 'blend', rows: { train: 400, validation: 400 } });
      expect(report.folds!.reduce((sum, { rows }) => sum + rows.predicted, 0)).toBe(400);
      expect(report.blend!.models).toBe('of-folds');
      const { schema, recipe } = input;
      const model = { schema, recipe, ...trained };
      if (!isDirect(model)) throw new TypeError('another engine trained it');
      expect(createPredictor(model).predictTable(input.validation).predicted).toHaveLength(100);
    },
  );

  test('is the same to the bit twice', async () => {
    expect(await trainModel(sides(), ports)).toEqual(await trainModel(sides(), ports));
  });

  test('keeps groups whole, and rows in their folds by their ids', () => {
    const owner: Column = {
      ...{ type: 'category', dictionary: Array.from({ length: 40 }, (_, at) => `owner ${at}`) },
      codes: Int32Array.from({ length: 400 }, (_, row) => (row * 7) % 40),
    };
    const input = sides({ further: [['owner', owner]] });
    const ids = BigUint64Array.from({ length: 400 }, (_, row) => BigInt(row * row + 17) << 32n);
    const { rows } = folded({ ...input, division: { ids, group: 'owner' } });
    const ofOwner = new Map<number, Set<number>>();
    for (const [row, code] of owner.codes.entries()) {
      ofOwner.set(code, (ofOwner.get(code) ?? new Set()).add(rows.folds[row]!));
    }
    expect([...ofOwner.values()].every((folds) => folds.size === 1)).toBe(true);
    expect(new Set(rows.folds).size).toBe(5);
    const byId = folded({ ...input, division: { ids } }).rows.folds;
    expect(folded({ ...input, division: { ids } }).rows.folds).toEqual(byId);
    expect(byId).not.toEqual(rows.folds);
  });

  test('has its share of every class in each fold', () => {
    const { rows } = folded(sides({ task: 'multiclass' }));
    const target = rows.table.columns.get('price');
    if (target?.type !== 'category') throw new TypeError('no classes');
    for (const code of [0, 1, 2]) {
      const shares = [0, 1, 2, 3, 4].map(
        (fold) => rows.folds.filter((own, row) => own === fold && target.codes[row] === code).length,
      );
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }
  });

  test('has rows of equal keys in one fold: the upper half of their ids is the key’s hash', () => {
    const ids = BigUint64Array.from({ length: 400 }, (_, row) => (BigInt(row >> 1) << 32n) + BigInt(row));
    const { folds } = folded({ ...sides(), division: { ids } }).rows;
    expect(folds.filter((_, row) => row % 2 === 0)).toEqual(folds.filter((_, row) => row % 2 === 1));
  });

  test('by time learns nothing from what is newer than the rows that judge it', () => {
    const day: Column = { type: 'number', values: Float64Array.from({ length: 400 }, (_, row) => row) };
    const input = sides({ further: [['day', day]] });
    const ids = BigUint64Array.from({ length: 400 }, (_, row) => BigInt(row) << 32n);
    const { rows, times } = folded({ ...input, division: { ids, time: 'day' } });
    expect([...times!]).toEqual([...day.values]);
    // The older half only trains; the folds follow one another.
    expect([...rows.folds.slice(0, 200)]).toEqual(Array(200).fill(255));
    expect([...rows.folds.slice(200)]).toEqual([...rows.folds.slice(200)].toSorted());
  });

  test('of 20,000 rows and more is found on the validation rows, and trained once more on all', async () => {
    const few = [linear, { ...trees, rounds: 5, leaves: 4 }];
    const { report } = await trainModel(sides({ rows: 20_000, candidates: few }), ports);
    expect(report.rows).toEqual({ train: 20_000, validation: 5000 });
    expect(report.folds).toBeUndefined();
    expect(report.blend!.models).toBe('refitted');
    expect(
      report.blend!.parts.filter(({ weight }) => weight > 0).map(({ members }) => members),
    ).not.toContain(5);
  });

  test('is not made where no folds are possible: the best candidate is kept, and why is said', async () => {
    const codes = Int32Array.from({ length: 400 }, (_, row) => (row === 3 ? 1 : 0));
    const target: Column = { type: 'category', codes, dictionary: ['medium', 'cheap'] };
    const { report } = await trainModel(sides({ task: 'binary', target }), ports);
    expect(report.chosen).not.toBe('blend');
    expect(report.warnings[0]).toMatch(
      /^no blend: the rows cannot be divided into folds \(.*would see no row of cheap\), so the best candidate/,
    );
  });
});

describe('the portfolio', () => {
  const quick = async (input: TrainModelInput, log: LogEntry[] = []) =>
    (await trainModel(withoutCandidates(input), { logger: recordingLogger(log) })).report;

  test('is a linear model, trees and a network, and of what is never negative each of its logarithm', async () => {
    const report = await quick(sides({ rows: 160 }));
    expect(report.candidates.map(({ name }) => name)).toEqual([
      ...['linear', 'boosted-trees', 'neural-network'],
      ...['linear-log', 'boosted-trees-log', 'neural-network-log'],
    ]);
    expect(report.note).toBeUndefined();
  });

  test('has no logarithm of a target that is negative somewhere, nor of classes', async () => {
    const random = createRandom('temperatures');
    const target: Column = {
      type: 'number',
      values: Float64Array.from({ length: 160 }, () => 10 * random.normal()),
    };
    const names = ['linear', 'boosted-trees', 'neural-network'];
    for (const options of [
      { rows: 160, target },
      { rows: 160, task: 'binary' as const },
    ]) {
      const { candidates } = await quick(sides(options));
      expect(candidates.map(({ name }) => name)).toEqual(names);
    }
  });
});

describe('where no blend is made', () => {
  test('train.blend: false picks the best, and says in one line what the blend would reach', async () => {
    const log: LogEntry[] = [];
    const input = sides({ train: { blend: false } });
    const { report } = await trainModel(input, { logger: recordingLogger(log) });
    expect(report.blend).toBeUndefined();
    expect(report.note).toMatch(
      /^train\.blend is false: .+ was picked, rmse .+, where the blend of the candidates would reach \d/,
    );
    expect(log).toContainEqual(expect.objectContaining({ level: 'info', message: report.note }));
  });

  test('one candidate stays one simple model, and how the default would be had is said in one line', async () => {
    const { report, ...trained } = await trainModel(sides({ candidates: [linear] }), ports);
    expect(report).toMatchObject({ chosen: 'linear', engine: { name: 'ciclo' } });
    expect(trained).toHaveProperty('modelJson');
    expect(report.note).toMatch(/^one simple model, as train\.candidates declares it: without that key/);
  });
});
