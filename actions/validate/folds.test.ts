import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { tableFromArrow } from '../../shared/dataset/arrow/arrow.ts';
import { columnOf } from '../../shared/dataset/table/table.ts';
import { estimatesOf } from '../../shared/metrics/intervals/estimates.ts';
import { measured } from '../../shared/metrics/intervals/measured.ts';
import { metricOf } from '../../shared/metrics/registry/registry.ts';
import { judgedRows } from '../../shared/metrics/rows/judged-rows.ts';
import { createRandom } from '../../shared/platform/random.ts';
import { housesCsv, judgeHouses, trainedHouses } from '../testing/houses.ts';
import { quietPorts } from '../testing/pipeline-folder.ts';
import { validate } from './validate.ts';

const rules = {
  split: { folds: 5 },
  validate: {
    bootstrap: { resamples: 200 },
    gates: [
      { metric: 'rmse', baseline: { 'better-by-at-least': '30%' } },
      { metric: 'rmse', 'train-gap': { 'at-most': 10 } },
    ],
  },
};

describe('rows in folds', () => {
  test('are all judged, each by what the model of its fold said, and the same bytes again', async () => {
    await using folder = await trainedHouses(rules, housesCsv(600));
    const { evaluation, folder: written, digest } = await judgeHouses(folder);
    expect(evaluation.rows).toBe(600);
    expect(evaluation.outOfFold).toMatchObject({ folds: 5, promised: true });
    const [of, model] = await Promise.all([
      readFile(`${written}/predictions.arrow`),
      readFile(`${folder.path}/.ciclo/model/out-of-fold.arrow`),
    ]);
    const said = tableFromArrow(of, 'predictions');
    const stored = tableFromArrow(model, 'out-of-fold');
    expect(said.ids).toEqual(stored.ids);
    expect(columnOf(said.table, 'predicted')).toEqual(columnOf(stored.table, 'predicted'));
    // The noise of a price is 20 (housesCsv), which is what is left to a model that has learnt everything else.
    const rmse = evaluation.metrics.find(({ name }) => name === 'rmse')!;
    expect(rmse.low!).toBeLessThan(21);
    expect(rmse.high!).toBeGreaterThan(20);
    expect(evaluation.gates.map(({ outcome }) => outcome)).toEqual(['pass', 'pass']);
    expect((await judgeHouses(folder)).digest).toBe(digest);
  });

  test('are compared with a champion of other folds on all of them', async () => {
    await using folder = await trainedHouses(rules, housesCsv(600));
    await using other = await trainedHouses({ split: { folds: 4, seed: 7 } }, housesCsv(600));
    const { evaluation } = await validate(
      { pipeline: await folder.pipeline(), champion: `${other.path}/.ciclo/model` },
      quietPorts(),
    );
    expect(evaluation.champion).toMatchObject({ comparable: true, rows: 600 });
    expect(evaluation.metrics[0]!.champion!.gain.value).not.toBe(0);
  });

  test('of a group are drawn together', async () => {
    const data = { source: { type: 'file', path: 'data/*.csv' }, key: 'id', group: 'year' };
    await using folder = await trainedHouses({ ...rules, data }, housesCsv(600));
    const { judged, evaluation } = await judgeHouses(folder);
    const { predictions, rows } = judged.evidence;
    const years = columnOf(rows.table, 'year');
    expect(predictions.groups).toEqual(
      Array.from({ length: 600 }, (_, row) => String(years.type === 'number' && years.values[row])),
    );
    // The interval of the same predictions without their groups.
    const rmse = { metric: metricOf('rmse'), rows: judgedRows({ ...predictions, groups: undefined }) };
    const settings = { resamples: 200, confidence: 0.95, method: 'auto' as const };
    const alone = measured(estimatesOf({ metrics: [rmse], settings, random: createRandom(1) })[0]!, settings);
    const own = evaluation.metrics.find(({ name }) => name === 'rmse')!;
    // 20 groups: Student's quantile alone makes it t.ppf(0.975, 19) / norm.ppf(0.975) · √(20 / 19) = 1.096 times as long (scipy).
    expect(own.high! - own.low!).toBeGreaterThan(1.05 * (alone.high! - alone.low!));
  });

  test('judge no worse where the lock goes back to test rows: a champion of folds is compared on them by what it said', async () => {
    await using champion = await trainedHouses(rules, housesCsv(600));
    await using folder = await trainedHouses({ split: { folds: 'off' } }, housesCsv(600));
    const { evaluation } = await judgeHouses(folder, champion);
    expect(evaluation.outOfFold).toBeUndefined();
    expect(evaluation.champion).toMatchObject({
      ...{ comparable: true, rows: evaluation.rows, by: 'out-of-fold' },
    });
    expect(evaluation.metrics[0]!.champion!.gain.low).not.toBeNull();
  });

  test('are compared with a champion of test rows on those alone', async () => {
    await using folder = await trainedHouses(rules, housesCsv(600));
    await using other = await trainedHouses({}, housesCsv(600));
    const { evaluation } = await validate(
      { pipeline: await folder.pipeline(), champion: `${other.path}/.ciclo/model` },
      quietPorts(),
    );
    const own = (await judgeHouses(other)).evaluation.rows;
    expect(evaluation.champion).toMatchObject({ comparable: true, rows: own });
  });
});
