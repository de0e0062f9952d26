import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, truncate } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { profileTable } from '../../dataset/profile/profile.ts';
import { numbers, schemaOf } from '../../dataset/testing/dataset-builders.ts';
import { countedProfile } from '../../sql/counted-profile.ts';
import { duckdbSourceOf, readDuckDb } from '../testing/duckdb-source.ts';
import { messageFrom, readOptions } from '../testing/read-helpers.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { loadDuckDb } from './duckdb-package.ts';

const read = (query: string, directory: string, source: object = {}) =>
  readDuckDb(query, inject('duckdb'), readOptions, { directory, source });

describe('DuckDB', () => {
  test('refuses counts of a file that grows between two statements', async () => {
    await using folder = await temporaryFolder({ 'a.csv': 'x,y\n1,2\n3,4\n' });
    const file = path.join(folder.path, 'a.csv');
    await using engine = await duckdbSourceOf("SELECT * FROM 'a.csv'", inject('duckdb'), folder.path);
    const columns = Array.from({ length: 70 }, (_, i) => [`c${i}`, numbers([1, 2, 3])] as const);
    const table = { rows: 3, columns: new Map(columns) };
    const counted = countedProfile(profileTable(table, schemaOf(table)), {
      ...{ dialect: engine.dialect, rows: { query: engine.query, where: [] } },
      values: new Map(columns.map(([name]) => [name, { sql: engine.dialect.asNumber(engine.columns[0]!) }])),
      ask: (sql) => engine.ask(sql),
      async *scan(sql) {
        yield* engine.scan(sql);
        await appendFile(file, '5,6\n');
      },
    });
    expect(await messageFrom(counted)).toBe(
      'the rows changed while they were counted: 2 before, 3 now; ask again, or ask for rows that stay as they are',
    );
  });

  test('can be asked again, or closed, by who has stopped midway', async () => {
    await using folder = await temporaryFolder({});
    await using engine = await duckdbSourceOf('SELECT 1 AS x', inject('duckdb'), folder.path);
    const many = 'SELECT CAST(range AS DOUBLE) AS x FROM range(1000000)';
    for (let times = 0; times < 3; times++) {
      for await (const { rows } of engine.scan(many)) {
        expect(rows).toBeGreaterThan(0);
        break;
      }
    }
    expect(await engine.ask('SELECT count(*) FROM range(5)')).toEqual([['5']]);
  });

  test('throws what goes wrong in a later part where that part is asked for', async () => {
    await using folder = await temporaryFolder({});
    await using engine = await duckdbSourceOf('SELECT 1 AS x', inject('duckdb'), folder.path);
    const late =
      "SELECT CASE WHEN range < 900000 THEN 1e0 ELSE error('too late') END AS x FROM range(1000000)";
    let rows = 0;
    const read = async () => {
      for await (const part of engine.scan(late)) {
        // While a part is looked at the next one is made, and may fail already.
        await new Promise((done) => setTimeout(done, 1));
        rows += part.rows;
      }
    };
    expect(await messageFrom(read())).toBe('data.source.query: too late');
    expect(rows).toBeGreaterThan(0);
  });

  test('gives no rows of a query that fails after many of them', async () => {
    await using folder = await temporaryFolder({});
    const texts =
      "SELECT CASE WHEN range = 900000 THEN 'n/a' ELSE CAST(range AS VARCHAR) END AS x FROM range(1000000)";
    const failure = read(`SELECT CAST(x AS DOUBLE) AS x FROM (${texts})`, folder.path);
    expect(await messageFrom(failure)).toMatch(
      /^data\.source\.query: Could not convert string 'n\/a' to DOUBLE/,
    );
  });

  test('says that time was over where it ends an answer in its midst', async () => {
    await using folder = await temporaryFolder({});
    const settings = { timeout: 1 };
    await using engine = await duckdbSourceOf('SELECT 1 AS x', inject('duckdb'), folder.path, settings);
    let rows = 0;
    const scanned = (async () => {
      for await (const part of engine.scan('SELECT 1e0 AS x FROM range(100000000000)')) rows += part.rows;
    })();
    expect(await messageFrom(scanned)).toBe(
      'data.source.query took longer than 1 s and was stopped; raise data.source.timeout, or ask for less',
    );
    expect(rows).toBeGreaterThan(0);
  });

  test('names a file that is there in part', async () => {
    await using folder = await temporaryFolder({});
    const file = path.join(folder.path, 'a.parquet');
    const { DuckDBInstance } = await loadDuckDb({ folders: [inject('duckdb')] });
    const instance = await DuckDBInstance.create(':memory:', {});
    const connection = await instance.connect();
    await connection.run(`COPY (SELECT range AS x FROM range(10000)) TO '${file}'`);
    connection.closeSync();
    instance.closeSync();
    await truncate(file, 5000);
    expect(await messageFrom(read("SELECT * FROM 'a.parquet'", folder.path))).toContain(
      `No magic bytes found at end of file '${file}'`,
    );
  });

  test('says that another process writes into the database', async () => {
    await using folder = await temporaryFolder({});
    const database = path.join(folder.path, 'shop.duckdb');
    const script = `
      const { DuckDBInstance } = require('@duckdb/node-api');
      DuckDBInstance.create(${JSON.stringify(database)}).then(async (instance) => {
        const connection = await instance.connect();
        await connection.run('CREATE TABLE cars (id INTEGER)');
        console.log('open');
        setInterval(() => connection, 1000);
      });`;
    const writer = spawn(process.execPath, ['--eval', script], {
      cwd: inject('duckdb'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(writer.stdout, 'data');
      const source = { database: 'shop.duckdb' };
      expect(await messageFrom(read('SELECT * FROM cars', folder.path, source))).toBe(
        'data.source.database: another process has "shop.duckdb" open to write into it, and DuckDB lets nobody read it meanwhile; read it when that has ended, or read a copy',
      );
    } finally {
      writer.kill();
      await once(writer, 'exit');
    }
  });
});
