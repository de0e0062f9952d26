import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** What write_tables.py says of a table. */
const tableSchema = z.object({
  name: z.string(),
  task: z.enum(['regression', 'binary', 'multiclass']),
  target: z.string(),
  group: z.string().nullable(),
  time: z.string().nullable(),
  /** One of the 25 tables that earlier figures are known of. */
  named: z.boolean(),
  rows: z.int(),
  columns: z.int(),
  splits: z.int(),
  /** Rows to train on, by outer split. */
  train: z.array(z.int()),
  test: z.array(z.int()),
  classes: z.array(z.string()),
  /** A class has so few rows that its owner must say that it may be published. */
  rare: z.boolean(),
  /** Columns of text that looks like numbers in part. */
  mixed: z.array(z.string()),
  /** Of a regression: no target is below 0. */
  never_negative: z.boolean(),
});
export type Table = z.infer<typeof tableSchema>;

/** The tables under a folder, those with earlier figures first. @param names only these, where given. */
export function readTables(folder: string, names?: readonly string[]): Table[] {
  const root = path.join(folder, 'tables');
  const tables = readdirSync(root)
    .sort()
    .map((name) => tableSchema.parse(JSON.parse(readFileSync(path.join(root, name, 'table.json'), 'utf8'))));
  const unknown = (names ?? []).filter((name) => !tables.some((table) => table.name === name));
  if (unknown.length > 0) throw new Error(`there is no table ${unknown.join(', ')} under ${root}`);
  return tables
    .filter(({ name }) => names === undefined || names.includes(name))
    .sort((a, b) => Number(b.named) - Number(a.named));
}
