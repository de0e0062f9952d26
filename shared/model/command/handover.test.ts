import { tableFromIPC } from '@uwdata/flechette';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import type { SplitTable } from '../../dataset/split/split-table.ts';
import { columnOf, takeRows } from '../../dataset/table/table.ts';
import { houses } from '../testing/model-builders.ts';
import { type Handover, type HandoverInput, handoverOf } from './handover.ts';

function inputOf(options: Parameters<typeof houses>[0] = {}): HandoverInput {
  const { schema, recipe, train, validation } = houses(options);
  const withIds = (table: SplitTable['table'], first: bigint): SplitTable => ({
    table,
    ids: BigUint64Array.from({ length: table.rows }, (_, row) => first + BigInt(row)),
  });
  return {
    ...{ schema, recipe, format: 'csv', seed: 7 },
    rows: {
      train: withIds(train, 0xffff_ffff_ffff_0000n),
      validation: withIds(validation, 0x1000n),
      heldOut: withIds(takeRows(validation, Uint32Array.of(0, 1)), 0x12e4n),
    },
  };
}

const textOf = ({ files }: Handover, name: string): string => new TextDecoder().decode(files.get(name));
const linesOf = (handover: Handover, name: string): string[] => textOf(handover, name).trimEnd().split('\n');

describe('what a command is handed', () => {
  test('is the rows by id, their features, and the target of those that are not held out', () => {
    const input = inputOf();
    const handover = handoverOf(input);
    const { columns } = JSON.parse(textOf(handover, 'schema.json'));
    const features = columns.map(({ name }: { name: string }) => name);
    expect(linesOf(handover, 'train.csv')[0]).toBe(['id', ...features, input.schema.target].join(','));
    expect(linesOf(handover, 'validation.csv')[0]).toBe(linesOf(handover, 'train.csv')[0]);
    expect(linesOf(handover, 'held-out.csv')[0]).toBe(['id', ...features].join(','));
    expect(linesOf(handover, 'train.csv')).toHaveLength(input.rows.train.table.rows + 1);
    // Ids keep all their digits wherever they are read, and are no numbers: 12e4 would be one.
    expect(linesOf(handover, 'train.csv')[1]).toMatch(/^rffffffffffff0000,/);
    expect(linesOf(handover, 'held-out.csv')[1]).toMatch(/^r00000000000012e4,/);
  });

  test('has derived columns and none that is excluded, with the steps to others that are', () => {
    const input = inputOf({
      prepare: {
        exclude: ['half'],
        derive: {
          half: 'd => d.area / 2',
          quarter: 'd => d.half / 2',
          big: 'd => d.garden ? "yes" : "no"',
        },
      },
    });
    const handover = handoverOf(input);
    const head = linesOf(handover, 'train.csv')[0]!.split(',');
    expect(head).toContain('quarter');
    expect(head).not.toContain('half');
    const area = columnOf(input.rows.train.table, 'area');
    const [, first] = linesOf(handover, 'train.csv');
    expect(Number(first!.split(',')[head.indexOf('quarter')])).toBe(
      area.type === 'number' ? area.values[0]! / 4 : Number.NaN,
    );
    const { columns } = JSON.parse(textOf(handover, 'schema.json'));
    const big = columns.find(({ name }: { name: string }) => name === 'big');
    expect(big.type).toBe('category');
    expect([...big.categories].sort()).toEqual(['no', 'yes']);
  });

  test('is described: task, target, classes in order, categories in order', () => {
    const input = inputOf({ task: 'binary' });
    const schema = JSON.parse(textOf(handoverOf(input), 'schema.json'));
    expect(schema).toMatchObject({
      version: 1,
      task: 'binary',
      id: 'id',
      target: input.schema.target,
      classes: input.schema.classes,
    });
    expect(schema.columns).toContainEqual(
      expect.objectContaining({
        name: 'district',
        type: 'category',
        categories: input.schema.columns.find(({ name }) => name === 'district')!.categories,
      }),
    );
  });

  test('has another name for the ids where a feature has theirs', () => {
    const rows = inputOf().rows.train.table.rows + inputOf().rows.validation.table.rows;
    const input = inputOf({
      further: [['id', { type: 'number', values: new Float64Array(rows).map((_, i) => i % 9) }]],
    });
    const handover = handoverOf(input);
    expect(handover.idColumn).toBe('_row');
    expect(linesOf(handover, 'train.csv')[0]!.split(',')).toEqual(expect.arrayContaining(['_row', 'id']));
    expect(handover.variables('/d', '/o').CICLO_ID).toBe('_row');
  });

  test('may be Parquet or Arrow, with the same values', async () => {
    const input = inputOf();
    const csv = linesOf(handoverOf(input), 'train.csv');
    const parquet = handoverOf({ ...input, format: 'parquet' }).files.get('train.parquet')!;
    const rows = await parquetReadObjects({ file: Uint8Array.from(parquet).buffer });
    const arrow = tableFromIPC(handoverOf({ ...input, format: 'arrow' }).files.get('train.arrow')!);
    const cell = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
    const names = csv[0]!.split(',');
    expect(rows.map((row) => names.map((name) => cell(row[name])).join(','))).toEqual(csv.slice(1));
    expect(arrow.toArray().map((row) => names.map((name) => cell(row[name])).join(','))).toEqual(
      csv.slice(1),
    );
  });

  test('is told by variables', () => {
    const input = inputOf();
    expect(handoverOf({ ...input, format: 'arrow' }).variables('/rows', '/out')).toEqual({
      CICLO_DATASET: '/rows',
      CICLO_TRAIN: '/rows/train.arrow',
      CICLO_VALIDATION: '/rows/validation.arrow',
      CICLO_HELD_OUT: '/rows/held-out.arrow',
      CICLO_SCHEMA: '/rows/schema.json',
      CICLO_OUTPUT: '/out',
      CICLO_FORMAT: 'arrow',
      CICLO_ID: 'id',
      CICLO_TARGET: input.schema.target,
      CICLO_TASK: 'regression',
      CICLO_SEED: '7',
      CICLO_FOLD: 'hold-out',
    });
  });
});
