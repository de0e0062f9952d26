import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { tableFromArrow } from '../../shared/dataset/arrow/arrow.ts';
import { columnOf } from '../../shared/dataset/table/table.ts';
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
