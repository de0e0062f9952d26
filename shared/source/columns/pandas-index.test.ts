import { expect, test } from 'vitest';
import { readAndHear, realTables } from '../testing/real-tables.ts';

const read = async (name: string, options: object = {}) => {
  const { table, told } = await readAndHear({ [name]: realTables.index[name]! }, {}, options);
  return { names: [...table.columns.keys()], told };
};

test.each(['unnamed.parquet', 'unnamed.arrow'])(
  'the index of a pandas table is left out and reported (%s)',
  async (name) => {
    const { names, told } = await read(name);
    expect(names).toEqual(['a', 'y']);
    expect(told).toEqual([
      'column "__index_level_0__" is the index of a pandas table and is left out (to_parquet(index=False) does not ' +
        'write it); to keep it, add features: { __index_level_0__: { type: number } }',
    ]);
  },
);

test.each(['named.parquet', 'named.arrow'])(
  'so is one with a name that ciclo.yml does not mention (%s)',
  async (name) => {
    expect((await read(name, { namedColumns: new Set(['y']) })).names).toEqual(['a', 'y']);
    const kept = await read(name, { namedColumns: new Set(['y', 'car']) });
    expect(kept).toEqual({ names: ['a', 'y', 'car'], told: [] });
    // Rows that are read without a pipeline may be asked for any column.
    expect((await read(name)).names).toEqual(['a', 'y', 'car']);
  },
);

test('an index that ciclo.yml names is a column', async () => {
  const { names, told } = await read('unnamed.parquet', { namedColumns: new Set(['__index_level_0__']) });
  expect(names).toEqual(['a', 'y', '__index_level_0__']);
  expect(told).toEqual([]);
});
