import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { sourceSchema } from '../../config/sections/sources/source.ts';
import { fixedClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { readSource } from '../read-source.ts';
import { messageFrom, readOptions, rowsOf } from '../testing/read-helpers.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { ReadOptions } from '../types.ts';
import { loadDuckDb } from './duckdb-package.ts';

const read = (query: string, source: object = {}, directory = '.', options: Partial<ReadOptions> = {}) =>
  readSource(
    sourceSchema.parse({ type: 'duckdb', query, ...source }),
    { ...readOptions, ...options },
    {
      logger: silentLogger,
      clock: fixedClock(0),
      environment: {},
      directory,
      packageFolders: [inject('duckdb')],
    },
  );
const messageOf = (...given: Parameters<typeof read>) => messageFrom(read(...given));

/** A database of its own, made by statements. */
async function databaseIn(folder: string, ...statements: string[]): Promise<void> {
  const { DuckDBInstance } = await loadDuckDb({ folders: [inject('duckdb')] });
  const instance = await DuckDBInstance.create(path.join(folder, 'shop.duckdb'), {});
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

describe('a query of DuckDB', () => {
  test('gives columns of the types that DuckDB has', async () => {
    const { table } = await read(`
      SELECT * FROM (VALUES
        (1, 127::TINYINT, 7::BIGINT, 9007199254740993::HUGEINT, 12.50::DECIMAL(9,2), 9007199254740993::DECIMAL(38,0),
         'nan'::DOUBLE, 0.1::DOUBLE, 'inf'::DOUBLE, true, DATE '2024-02-29', TIMESTAMP '1969-12-31 23:59:59.9999',
         TIMESTAMPTZ '2024-01-01 00:00:00+02', ' 007', TIME '01:02:03', '00000000-0000-0000-0000-000000000001'::UUID,
         'b'::ENUM('a', 'b')),
        (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'NA', NULL, NULL, NULL)
      ) AS t (id, small, big, wide, exact, whole, nan, double, infinite, flag, day, local, zoned, code, clock, uuid, kind)`);
    expect(Object.fromEntries([...table.columns].map(([name, { type }]) => [name, type]))).toEqual({
      ...{
        id: 'number',
        small: 'number',
        big: 'number',
        wide: 'category',
        exact: 'number',
        whole: 'category',
      },
      ...{ nan: 'number', double: 'number', infinite: 'number', flag: 'boolean', day: 'date', local: 'date' },
      ...{ zoned: 'date', code: 'category', clock: 'category', uuid: 'category', kind: 'category' },
    });
    const [first, second] = rowsOf(table);
    expect(first).toEqual({
      ...{ id: 1, small: 127, big: 7, wide: '9007199254740993', exact: 12.5, whole: '9007199254740993' },
      ...{ nan: null, double: 0.1, infinite: Number.POSITIVE_INFINITY, flag: true },
      ...{ day: Date.UTC(2024, 1, 29), local: -1, zoned: Date.UTC(2023, 11, 31, 22) },
      ...{ code: ' 007', clock: '01:02:03', uuid: '00000000-0000-0000-0000-000000000001', kind: 'b' },
    });
    expect(Object.values(second!)).toEqual([2, ...Array.from({ length: 16 }, () => null)]);
  });

  test('puts rows in an order of their own, so that the same rows have the same digest', async () => {
    const rows = (order: string) =>
      read(`SELECT range AS id, range % 7 AS g, 'x' || range % 3 AS t FROM range(20000) ORDER BY ${order}`);
    const [first, second] = [await rows('id'), await rows('hash(id)')];
    expect(first.table.rows).toBe(20_000);
    expect(second.parts).toEqual(first.parts);
    expect(rowsOf(second.table).slice(0, 3)).toEqual(rowsOf(first.table).slice(0, 3));
    const other = await read("SELECT range AS id, range % 7 AS g, 'x' || range % 4 AS t FROM range(20000)");
    expect(other.parts[0]!.digest).not.toBe(first.parts[0]!.digest);
  });

  test('has the same digest and order when a column is declared as text', async () => {
    const query = 'SELECT 20 - range AS id, 0.5::DECIMAL(4,2) AS price FROM range(12)';
    const plain = await read(query);
    const declared = await read(query, {}, '.', { textColumns: new Set(['id', 'price']) });
    expect(declared.parts).toEqual(plain.parts);
    expect(rowsOf(declared.table)[0]).toEqual({ id: '9', price: '0.50' });
    expect(rowsOf(plain.table)[0]).toEqual({ id: 9, price: 0.5 });
  });

  test('reads files from the folder of ciclo.yml, and leaves nothing there', async () => {
    await using folder = await temporaryFolder({ 'data/a.csv': 'x,y\n1,b\n', 'data/b.csv': 'x,y\n0,a\n' });
    const { table } = await read("SELECT * FROM 'data/*.csv'", {}, folder.path);
    expect(rowsOf(table)).toEqual([
      { x: 0, y: 'a' },
      { x: 1, y: 'b' },
    ]);
    expect(await readdir(folder.path)).toEqual(['data']);
  });

  test('reads a database, and cannot write into it', async () => {
    await using folder = await temporaryFolder({});
    await databaseIn(
      folder.path,
      'CREATE TABLE cars (id INTEGER, name VARCHAR)',
      "INSERT INTO cars VALUES (1, 'a')",
    );
    const source = { database: 'shop.duckdb' };
    expect(rowsOf((await read('SELECT * FROM cars', source, folder.path)).table)).toEqual([
      { id: 1, name: 'a' },
    ]);
    const refused = (word: string) => `data.source.query must be one SELECT; this is ${word}`;
    expect(await messageOf('DELETE FROM cars', source, folder.path)).toBe(refused('"DELETE"'));
    expect(await messageOf("COPY (SELECT 1) TO 'x.csv'", source, folder.path)).toBe(refused('"COPY"'));
    expect(await messageOf('SELECT 1; DROP TABLE cars', source, folder.path)).toBe(refused('2 statements'));
    expect(await messageOf('SELECT 1; SET threads = 1', source, folder.path)).toBe(refused('2 statements'));
    expect(await readdir(folder.path)).toEqual(['shop.duckdb']);
  });

  test('that is wrong is quoted where it is wrong', async () => {
    expect(await messageOf('SELECT id,\n  nme FROM (SELECT 1 AS id, 2 AS name)')).toBe(
      'data.source.query at line 2, column 3 ("nme FROM (SELECT 1 AS id, 2 AS name)"): Referenced column "nme" not found in FROM clause!; Candidate bindings: "name"',
    );
    expect(await messageOf('SELEC 1')).toBe(
      'data.source.query at line 1, column 1 ("SELEC 1"): syntax error at or near "SELEC"',
    );
    expect(await messageOf('SELECT * FROM nowhere')).toContain('Table with name nowhere does not exist!');
    expect(await messageOf("SELECT * FROM 'nope/*.parquet'")).toContain(
      'No files found that match the pattern "nope/*.parquet"',
    );
    expect(await messageOf("SELECT error('in the middle') AS x")).toBe('data.source.query: in the middle');
    expect(await messageOf('SELECT 1 AS id, 2 AS id')).toBe(
      'data.source.query: columns 1 and 2 are both named "id"; every column needs a name of its own',
    );
  });

  test('with a column that a table cannot hold says which, and what to write', async () => {
    const refused = (type: string, remedy: string) =>
      `data.source.query: column x is of type ${type}, which a table cannot hold; leave it out, or write ${remedy}`;
    expect(await messageOf("SELECT 'a'::BLOB AS x")).toBe(refused('BLOB', 'hex(x)'));
    expect(await messageOf('SELECT [1, 2] AS x')).toBe(refused('INTEGER[]', 'unnest(x), or len(x)'));
    expect(await messageOf("SELECT {'a': 1} AS x")).toContain('write x.name for what is wanted of it');
    expect(await messageOf("SELECT MAP {'a': 1} AS x")).toContain("write x['name'] for what is wanted of it");
    expect(await messageOf("SELECT '{}'::JSON AS x")).toContain("write x->>'$.name'");
    expect(await messageOf('SELECT INTERVAL 1 DAY AS x')).toBe(refused('INTERVAL', 'epoch(x)'));
    expect(await messageOf("SELECT '101'::BIT AS x")).toBe(refused('BIT', 'CAST(x AS VARCHAR)'));
    expect(await messageOf("SELECT TIMESTAMP 'infinity' AS x")).toContain(
      'column x holds a time that a table cannot hold',
    );
  });

  test('that takes too long, or too many rows, is stopped', async () => {
    expect(
      await messageOf('SELECT max(a.range * b.range) AS m FROM range(100000000) a, range(100000) b', {
        timeout: 0.2,
      }),
    ).toBe(
      'data.source.query took longer than 0.2 s and was stopped; raise data.source.timeout, or ask for less',
    );
    expect(await messageOf('SELECT * FROM range(20000)', { 'max-rows': 15_000 })).toBe(
      'data.source.query answers more than 15,000 rows, which is data.source.max-rows; raise it, or ask for less (data.sample: 15000 draws so many to train on)',
    );
  });

  test('downloads no extension', async () => {
    expect(await messageOf("SELECT * FROM 'https://127.0.0.1:9/x.csv'")).toContain(
      'data.source.query needs an extension of DuckDB, and none is downloaded here: parquet, json and icu are built in',
    );
  });

  test('says what to do about a database that is not there, is none, or is written by another', async () => {
    await using folder = await temporaryFolder({ 'notes.txt': 'This is no database of DuckDB at all.' });
    expect(await messageOf('SELECT 1', { database: 'shop.duckdb' }, folder.path)).toBe(
      'data.source.database: there is no file "shop.duckdb", from the folder of ciclo.yml; name a database of DuckDB, or leave it out where the query reads files',
    );
    expect(await messageOf('SELECT 1', { database: 'notes.txt' }, folder.path)).toContain(
      'data.source.database: cannot open "notes.txt" as a database of DuckDB: ',
    );
  });

  test('names the command where DuckDB is not installed', async () => {
    await using empty = await temporaryFolder({});
    const message = await messageFrom(loadDuckDb({ folders: [empty.path] }));
    expect(message).toBe(
      `data.source is of type duckdb, which @duckdb/node-api reads, and that is not installed: run "npm install --ignore-scripts @duckdb/node-api@1.5.6-r.1" in ${empty.path}`,
    );
  });

  test('takes what an action installs when it is asked for', async () => {
    const asked: string[] = [];
    const { DuckDBInstance } = await loadDuckDb({
      folders: [tmpdir()],
      install: async () => {
        asked.push('once');
        return inject('duckdb');
      },
    });
    expect([asked, typeof DuckDBInstance.create]).toEqual([['once'], 'function']);
  });
});
