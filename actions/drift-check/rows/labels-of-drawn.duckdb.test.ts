import { expect, inject, test } from 'vitest';
import { sourceSchema } from '../../../shared/config/sections/sources/source.ts';
import type { Column } from '../../../shared/dataset/table/table.ts';
import { categories, numbers } from '../../../shared/dataset/testing/dataset-builders.ts';
import { readSource } from '../../../shared/source/read-source.ts';
import { readOptions, rowsOf } from '../../../shared/source/testing/read-helpers.ts';
import { quietPorts } from '../../testing/pipeline-folder.ts';
import { labelsOfDrawn } from './labels-of-drawn.ts';

/** Which labels are asked for, of three or so. */
async function asked(own: Readonly<Record<string, Column>>, labels: string): Promise<unknown[]> {
  const ports = { ...quietPorts(), packageFolders: [inject('duckdb')], directory: '.' };
  const source = sourceSchema.parse({ type: 'duckdb', query: `SELECT * FROM (VALUES ${labels})` });
  const columns = new Map(Object.entries(own));
  const drawn = { table: { rows: 2, columns }, key: [...columns.keys()] };
  const chosen = await labelsOfDrawn(source, 'monitor.labels', drawn, ports);
  const { table } = await readSource(chosen, readOptions, ports, 'monitor.labels');
  return rowsOf(table).map((row) => row.price);
}

test.each([
  ['texts', categories(['a', null]), "('a', 1), (' a ', 2), ('b', 3)", [1, 2]],
  ['numbers', numbers([7, 8]), '(7, 1), (8.0, 2), (9, 3)', [1, 2]],
  ['texts of numbers, asked of numbers', categories(['7', '8.0']), '(7, 1), (8, 2), (9, 3)', [1, 2]],
  // Which texts are a number, or are another text, the join says.
  ['texts of numbers, asked of texts', categories(['7', 'x']), "('7.0', 1), ('x', 2), ('y', 3)", [2, 1, 3]],
  ['numbers, asked of texts', numbers([7, 8]), "('7.0', 1), ('9', 2)", [1, 2]],
  ['none', numbers([null, null]), '(7, 1)', []],
] as const)('labels are asked for by keys that are %s', async (_, own, labels, expected) => {
  const named = `${labels}) AS t (id, price`;
  expect((await asked({ id: own }, named)).sort()).toEqual([...expected].sort());
});

test('labels are asked for by the column of the key that has the most values', async () => {
  const own = { day: numbers([1, 1]), id: categories(['a', 'b']) };
  const labels = "(1, 'a', 1), (1, 'c', 2), (2, 'b', 3)) AS t (day, id, price";
  expect(await asked(own, labels)).toEqual([1, 3]);
});
