import { describe, expect, test } from 'vitest';
import { tableFromArrow } from '../../dataset/arrow/arrow.ts';
import { columnOf, type Table, tableOf } from '../../dataset/table/table.ts';
import { silentLogger } from '../../platform/logger.ts';
import type { CommandPort } from '../command/command-port.ts';
import type { Predictor } from '../predictor/predictions.ts';
import { foldedHouses } from '../testing/folded-houses.ts';
import { trainFolds } from './train-folds.ts';

const answer = 500;
const input = foldedHouses({
  rows: 160,
  candidates: [{ type: 'command', name: 'mine', run: 'x', format: 'arrow' }],
  train: { importance: 'off' },
});

/** A command that predicts one number, and writes a model in the folds for which `writes` says so. */
function commandThat(writes: (fold: string) => boolean) {
  const runs: { fold: string; train: number; validation: number; heldOut: Table }[] = [];
  const command: CommandPort = {
    async run({ handover: { files, variables } }) {
      const read = (name: string) => tableFromArrow(files.get(`${name}.arrow`)!, name).table;
      const fold = variables('/rows', '/out').CICLO_FOLD!;
      const [validation, heldOut] = [read('validation'), read('held-out')];
      runs.push({ fold, train: read('train').rows, validation: validation.rows, heldOut });
      const asked = writes(fold) ? [validation] : [validation, heldOut];
      const dictionary = asked.flatMap((table) => {
        const ids = columnOf(table, 'id');
        return ids.type === 'category' ? Array.from(ids.codes, (code) => ids.dictionary[code]!) : [];
      });
      const table = tableOf([
        ['id', { type: 'category', dictionary, codes: Int32Array.from(dictionary.keys()) }],
        ['predicted', { type: 'number', values: new Float64Array(dictionary.length).fill(answer) }],
      ]);
      const model = writes(fold) ? { model: new TextEncoder().encode(fold) } : {};
      return { ...model, predictions: { file: 'predictions.csv', table } };
    },
  };
  const predictor: Predictor = {
    predictTable: ({ rows }) => ({ task: 'regression', predicted: new Float64Array(rows).fill(answer) }),
    predictRecord: () => ({ value: answer }),
  };
  const open = () => Promise.resolve({ predictor, versions: { onnxruntime: '1' } });
  return { runs, ports: { logger: silentLogger, commands: { command, open } } };
}

describe('a command that writes a model, on rows in folds', () => {
  test('is trained in each fold, and in the end on all rows but those that its model is checked by', async () => {
    const { runs, ports } = commandThat(() => true);
    const trained = await trainFolds(input, ports);
    expect(runs.map(({ fold, train, validation }) => [fold, train, validation])).toEqual([
      ...['1', '2', '3', '4', '5'].map((fold) => [fold, 72, 24]),
      ['final', 96, 24],
    ]);
    for (const { heldOut } of runs) {
      expect(heldOut.rows).toBe(24);
      expect(heldOut.columns.has('price')).toBe(false);
    }
    // The model of the last run is deployed.
    expect('onnx' in trained && new TextDecoder().decode(trained.onnx)).toBe('final');
    expect(trained.versions).toEqual({ command: '1', onnxruntime: '1' });
    expect(trained.outOfFold.predictions.predicted).toEqual(new Float64Array(120).fill(answer));
    expect(trained.foldTraining!.ids).toHaveLength(3 * 120);
    expect(trained.report.rows).toEqual({ train: 96, validation: 120 });
  });

  test('in some folds alone is refused', async () => {
    const { ports } = commandThat((fold) => fold === '2');
    await expect(trainFolds(input, ports)).rejects.toMatchObject({
      name: 'ConfigurationError',
      message:
        'train.candidates: the command mine wrote model.onnx in 1 of 5 folds, and predictions alone in the others: let it write the same in each',
    });
  });

  test('in no fold is run no further: there is no model to train on all rows', async () => {
    const { runs, ports } = commandThat(() => false);
    const trained = await trainFolds(input, ports);
    expect(runs.map(({ fold }) => fold)).toEqual(['1', '2', '3', '4', '5']);
    expect('predictions' in trained).toBe(true);
    expect(trained.foldTraining).toBeUndefined();
  });
});
