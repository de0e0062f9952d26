import { expect, test } from 'vitest';
import { profileTable } from '../dataset/profile/profile.ts';
import type { DatasetSchema } from '../dataset/schema/schema.ts';
import { type Column, tableOf } from '../dataset/table/table.ts';
import { countedProfile } from './counted-profile.ts';
import { trinoDialect } from './trino-dialect.ts';

/** `query.max-length` of Trino, in characters. */
const longest = 1_000_000;

test('counts any number of columns, and texts of any length, by statements that Trino reads', async () => {
  const rows = 2048;
  const numbers: Column = {
    type: 'number',
    values: Float64Array.from({ length: rows }, (_, i) => Math.sin(i)),
  };
  const texts: Column = {
    type: 'category',
    dictionary: Array.from({ length: rows }, (_, i) => `${i}`.padStart(300, 'x')),
    codes: Int32Array.from({ length: rows }, (_, i) => i),
  };
  const table = tableOf(Array.from({ length: 40 }, (_, i) => [`c${i}`, i % 2 ? numbers : texts] as const));
  const schema = {
    columns: [...table.columns].map(([name, { type }]) => ({ name, type, role: 'feature' })),
  } as unknown as DatasetSchema;
  const reference = profileTable(table, schema);
  const statements: string[] = [];
  await countedProfile(reference, {
    dialect: trinoDialect,
    rows: { query: 'SELECT * FROM sales', where: [] },
    values: new Map([...table.columns.keys()].map((name) => [name, { sql: trinoDialect.identifier(name) }])),
    ask: async (sql) => {
      statements.push(sql);
      return [];
    },
  });
  expect(Math.max(...statements.map(({ length }) => length))).toBeLessThan(longest);
  for (const name of table.columns.keys()) expect(statements.join()).toContain(`"${name}"`);
});
