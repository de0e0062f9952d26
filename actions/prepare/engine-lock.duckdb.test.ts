import { readFile } from 'node:fs/promises';
import { expect, inject, test } from 'vitest';
import { duckdbVersion } from '../../shared/source/duckdb/duckdb-package.ts';
import { housesConfig, housesCsv } from '../testing/houses.ts';
import { pipelineFolder, quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { planLock, writeLock } from './lock.ts';
import { prepare } from './prepare.ts';

const name = `DuckDB v${duckdbVersion.split('-')[0]}`;
const ports = () => ({ ...quietPorts(), packageFolders: [inject('duckdb')] });
const config = housesConfig({
  data: { source: { type: 'duckdb', query: "SELECT * FROM 'a.csv'" }, key: 'id' },
});

test('a lock of rows that DuckDB has tells changed rows, and does not mind their order', async () => {
  const csv = housesCsv();
  await using folder = await pipelineFolder(config, { 'a.csv': csv });
  const plan = await planLock({ pipeline: await folder.pipeline() }, ports());
  const { lock } = await writeLock(plan);
  expect(lock.data.engine).toEqual({
    name,
    rows: lock.data.rows,
    digest: expect.stringMatching(/^sha256:/),
  });
  const lockText = await readFile(plan.file, 'utf8');
  const prepared = async (text: string, pinned = lockText) => {
    await using elsewhere = await pipelineFolder(config, { 'a.csv': text, 'ciclo.lock': pinned });
    return await prepare({ pipeline: await elsewhere.pipeline() }, ports());
  };
  const [head, ...rows] = csv.trimEnd().split('\n');
  const turned = [head, ...rows.reverse(), ''].join('\n');
  expect((await prepared(turned)).lock.status).toBe('used');
  const fewer = [head, ...rows.slice(1), ''].join('\n');
  const count = lock.data.rows;
  expect(await refusalOf(prepared(fewer))).toBe(
    [
      'the data is not what ciclo.lock pins:',
      `  query: changed, ${count} rows before, ${count - 1} now`,
      'since it was written:',
      `  ${name}: ${count - 1} rows, ${count} before`,
      'restore it, or accept the change with ciclo lock',
    ].join('\n'),
  );
  const older = lockText.replace(name, 'DuckDB v1.4.0');
  expect(await refusalOf(prepared(fewer, older))).toContain(
    `  ${name}, which was DuckDB v1.4.0: ${count - 1} rows, ${count} before; values may be written otherwise`,
  );
});

test('a second lock of unchanged rows with truths, times and days as numbers changes nothing', async () => {
  const query =
    "SELECT *, size > 100 AS large, DATE '2024-01-01' + CAST(id AS INTEGER) AS built, 20240101 + id % 28 AS sold FROM 'a.csv'";
  const typed = housesConfig({ data: { source: { type: 'duckdb', query }, key: 'id' } });
  await using folder = await pipelineFolder(typed, { 'a.csv': housesCsv() });
  const { lock } = await writeLock(await planLock({ pipeline: await folder.pipeline() }, ports()));
  expect(lock.types).toMatchObject({ large: 'boolean', built: 'date', sold: 'date' });
  const again = await planLock({ pipeline: await folder.pipeline() }, ports());
  expect(again.changes).toEqual([]);
  expect(again.after).toEqual(lock);
});
