import { describe, expect, test } from 'vitest';
import { fitRecipe } from '../../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../../dataset/recipe/recipe-runner.ts';
import { foldByTime, foldEdges } from '../../../dataset/split/fold-plan.ts';
import type { Column } from '../../../dataset/table/table.ts';
import { silentLogger } from '../../../platform/logger.ts';
import { createRandom } from '../../../platform/random.ts';
import { createPredictor } from '../../predictor/predictor.ts';
import { trainingReportSchema } from '../../report/training-report.ts';
import { withTable } from '../../testing/folded-houses.ts';
import { type CandidateInput, type HousesOptions, houses } from '../../testing/model-builders.ts';
import { trainFolds } from '../train-folds.ts';
import { trainModel } from '../train-model.ts';
import type { TrainFoldsInput } from './fold-data.ts';

const ports = { logger: silentLogger };
const days = 900;
const hour = 3_600_000;
const linear: CandidateInput = { type: 'linear' };
const trees: CandidateInput = { type: 'boosted-trees', rounds: 60, patience: 10, 'learning-rate': 0.2 };

const numbers = (of: (row: number) => number, rows = days): Column => ({
  type: 'number',
  values: Float64Array.from({ length: rows }, (_, row) => of(row)),
});

/** A target that follows a season of 200 rows, and what tells the season with an error; the day tells it without one, in the past. */
function seasonal(rows = days) {
  const random = createRandom('season');
  const season = (row: number) => 20 * Math.sin((2 * Math.PI * row) / 200);
  const errors = Array.from({ length: rows }, () => random.normal());
  return {
    target: numbers((row) => 100 + season(row) + 0.5 * errors[row]!, rows),
    warmth: numbers((row) => season(row) + 3 * random.normal(), rows),
  };
}

function byTime(options: HousesOptions): TrainFoldsInput {
  const made = houses({ rows: days / 0.75, candidates: [linear, trees], ...options });
  const { schema, recipe, config, train: table } = made;
  const times = Float64Array.from({ length: table.rows }, (_, row) => row * 24 * hour);
  const rows = {
    table,
    ids: BigUint64Array.from({ length: table.rows }, (_, row) => BigInt(row)),
    folds: foldByTime(times, foldEdges(times, 3)),
  };
  return { schema, recipe, rows, count: 3, times, config };
}

/** Rows by time with a column that counts the days, and one that counts them down in dates. */
function inSeason(train: HousesOptions['train'] = {}, candidates?: readonly CandidateInput[]) {
  const rows = days / 0.75;
  const { target, warmth } = seasonal(rows);
  return byTime({
    target,
    further: [
      ['warmth', warmth],
      ['day', numbers((row) => 5 + row / 2, rows)],
      ['stamp', { type: 'date', values: Float64Array.from({ length: rows }, (_, row) => row * 24 * hour) }],
    ],
    train: { blend: true, importance: 'off', ...train },
    ...(candidates ? { candidates } : {}),
  });
}

const rmse = (trained: Awaited<ReturnType<typeof trainFolds>>) => trained.report.blend!.score;

describe('columns that grow with the time', () => {
  test('are left out of every part where later rows are predicted better without them', async () => {
    const input = inSeason();
    const trained = await trainFolds(input, ports);
    const { report } = trained;
    expect(trainingReportSchema.parse(report)).toEqual(report);
    expect(report.trend).toMatchObject({ columns: ['day', 'stamp'], leftOut: true });
    expect(report.trend!.loss!.without).toBeLessThan(report.trend!.loss!.with);
    expect(report.warnings.join()).toMatch(/day, stamp grow with the time.*train\.trend-columns: keep/);
    if (!('parts' in trained)) throw new TypeError('the model is no blend');
    for (const { members } of trained.parts) {
      for (const { recipe } of members) {
        const read = recipe!.features.map((one) => (one.kind === 'date' ? one.parts : one.column));
        expect(read).not.toContain('day');
        // What comes back every year stays.
        expect(read).toContainEqual([{ part: 'month' }, { part: 'weekday' }]);
      }
    }
  });

  test('cost what they promise not to: models with them err more on rows to come', async () => {
    const [auto, kept] = [
      await trainFolds(inSeason(), ports),
      await trainFolds(inSeason({ 'trend-columns': 'keep' }), ports),
    ];
    expect(kept.report.trend).toBeUndefined();
    expect(rmse(auto)).toBeLessThan(0.9 * rmse(kept));
  });

  test('stay where the target follows the time', async () => {
    const random = createRandom('trend');
    const rows = days / 0.75;
    const input = byTime({
      target: numbers((row) => 50 + row / 10 + random.normal(), rows),
      further: [['day', numbers((row) => row, rows)]],
      train: { blend: true, importance: 'off' },
    });
    const { report } = await trainFolds(input, ports);
    expect(report.trend).toMatchObject({ columns: ['day'], leftOut: false });
    expect(report.warnings.join()).not.toMatch(/grow/);
  });

  test('are what later values say: a column that falls is one, one that starts again is none', async () => {
    const rows = days / 0.75;
    const { target, warmth } = seasonal(rows);
    const input = byTime({
      target,
      further: [
        ['warmth', warmth],
        ['left', numbers((row) => 9000 - row, rows)],
        ['of month', numbers((row) => row % 30, rows)],
      ],
      train: { blend: true, importance: 'off' },
    });
    expect((await trainFolds(input, ports)).report.trend!.columns).toEqual(['left']);
  });

  test('are not looked for where rows are not divided by time, or one linear model is declared', async () => {
    const { times: _, ...mixed } = inSeason();
    const shuffled = { ...mixed, rows: { ...mixed.rows, folds: mixed.rows.folds.map((_, row) => row % 3) } };
    expect((await trainFolds(shuffled, ports)).report.trend).toBeUndefined();
    expect((await trainFolds(inSeason({}, [linear]), ports)).report.trend).toBeUndefined();
  });

  test('are left out without a trial where that is asked for, of one model alone too, which keeps its own recipe', async () => {
    const input = inSeason({ 'trend-columns': 'leave-out' }, [trees]);
    const trained = await trainFolds(input, ports);
    expect(trained.report.trend).toEqual({ columns: ['day', 'stamp'], leftOut: true });
    expect(trained.report.engine.name).toBe('ensemble');
    expect(trained.versions).toHaveProperty('ensemble');
    if (!('parts' in trained)) throw new TypeError('a recipe of its own makes it a part');
    const { schema, recipe } = input;
    const predictor = createPredictor({ schema, recipe, ...trained });
    const { table } = input.rows;
    const later = {
      ...table,
      columns: new Map(table.columns).set(
        'day',
        numbers(() => 1e6, table.rows),
      ),
    };
    expect(predictor.predictTable(later)).toEqual(predictor.predictTable(table));
  });

  test('are found of many rows with sides by time, and not with sides by hash', async () => {
    const rows = 21_000;
    const { target, warmth } = seasonal(rows);
    const made = houses({
      ...{ rows, target, candidates: [linear, { ...trees, rounds: 20 }] },
      further: [
        ['warmth', warmth],
        ['day', numbers((row) => row, rows)],
      ],
      train: { blend: true, importance: 'off', 'trend-columns': 'leave-out' },
    });
    const ids = BigUint64Array.from({ length: rows }, (_, row) => BigInt(row) << 32n);
    const sides = (time?: string) =>
      trainModel({ ...made, division: { ids, ...(time === undefined ? {} : { time }) } }, ports);
    expect((await sides('day')).report.trend!.columns).toEqual(['day']);
    expect((await sides()).report.trend).toBeUndefined();
  });

  test('stay in one model on sides, and that is said where it was asked otherwise', async () => {
    const made = houses({
      ...{ rows: 1200, candidates: [trees] },
      further: [['day', numbers((row) => row, 1200)]],
      train: { importance: 'off', 'trend-columns': 'leave-out' },
    });
    const ids = BigUint64Array.from({ length: 1200 }, (_, row) => BigInt(row) << 32n);
    const warnings = async (time?: string) =>
      (await trainModel({ ...made, division: { ids, ...(time === undefined ? {} : { time }) } }, ports))
        .report.warnings;
    expect((await warnings('day')).join()).toMatch(/^train\.trend-columns: leave-out: .* split\.folds/);
    expect((await warnings()).join()).not.toContain('trend-columns');
  });

  test('that are all there is to learn from stay', async () => {
    const input = inSeason({ 'trend-columns': 'leave-out' });
    const columns = new Map(
      [...input.rows.table.columns].filter(([name]) => name === 'day' || name === 'price'),
    );
    const schema = { ...input.schema, columns: input.schema.columns.filter(({ name }) => columns.has(name)) };
    const table = { ...input.rows.table, columns };
    const only = withTable({ ...input, schema, recipe: fitRecipe(table, schema, input.config) }, table);
    const { report } = await trainFolds(only, ports);
    expect(report.inputs).toBe(compileRecipe(only.recipe).width);
    expect(report.trend).toEqual({ columns: ['day'], leftOut: false });
    expect(report.warnings).toContain(
      'train.trend-columns: leave-out: day cannot be left out, since models would have nothing to read',
    );
  });
});
