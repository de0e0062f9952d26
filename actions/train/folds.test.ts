import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDataset } from '../../shared/artifacts/folders/dataset-folder.ts';
import { readModelFolder, releasedModelFiles } from '../../shared/artifacts/folders/model-folder.ts';
import { onlyTrains } from '../../shared/dataset/split/fold-plan.ts';
import { columnOf, valueAt } from '../../shared/dataset/table/table.ts';
import { IntegrityError } from '../../shared/platform/errors.ts';
import { prepare } from '../prepare/prepare.ts';
import { flipByte } from '../testing/flip-byte.ts';
import { housesFolder } from '../testing/houses.ts';
import { type PipelineFolder, pipelineFolder, quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { train } from './train.ts';

const vega = (name: string): Promise<string> =>
  readFile(createRequire(import.meta.url).resolve(`vega-datasets/data/${name}`), 'utf8');

async function trained(folder: PipelineFolder) {
  const ports = quietPorts({ PATH: process.env.PATH ?? '' });
  await prepare({ pipeline: await folder.pipeline() }, ports);
  const outputs = await train({ pipeline: await folder.pipeline() }, ports);
  return { ...outputs, log: ports.log, model: await readModelFolder(outputs.folder) };
}

async function foldedRows(folder: PipelineFolder) {
  const dataset = await readDataset(path.join(folder.path, '.ciclo/dataset'), []);
  if (dataset.kind !== 'folds') throw new TypeError('folds were expected');
  return dataset.rows;
}

const inFolds = { split: { folds: 5 } };

describe('train on rows in folds', () => {
  test('writes what models that have not seen the rows say of them, beside a model of all', async () => {
    await using folder = await housesFolder(inFolds);
    const { folder: place, report, model } = await trained(folder);
    expect((await readdir(place)).sort()).toEqual([
      'card.md',
      'fold-training.arrow',
      'manifest.json',
      'model.json',
      'out-of-fold.arrow',
      'profile.json',
      'recipe.json',
      'schema.json',
      'training.json',
      'weights.bin',
    ]);
    const rows = await foldedRows(folder);
    expect(model.outOfFold).toMatchObject({ ids: rows.ids, folds: rows.folds });
    expect(model.outOfFold!.predictions.actual).toEqual(
      Float64Array.from({ length: 200 }, (_, row) => valueAt(columnOf(rows.table, 'price'), row) as number),
    );
    expect(model.foldTraining!.folds.length).toBe(
      report.folds!.reduce((sum, fold) => sum + fold.rows.train, 0),
    );
    expect(model.manifest.split).toMatchObject({ folds: { count: 5 } });
    expect(model.training).toEqual(report);
    expect(model.card).toContain(
      'The model was then trained on all 200 rows, for the median best number of steps',
    );
    expect(model.card).not.toContain('validation row');
    const released = (mayReadRows: boolean) =>
      [...releasedModelFiles(model, { mayReadRows }).keys()].filter((name) => name.endsWith('.arrow'));
    expect(released(true)).toEqual(['out-of-fold.arrow']);
    expect(released(false)).toEqual([]);
  });

  test('gives the same bytes in another folder; an altered prediction is refused', async () => {
    const sections = {
      ...inFolds,
      train: {
        candidates: [
          { type: 'linear' },
          { type: 'boosted-trees', rounds: 30 },
          { type: 'neural-network', layers: [8], epochs: 10 },
        ],
      },
    };
    await using one = await housesFolder(sections);
    await using other = await housesFolder(sections);
    const [first, second] = [await trained(one), await trained(other)];
    expect(second.digest).toBe(first.digest);
    expect(second.model.manifest.files).toHaveProperty(['out-of-fold.arrow']);
    await flipByte(path.join(first.folder, 'out-of-fold.arrow'));
    await expect(readModelFolder(first.folder)).rejects.toThrow(IntegrityError);
  });

  test.each([
    { task: 'regression', target: 'Body Mass (g)', primary: 'rmse' },
    { task: 'binary', target: 'Sex', primary: 'roc-auc' },
    { task: 'multiclass', target: 'Species', primary: 'log-loss' },
  ])('predicts the penguins out-of-fold far better than chance: $task', async ({ task, target, primary }) => {
    await using folder = await pipelineFolder(
      JSON.stringify({
        ...{ task, target, data: { source: { type: 'file', path: 'penguins.json' } } },
        prepare: { 'missing-target': 'drop', checks: { 'max-duplicates': '10%' } },
        ...inFolds,
        train: { candidates: [{ type: 'linear' }, { type: 'boosted-trees', rounds: 40 }], importance: 'off' },
        validate: { primary },
      }),
      // One penguin's sex is given as a full stop.
      { 'penguins.json': (await vega('penguins.json')).replace('"Sex": "."', '"Sex": null') },
    );
    const { model, report } = await trained(folder);
    const { predictions, ids } = model.outOfFold!;
    expect(ids.length).toBe(report.rows.train);
    if (predictions.task === 'regression') {
      // The deviation of the weights is 802 g.
      expect(report.blend!.score).toBeLessThan(400);
    } else {
      const right = predictions.actual.filter((actual, row) => predictions.predicted[row] === actual).length;
      expect(right / ids.length).toBeGreaterThan(task === 'binary' ? 0.85 : 0.95);
    }
  });

  test('by time keeps no prediction of rows that only train', async () => {
    await using folder = await pipelineFolder(
      JSON.stringify({
        ...{ task: 'regression', target: 'temp_max' },
        data: { source: { type: 'file', path: 'weather.csv' }, time: 'date' },
        split: { by: 'time', folds: 5 },
        train: { candidates: [{ type: 'linear' }], importance: 'off' },
      }),
      { 'weather.csv': await vega('seattle-weather.csv') },
    );
    const { model, report } = await trained(folder);
    const { ids, folds } = await foldedRows(folder);
    const judged = ids.filter((_, row) => folds[row] !== onlyTrains);
    expect(model.outOfFold!.ids).toEqual(judged);
    expect(report.rows).toEqual({ train: 1461, validation: judged.length });
    expect(judged.length).toBeLessThan(732);
  });
});

/** A script that predicts 3 × size for the rows that it is asked for, and says which they are. */
const script = `
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
const { CICLO_OUTPUT, CICLO_TRAIN, CICLO_VALIDATION, CICLO_HELD_OUT, CICLO_FOLD } = process.env;
const read = (file) => {
  const [head, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\\n').map((line) => line.split(','));
  return { head, lines };
};
const sizes = [CICLO_TRAIN, CICLO_VALIDATION, CICLO_HELD_OUT].map((file) => read(file).lines.length).join(' ');
console.log(\`given \${CICLO_FOLD}: \${sizes}, target \${read(CICLO_HELD_OUT).head.includes('price')}\`);
const rows = [CICLO_VALIDATION, CICLO_HELD_OUT].flatMap((file) => {
  const { head, lines } = read(file);
  return lines.map((line) => [line[head.indexOf('id')], 3 * line[head.indexOf('size')]].join(','));
});
writeFileSync(CICLO_OUTPUT + '/predictions.csv', ['id,predicted', ...rows].join('\\n'));
`;

describe('a command on rows in folds', () => {
  const mine = { type: 'command', name: 'mine', run: 'node predict.mjs' };

  test('predicts each fold without its target; predictions alone are those of all folds', async () => {
    await using folder = await housesFolder({ ...inFolds, train: { candidates: [mine] } });
    await folder.write('predict.mjs', script);
    const { model, report, log } = await trained(folder);
    const { table, ids, folds } = await foldedRows(folder);
    const count = (fold: number): number => folds.filter((one) => one === fold).length;
    const given = log.flatMap(({ message }) => message.match(/given (.+)$/)?.[1] ?? []);
    expect(given).toEqual(
      [0, 1, 2, 3, 4].map((fold) => {
        const [next, own] = [count((fold + 1) % 5), count(fold)];
        return `${fold + 1}: ${200 - next - own} ${next} ${own}, target false`;
      }),
    );
    const size = columnOf(table, 'size');
    const expected = Float64Array.from({ length: 200 }, (_, row) => 3 * (valueAt(size, row) as number));
    expect(model.outOfFold!.ids).toEqual(ids);
    expect(model.outOfFold!.predictions.predicted).toEqual(expected);
    expect(model.foldTraining).toBeUndefined();
    expect(report.engine.backend).toBe('predictions');
    expect(model.card).toContain('No model was trained after that');
    expect(report.warnings).toEqual([
      expect.stringMatching(
        /^mine gave predictions alone, so the importance of features cannot be measured$/,
      ),
    ]);
  });

  test('that writes no prediction of the fold’s rows is refused with words', async () => {
    await using folder = await housesFolder({ ...inFolds, train: { candidates: [mine] } });
    await folder.write(
      'predict.mjs',
      script.replace('[CICLO_VALIDATION, CICLO_HELD_OUT].flatMap', '[CICLO_VALIDATION].flatMap'),
    );
    expect(await refusalOf(trained(folder))).toMatch(
      /^train\.candidates: the command "mine \(fold 1\)" .*the predictions have \d+ of the \d+ validation and held-out rows/,
    );
  });
});
