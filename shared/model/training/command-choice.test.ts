import { describe, expect, test } from 'vitest';
import { type Column, type Table, tableOf } from '../../dataset/table/table.ts';
import { silentLogger } from '../../platform/logger.ts';
import type { CommandPort, CommandRequest } from '../command/command-port.ts';
import { houses } from '../testing/model-builders.ts';
import type { TrainModelInput } from './data/training-input.ts';
import type { TrainingCommands } from './fitting/fit-candidate.ts';
import { trainModel } from './train-model.ts';

const idsOf = (table: Table, first: bigint): BigUint64Array =>
  BigUint64Array.from({ length: table.rows }, (_, row) => first + BigInt(row));

/** Commands that give each row they are to predict the same answer. */
function answering(input: TrainModelInput, columns: (rows: number) => Record<string, Column>) {
  const requests: CommandRequest[] = [];
  const ids = idsOf(input.validation, 1n);
  const command: CommandPort = {
    async run(request) {
      requests.push(request);
      const dictionary = Array.from(ids, (id) => `r${id.toString(16).padStart(16, '0')}`);
      const id: Column = {
        type: 'category',
        dictionary,
        codes: Int32Array.from(dictionary, (_, row) => row),
      };
      return {
        predictions: {
          file: 'predictions.csv',
          table: tableOf(Object.entries({ id, ...columns(ids.length) })),
        },
      };
    },
  };
  const none = { table: { rows: 0, columns: input.validation.columns }, ids: new BigUint64Array(0) };
  const empty: Table = {
    rows: 0,
    columns: new Map(
      [...input.validation.columns].map(([name, column]): [string, Column] => [
        name,
        column.type === 'category'
          ? { ...column, codes: new Int32Array(0) }
          : column.type === 'boolean'
            ? { ...column, values: new Int8Array(0) }
            : { ...column, values: new Float64Array(0) },
      ]),
    ),
  };
  const commands: Omit<TrainingCommands, 'seed' | 'rows'> = {
    command,
    open: () => Promise.reject(new TypeError('there is no model')),
  };
  const handover = {
    train: { table: input.train, ids: idsOf(input.train, 1000n) },
    validation: { table: input.validation, ids },
    heldOut: { ...none, table: empty },
  };
  return { commands, handover, requests };
}

const numbers = (rows: number, value: number): Column => ({
  type: 'number',
  values: new Float64Array(rows).fill(value),
});

describe('the choice among commands and other candidates', () => {
  test('goes by a loss that is always defined where the metric is not, as a command has no losses to tell', async () => {
    const base = houses({
      task: 'binary',
      candidates: [
        { type: 'linear', epochs: 5 },
        { type: 'command', name: 'sure', run: 'x' },
      ],
      validate: { primary: 'roc-auc' },
    });
    const { schema, validation } = base;
    const target = validation.columns.get(schema.target)!;
    if (target.type !== 'category') throw new TypeError('labels were expected');
    const [first] = schema.classes!;
    const alike: Column = { ...target, codes: target.codes.map(() => target.dictionary.indexOf(first!)) };
    const input = {
      ...base,
      validation: { ...validation, columns: new Map(validation.columns).set(schema.target, alike) },
    };
    const { commands, handover, requests } = answering(input, (rows) => ({
      [`p_${first}`]: numbers(rows, 0.999),
    }));
    const { report } = await trainModel({ ...input, handover }, { logger: silentLogger, commands });
    expect(requests).toHaveLength(1);
    expect(report.metric).toBe('log-loss');
    expect(report.chosen).toBe('sure');
    // −ln 0.999
    expect(report.candidates[1]!.validation).toBeCloseTo(0.0010005, 6);
    expect(report.warnings[0]).toMatch(
      /^roc-auc is undefined on the validation rows \(.*\): the log-loss chose the model$/,
    );
  });

  test('stores what determines a command’s model, and not how long it might have taken', async () => {
    const input = houses({ candidates: [{ type: 'command', name: 'mine', run: 'x', timeout: '5m' }] });
    const { commands, handover, requests } = answering(input, (rows) => ({ predicted: numbers(rows, 100) }));
    const { report, ...model } = await trainModel({ ...input, handover }, { logger: silentLogger, commands });
    expect(requests[0]).toMatchObject({ name: 'mine', run: 'x', timeout: 300_000 });
    expect(report.candidates[0]!.options).toEqual({
      ...{ type: 'command', name: 'mine', run: 'x', format: 'csv', 'max-disagreement': 0 },
    });
    expect(Object.keys(model).sort()).toEqual(['predictions', 'versions']);
    expect(model.versions).toEqual({ command: '1' });
  });
});
