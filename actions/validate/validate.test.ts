import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../shared/config/load.ts';
import { tableFromArrow } from '../../shared/dataset/arrow/arrow.ts';
import { evaluationSchema } from '../../shared/metrics/evaluation/evaluation.ts';
import { IntegrityError } from '../../shared/platform/errors.ts';
import { prepare } from '../prepare/prepare.ts';
import { flipByte } from '../testing/flip-byte.ts';
import { housesConfig, housesCsv, judgeHouses, trainedHouses } from '../testing/houses.ts';
import { quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { train } from '../train/train.ts';
import { validate } from './validate.ts';

/** Rules with these gates. */
const rules = (gates: readonly unknown[], inconclusive: unknown = 'warn') => ({
  validate: { bootstrap: { resamples: 200 }, gates, inconclusive },
});

async function rulesOf(config: string) {
  return (await loadConfig(config)).config.validate;
}

describe('validate', () => {
  test('writes evaluation, predictions of the test rows and a report, and the same bytes again', async () => {
    await using folder = await trainedHouses(rules([{ metric: 'rmse', max: 60 }]));
    const dataset = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    const first = await judgeHouses(folder);
    const evaluation = evaluationSchema.parse(
      JSON.parse(await readFile(path.join(first.folder, 'evaluation.json'), 'utf8')),
    );
    expect(evaluation).toEqual(first.evaluation);
    expect(evaluation.rows).toBe(dataset.rows.test);
    expect(evaluation.dataset).toBe(dataset.digest);
    const predictions = tableFromArrow(
      await readFile(path.join(first.folder, 'predictions.arrow')),
      'predictions',
    );
    expect(predictions.table.rows).toBe(dataset.rows.test);
    expect(await readFile(first.reportPath, 'utf8')).toContain(evaluation.headline);
    expect((await judgeHouses(folder)).digest).toBe(first.digest);
  });

  // The noise of a price is 20 (housesCsv), which is what is left to a model that has learnt everything else.
  test('measures the noise that no model can take away', async () => {
    await using folder = await trainedHouses({}, housesCsv(2000));
    const { evaluation } = await judgeHouses(folder);
    const rmse = evaluation.metrics.find(({ name }) => name === 'rmse')!;
    expect(rmse.low!).toBeLessThan(20);
    expect(rmse.high!).toBeGreaterThan(20);
  });

  test.each([
    ['pass', [{ metric: 'rmse', max: 60 }], 'warn'],
    ['fail', [{ metric: 'rmse', max: 1 }], 'warn'],
    ['warn', [{ metric: 'rmse', max: 24 }], 'warn'],
    ['fail', [{ metric: 'rmse', max: 24 }], 'fail'],
    ['pass', [{ metric: 'rmse', max: 24 }], 'pass'],
    ['warn', [{ metric: 'rmse', max: 25 }], {}],
    ['fail', [{ metric: 'rmse', max: 24 }], {}],
    ['warn', [{ metric: 'rmse', max: 24 }], { beyond: 'warn' }],
    ['fail', [{ metric: 'rmse', max: 25 }], { within: 'fail', beyond: 'warn' }],
  ])('ends with %s for %j under the policy %s', async (verdict, gates, inconclusive) => {
    await using folder = await trainedHouses(rules(gates, inconclusive));
    expect((await judgeHouses(folder)).evaluation.verdict).toBe(verdict);
  });

  test('judges by other rules too, where they differ, and writes nothing of it', async () => {
    await using folder = await trainedHouses(rules([{ metric: 'rmse', max: 60 }]));
    await using other = await trainedHouses(rules([{ metric: 'rmse', max: 1 }]));
    const own = await judgeHouses(folder);
    const alsoUnder = await rulesOf(other.config);
    const judged = await validate({ pipeline: await folder.pipeline(), alsoUnder }, quietPorts());
    expect(judged.digest).toBe(own.digest);
    expect(judged.alsoUnder).toMatchObject({ evaluation: { verdict: 'fail' } });
    const ownRules = await rulesOf(folder.config);
    const same = await validate({ pipeline: await folder.pipeline(), alsoUnder: ownRules }, quietPorts());
    expect(same.alsoUnder).toBeUndefined();
  });

  test('says why other rules cannot judge: they name a column that is gone', async () => {
    await using folder = await trainedHouses();
    const gone = await rulesOf(folder.config);
    const judged = await validate(
      { pipeline: await folder.pipeline(), alsoUnder: { ...gone, slices: ['garden'] } },
      quietPorts(),
    );
    expect(judged.alsoUnder).toEqual({ reason: expect.stringContaining('"garden"') });
  });
});

describe('slices', () => {
  test('may be by a derived column, which the rows on disk do not have', async () => {
    const gate = { metric: 'rmse', slice: 'large', max: 60 };
    await using folder = await trainedHouses({
      prepare: { exclude: ['dear'], derive: { large: "d => d.size > 120 ? 'large' : 'small'" } },
      ...rules([gate]),
    });
    const { evaluation } = await judgeHouses(folder);
    const slices = evaluation.slices.filter(({ column }) => column === 'large');
    expect(new Set(slices.map(({ label }) => label))).toEqual(new Set(['large', 'small']));
    const test = evaluation.rows;
    const counted = new Map(slices.map(({ label, rows }) => [label, rows]));
    expect([...counted.values()].reduce((sum, rows) => sum + rows, 0)).toBe(test);
  });
});

describe('a champion', () => {
  test('is compared on the same rows; without one its gates do not apply', async () => {
    const gate = { metric: 'rmse', champion: { 'worse-by-at-most': '10%' } };
    await using folder = await trainedHouses(rules([gate]));
    const alone = (await judgeHouses(folder)).evaluation;
    expect(alone.gates.map(({ outcome }) => outcome)).toEqual(['not-applicable']);
    expect(alone.verdict).toBe('pass');
    const { evaluation } = await judgeHouses(folder, folder);
    expect(evaluation.champion).toMatchObject({ comparable: true, rows: evaluation.rows });
    const rmse = evaluation.metrics.find(({ name }) => name === 'rmse')!;
    expect(rmse.champion).toMatchObject({ value: rmse.value, gain: { value: 0 } });
  });

  test('that was split by another seed shares only some unseen rows: it is judged on those', async () => {
    await using folder = await trainedHouses({}, housesCsv(1000));
    await using other = await trainedHouses({ split: { test: '20%', seed: 7 } }, housesCsv(1000));
    const { evaluation } = await judgeHouses(folder, other);
    // A fifth of the rows is test under one seed, a fifth of those under the other.
    expect(evaluation.champion!.rows).toBeGreaterThan(0);
    expect(evaluation.champion!.rows).toBeLessThan(evaluation.rows / 2);
  });

  test('is compared on the test rows that came after its data, once there are thirty, whatever its split', async () => {
    await using folder = await trainedHouses({}, housesCsv(1000));
    await using other = await trainedHouses({ split: { test: '20%', seed: 7 } }, housesCsv(1000));
    const judged = async (until: string) =>
      validate(
        {
          pipeline: await folder.pipeline(),
          champion: `${other.path}/.ciclo/model`,
          championWindow: { column: 'year', until },
        },
        quietPorts(),
      );
    const { test: rows } = (await prepare({ pipeline: await folder.pipeline() }, quietPorts())).rows;
    // Years are 1990 to 2009, equally many rows of each: about half of the test rows are newer than 1999.
    const { evaluation } = await judged('1999');
    const { champion } = evaluation;
    expect(champion).toMatchObject({ comparable: true, decidedBy: 'newer-rows' });
    expect(champion!.rows).toBeGreaterThan(rows! / 3);
    expect(champion!.rows).toBeLessThan((2 * rows!) / 3);
    expect(champion!.newer!.rows).toBe(champion!.rows);
    expect(champion!.older!.rows).toBeGreaterThan(0);
    expect(evaluation.headline).toContain(`on the ${champion!.rows} rows newer than the champion’s data`);
    const none = (await judged('2009')).evaluation.champion!;
    expect(none.decidedBy).toBeUndefined();
    expect(none.newer).toBeUndefined();
  });

  test('that predicts something else is not comparable, which is not a pass', async () => {
    const gate = { metric: 'rmse', champion: { 'worse-by-at-most': '10%' } };
    await using folder = await trainedHouses(rules([gate]));
    await using other = await trainedHouses({ target: 'size' });
    const { evaluation } = await judgeHouses(folder, other);
    expect(evaluation.champion).toMatchObject({
      comparable: false,
      reason: 'it predicts size, this model price',
    });
    expect(evaluation.gates.map(({ outcome }) => outcome)).toEqual(['inconclusive']);
    expect(evaluation.verdict).toBe('warn');
  });
});

describe('validate refuses', () => {
  test.each([
    ['dataset', 'test.arrow'],
    ['model', 'weights.bin'],
    ['model', 'recipe.json'],
  ])('a %s with one changed byte of %s', async (kind, name) => {
    await using folder = await trainedHouses();
    const file = path.join(folder.path, '.ciclo', kind, name);
    await flipByte(file);
    await expect(judgeHouses(folder)).rejects.toThrow(IntegrityError);
    await expect(judgeHouses(folder)).rejects.toThrow(`${file} is not what its manifest says`);
  });

  test('a champion with one changed byte', async () => {
    await using folder = await trainedHouses();
    await using other = await trainedHouses();
    await flipByte(path.join(other.path, '.ciclo/model/weights.bin'));
    await expect(judgeHouses(folder, other)).rejects.toThrow(IntegrityError);
  });

  test('a model that was trained under another configuration, or on another dataset', async () => {
    await using folder = await trainedHouses();
    await folder.write('ciclo.yml', housesConfig({ train: { seed: 5, candidates: [{ type: 'linear' }] } }));
    expect(await refusalOf(judgeHouses(folder))).toMatch(
      /was trained under another configuration \(train, validate\.primary, validate\.decision\) than ciclo\.yml says now: run ciclo train again$/,
    );
    await using more = await trainedHouses();
    await train({ pipeline: await more.pipeline() }, quietPorts());
    await more.write('ciclo.yml', housesConfig({ prepare: { exclude: ['dear', 'year'] } }));
    await prepare({ pipeline: await more.pipeline() }, quietPorts());
    expect(await refusalOf(judgeHouses(more))).toMatch(
      /was trained on another dataset .* run ciclo train again$/,
    );
  });
});

describe('how often the test rows have judged', () => {
  test('is counted in the run directory by distinct model, without touching the result', async () => {
    await using folder = await trainedHouses();
    const first = await judgeHouses(folder);
    expect(first.looks).toMatchObject({ models: 1, runs: 1 });
    expect((await judgeHouses(folder)).looks.models).toBe(1);
    await folder.write('ciclo.yml', housesConfig({ train: { candidates: [{ type: 'linear', l2: 0.5 }] } }));
    await train({ pipeline: await folder.pipeline() }, quietPorts());
    const other = await judgeHouses(folder);
    expect(other.looks).toMatchObject({ models: 2, versions: 1, runs: 2 });
    expect(other.evaluation.judged!.models).toHaveLength(1);
    await using apart = await trainedHouses({ train: { candidates: [{ type: 'linear', l2: 0.5 }] } });
    expect((await judgeHouses(apart)).digest).toBe(other.digest);
  });

  test('starts again once rows come', async () => {
    await using folder = await trainedHouses();
    await judgeHouses(folder);
    await rm(path.join(folder.path, 'ciclo.lock'));
    await folder.write('data/more.csv', housesCsv(260).split('\n').toSpliced(1, 200).join('\n'));
    const { pipeline } = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    await train({ pipeline }, quietPorts());
    expect((await judgeHouses(folder)).looks).toMatchObject({ models: 1, runs: 1 });
  });
});
