import { describe, expect, test } from 'vitest';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { onlyTrains } from '../../dataset/split/fold-plan.ts';
import type { Column } from '../../dataset/table/table.ts';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import type { EnsemblePart } from '../predictor/ensemble-model.ts';
import { isDirect, type ModelBundle } from '../predictor/model-bundle.ts';
import type { PredictedColumns } from '../predictor/predictions.ts';
import { createPredictor } from '../predictor/predictor.ts';
import { trainingReportSchema } from '../report/training-report.ts';
import { foldedHouses } from '../testing/folded-houses.ts';
import type { CandidateInput, HousesOptions } from '../testing/model-builders.ts';
import { chooseOutOfFold } from './folds/fold-choice.ts';
import { blendContender, blendedColumns } from './folds/fold-contenders.ts';
import { type TrainedFolds, trainFolds } from './train-folds.ts';

const ports = { logger: silentLogger };
const linear: CandidateInput = { type: 'linear' };
const trees: CandidateInput = { type: 'boosted-trees', rounds: 40, patience: 5, 'learning-rate': 0.3 };
const network: CandidateInput = { type: 'neural-network', layers: [8], epochs: 12 };
const train = { blend: true, importance: 'off' } as const;

function blendedHouses(options: HousesOptions = {}, folds?: (row: number) => number) {
  const all = { rows: 240, candidates: [linear, trees, network], ...options };
  return foldedHouses({ ...all, train: { ...train, ...options.train } }, folds ? { folds } : {});
}

function partsOf(trained: TrainedFolds): readonly EnsemblePart[] {
  if (!('parts' in trained)) throw new TypeError('the model is no blend');
  return trained.parts;
}

/** A regression's predictions, or every class's probability. */
function answersOf(
  model: ModelBundle,
  table: Parameters<ReturnType<typeof createPredictor>['predictTable']>[0],
) {
  if (!isDirect(model)) throw new TypeError('another engine trained it');
  const predicted = createPredictor(model).predictTable(table);
  return predicted.task === 'regression' ? predicted.predicted : predicted.probabilities;
}

const numbers = (values: readonly number[]): PredictedColumns => ({
  task: 'regression',
  predicted: Float64Array.from(values),
});

describe('a blend in folds', () => {
  test.each(['regression', 'binary', 'multiclass'] as const)(
    'is the weighted mean of its parts, each the mean of its models of all folds: %s',
    async (task) => {
      const input = blendedHouses({ task });
      const trained = await trainFolds(input, ports);
      const { report } = trained;
      expect(trainingReportSchema.parse(report)).toEqual(report);
      expect(report).toMatchObject({ chosen: 'blend', engine: { name: 'ensemble', reproducible: true } });
      expect(trained.versions).toHaveProperty('ensemble');
      expect(report.blend!.models).toBe('of-folds');
      const weights = report.blend!.parts.map(({ weight }) => weight);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
      const { schema, recipe } = input;
      const { table } = input.rows;
      const expected = new Float64Array(answersOf({ schema, recipe, ...trained }, table).length);
      for (const { weight, members } of partsOf(trained)) {
        expect(members).toHaveLength(5);
        for (const { engine, recipe: own } of members) {
          // Each reads rows by the recipe of the rows that it learned from.
          const answers = answersOf({ schema, recipe: own!, ...engine }, table);
          for (const [at, answer] of answers.entries()) expected[at]! += (weight * answer) / members.length;
        }
      }
      const found = answersOf({ schema, recipe, ...trained }, table);
      for (const [at, value] of found.entries()) expect(value / expected[at]!).toBeCloseTo(1, 5);
    },
  );

  test('scores at least what its best part does, where the parts err apart', async () => {
    const { report } = await trainFolds(blendedHouses({ rows: 400 }), ports);
    const { score, parts } = report.blend!;
    expect(report.candidates.map(({ name, validation }) => [name, validation])).toEqual(
      parts.map((part) => [part.name, part.score]),
    );
    expect(score).toBeLessThan(Math.min(...parts.map((part) => part.score)) * 1.02);
  });

  test('finds no sense in noise: a part that has learned its rows by heart is of no use for others', async () => {
    const random = createRandom('noise');
    const target: Column = {
      type: 'number',
      values: Float64Array.from({ length: 400 }, () => random.normal()),
    };
    const byHeart = {
      type: 'boosted-trees',
      name: 'by heart',
      'min-rows': 5,
      rounds: 200,
      patience: 200,
    } as const;
    const input = blendedHouses({
      rows: 400,
      target,
      candidates: [linear, byHeart],
      validate: { primary: 'r2' },
    });
    const { outOfFold, report, foldTraining } = await trainFolds(input, ports);
    const { predictions } = outOfFold;
    const meanSquare = (actual: Float64Array, predicted: Float64Array): number =>
      actual.reduce((sum, value, row) => sum + (value - predicted[row]!) ** 2, 0) / actual.length;
    if (predictions.task !== 'regression' || foldTraining?.predictions.task !== 'regression')
      throw new TypeError();
    const mean = predictions.actual.reduce((sum, value) => sum + value, 0) / predictions.actual.length;
    const variance = meanSquare(
      predictions.actual,
      predictions.actual.map(() => mean),
    );
    expect(meanSquare(predictions.actual, predictions.predicted)).toBeGreaterThan(variance * 0.99);
    expect(report.blend!.score).toBeLessThan(0.01);
  });

  test('does not look better than it is by weights that have seen the rows', () => {
    const [rows, count, parts, repeats] = [60, 5, 20, 60];
    const folds = Uint8Array.from({ length: rows }, (_, row) => row % count);
    const random = createRandom('blended noise');
    const noise = () => Array.from({ length: rows }, () => random.normal());
    const schema: DatasetSchema = { version: 1, task: 'regression', target: 'y', key: ['id'], columns: [] };
    let honest = 0;
    let told = 0;
    let bySelf = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const values = noise();
      const targets = { kind: 'numbers', values: Float64Array.from(values) } as const;
      const own = Array.from({ length: parts }, () => numbers(noise()));
      const blend = blendContender(own, { schema, targets, folds });
      const question = { schema, targets, folds, count, metric: 'rmse', declared: undefined } as const;
      const { deployed, byFold } = chooseOutOfFold([blend], question);
      told += deployed.scores[0]! ** 2 / repeats;
      const square = (weights: (row: number) => readonly number[]): number =>
        values.reduce((sum, value, row) => {
          const said = own.reduce(
            (total, one, part) =>
              total + weights(row)[part]! * (one.task === 'regression' ? one.predicted[row]! : Number.NaN),
            0,
          );
          return sum + (said - value) ** 2 / rows;
        }, 0);
      honest += square((row) => byFold[folds[row]!]!.weights!) / repeats;
      bySelf += square(() => deployed.weights!) / repeats;
    }
    // Nothing predicts noise of variance 1; weights that have seen the rows seem to.
    expect(honest).toBeGreaterThan(1.03);
    expect(told).toBeCloseTo(honest, 9);
    expect(bySelf).toBeLessThan(honest - 0.1);
  });

  test('stores for each row what the blend of its fold said, by weights of the other folds', async () => {
    const input = blendedHouses({ candidates: [linear, trees] });
    const blend = await trainFolds(input, ports);
    const alone = await Promise.all(
      [linear, trees].map((one) => trainFolds(blendedHouses({ candidates: [one] }), ports)),
    );
    const { predictions, folds } = blend.outOfFold;
    const parts = alone.map(({ outOfFold }) => numbers([...outOfFold.predictions.predicted]));
    const { schema } = input;
    const targets = { kind: 'numbers', values: Float64Array.from(predictions.actual) } as const;
    const contender = blendContender(parts, { schema, targets, folds });
    for (let fold = 0; fold < 5; fold++) {
      const { weights } = contender.among(
        Uint32Array.from(folds.keys()).filter((row) => folds[row] !== fold),
      );
      const said = blendedColumns(parts, weights!, schema);
      for (const [row, own] of folds.entries()) {
        if (own === fold) expect(predictions.predicted[row]).toBe(said.predicted[row]);
      }
    }
  });

  test('is the same to the bit twice, and whichever of two parts is declared first', async () => {
    const first = await trainFolds(blendedHouses({ candidates: [linear, trees] }), ports);
    expect(await trainFolds(blendedHouses({ candidates: [linear, trees] }), ports)).toEqual(first);
    const turned = await trainFolds(blendedHouses({ candidates: [trees, linear] }), ports);
    expect(turned.outOfFold).toEqual(first.outOfFold);
    const byName = ({ report }: TrainedFolds) =>
      new Map(report.blend!.parts.map((part) => [part.name, part]));
    expect(byName(turned)).toEqual(byName(first));
  });

  test('of 2,000 rows and more has each part trained once on all, trees for a tenth more rounds', async () => {
    const input = blendedHouses({ rows: 2800, candidates: [linear, trees] });
    const trained = await trainFolds(input, ports);
    const [ofTrees] = partsOf(trained).filter(({ type }) => type === 'boosted-trees');
    const { report: alone } = await trainFolds(
      foldedHouses({ rows: 2800, candidates: [trees], train: { importance: 'off' } }),
      ports,
    );
    const best = alone.folds!.map(({ bestEpoch }) => bestEpoch!);
    const mean = best.reduce((sum, rounds) => sum + rounds, 0) / 5;
    expect(trained.report.blend!.models).toBe('refitted');
    expect(ofTrees!.members).toHaveLength(1);
    expect(ofTrees!.members[0]).toMatchObject({ engine: { trees: { trees: Math.round(1.1 * mean) } } });
    expect(ofTrees!.members[0]).not.toHaveProperty('recipe');
  });

  test('has no part trained on all rows for more rounds than were asked for', async () => {
    const few: CandidateInput = { ...trees, rounds: 12 };
    const { report } = await trainFolds(blendedHouses({ rows: 2800, candidates: [linear, few] }), ports);
    const [, ofTrees] = report.candidates;
    expect(ofTrees!.bestEpoch).toBe(12);
    expect(ofTrees!.refitted).toBe(12);
  });

  test('whose rows count by class lets its parts compete: another loss is lowered than is measured', async () => {
    const balanced = [linear, trees].map((one) => ({ ...one, 'class-weights': 'balanced' }));
    const of = async (candidates: readonly CandidateInput[]) => {
      const input = blendedHouses({ task: 'binary', candidates, validate: { primary: 'log-loss' } });
      const { report } = await trainFolds(input, ports);
      const best = Math.min(...report.candidates.map(({ validation }) => validation));
      return { best, chosen: report.chosen, score: report.blend?.score ?? best };
    };
    const weighed = await of(balanced);
    expect(weighed.score).toBeLessThanOrEqual(weighed.best);
    expect((await of([linear, trees])).chosen).toBe('blend');
  });

  test('by time has each part trained on all rows, the newest among them', async () => {
    const input = blendedHouses({ rows: 240, candidates: [linear, trees] }, (row) =>
      row < 90 ? onlyTrains : Math.floor((row - 90) / 18),
    );
    const times = Float64Array.from({ length: 180 }, (_, row) => row);
    const { report } = await trainFolds({ ...input, times }, ports);
    expect(report.blend!.models).toBe('refitted');
    expect(report.rows).toEqual({ train: 180, validation: 90 });
  });

  test('has a threshold that is chosen by what the blend says', async () => {
    const input = blendedHouses({
      task: 'binary',
      validate: { decision: { costs: { missed: 8, 'false-alarm': 1 } } },
    });
    const schema = { ...input.schema, positive: 'medium' };
    const { report, outOfFold, threshold } = await trainFolds({ ...input, schema }, ports);
    expect(threshold).toBe(report.decision!.threshold);
    const { predictions, folds } = outOfFold;
    if (predictions.task === 'regression') throw new TypeError('classes were expected');
    for (const [row, fold] of folds.entries()) {
      const chance = predictions.probabilities![2 * row + 1]!;
      expect(predictions.predicted[row]).toBe(Number(chance > report.folds![fold]!.threshold!));
    }
  });

  test('measures the importance of the blend, each feature once', async () => {
    const input = blendedHouses({ train: { importance: { repeats: 2 } } });
    const { importance } = (await trainFolds(input, ports)).report;
    expect(importance.map(({ feature }) => feature).toSorted()).toEqual([
      'area',
      'district',
      'garden',
      'noise',
    ]);
    expect(importance[0]!.feature).toBe('area');
  });
});

describe('a part of the target’s logarithm', () => {
  const random = createRandom('growth');
  const growing = (shift = 0): Column => ({
    type: 'number',
    values: Float64Array.from(
      { length: 240 },
      (_, row) => Math.exp(1 + (row % 40) / 8 + 0.2 * random.normal()) - shift,
    ),
  });
  const row = (length: number): readonly [string, Column] => [
    'step',
    { type: 'number', values: Float64Array.from({ length }, (_, at) => at % 40) },
  ];
  const options = {
    candidates: [linear, { type: 'linear', name: 'log', target: 'log1p' }] as const,
    further: [row(240)],
  };
  test('follows what grows by shares, never below 0 nor above three times the largest target', async () => {
    const target = growing();
    const input = blendedHouses({ ...options, target });
    const { report, ...trained } = await trainFolds(input, ports);
    const [raw, logged] = report.blend!.parts;
    expect(logged).toMatchObject({ name: 'log', target: 'log1p' });
    expect(logged!.score).toBeLessThan(raw!.score / 2);
    expect(logged!.weight).toBeGreaterThan(0.5);
    const { parts } = trained as unknown as { parts: readonly EnsemblePart[] };
    const learned = (target as { values: Float64Array }).values.slice(0, 180);
    expect(parts.find(({ name }) => name === 'log')!.target).toEqual({
      type: 'log1p',
      cap: 3 * Math.max(...learned),
    });
  });

  test('of a target that is negative is refused, with the value', async () => {
    const target = growing(10);
    const input = blendedHouses({ ...options, target });
    // The last quarter of the rows is kept apart.
    const [least] = (target as { values: Float64Array }).values.slice(0, 180).toSorted();
    await expect(trainFolds(input, ports)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message: expect.stringContaining(
        `train.candidates: "log" has target: log1p, and "price" reaches ${least}: `,
      ),
    });
  });
});
