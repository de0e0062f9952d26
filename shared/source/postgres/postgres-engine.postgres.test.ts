import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sourceSchema } from '../../config/sections/sources/source.ts';
import { fixedClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { openEngine } from '../open-engine.ts';
import { readSource } from '../read-source.ts';
import { havePostgres, type PostgresServer, postgresServer } from '../testing/postgres-server.ts';
import { messageFrom, readOptions, rowsOf } from '../testing/read-helpers.ts';

describe.skipIf(!havePostgres())('the engine of a source of PostgreSQL', () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await postgresServer();
  }, 60_000);

  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  const open = async (query: string, url = server.url) =>
    (await openEngine(
      sourceSchema.parse({ type: 'postgres', query }),
      {
        logger: silentLogger,
        clock: fixedClock(0),
        environment: { CICLO_POSTGRES_URL: url },
        directory: '.',
      },
      'data.source',
    ))!;

  test('knows the columns of its query, whatever it ends with', async () => {
    await using engine = await open(
      "SELECT 1 AS a, 1.5::numeric AS b, 0.1::float4 AS c, 'x' AS d, true AS e, now() AS f -- so it is\n;",
    );
    expect(engine.columns).toEqual([
      { name: 'a', kind: 'number', type: '' },
      { name: 'b', kind: 'number', type: 'numeric' },
      { name: 'c', kind: 'number', type: 'float4' },
      { name: 'd', kind: 'text', type: '' },
      { name: 'e', kind: 'boolean', type: '' },
      { name: 'f', kind: 'date', type: '' },
    ]);
    const { asNumber } = engine.dialect;
    expect(
      await engine.ask(`SELECT ${asNumber(engine.columns[2]!)} AS c FROM (SELECT 0.1::float4 AS c) t`),
    ).toEqual([['0.1']]);
  });

  test('counts char(n) without the blanks that fill it up, as its rows are read', async () => {
    const query =
      "SELECT 'ab'::char(5) AS narrow, 'ab '::char(9) AS wide, 'ab'::varchar(9) AS free, ' ab '::char(9) AS set_in";
    const source = sourceSchema.parse({ type: 'postgres', query });
    const ports = { logger: silentLogger, clock: fixedClock(0), directory: '.' };
    const environment = { CICLO_POSTGRES_URL: server.url };
    const { table } = await readSource(source, readOptions, { ...ports, environment }, 'data.source');
    await using engine = await open(query);
    const texts = engine.columns.map((column) => ({
      sql: engine.dialect.asText(column),
      wanted: [],
      others: 9,
    }));
    const { sql, read } = engine.dialect.countTexts({ query, where: [] }, texts);
    const counted = read(await engine.ask(sql)).map(({ values }) => values.map(({ value }) => value));
    expect(counted).toEqual([['ab'], ['ab'], ['ab'], [' ab']]);
    expect(Object.values(rowsOf(table)[0]!).map((value) => [value])).toEqual(counted);
  });

  test('sees one state of the data', async () => {
    const client = new pg.Client(server.url);
    await client.connect();
    try {
      await client.query('CREATE TABLE growing (id int); INSERT INTO growing VALUES (1)');
      await using engine = await open('SELECT id FROM growing');
      const count = 'SELECT count(*) FROM growing';
      expect(await engine.ask(count)).toEqual([['1']]);
      await client.query('INSERT INTO growing VALUES (2)');
      expect(await engine.ask(count)).toEqual([['1']]);
    } finally {
      await client.end();
    }
  });

  test('says where the query is wrong, and never shows a password', async () => {
    expect(await messageFrom(open('SELECT 1 AS id,\n  nme FROM pg_class'))).toBe(
      'data.source.query at line 2, column 3 ("nme FROM pg_class"): column "nme" does not exist',
    );
    expect(await messageFrom(open('SELECT 1', server.url.replace('word', 'sword')))).toBe(
      `cannot connect to PostgreSQL at 127.0.0.1:${server.port}/ciclo: it does not accept user and password; check the value of CICLO_POSTGRES_URL`,
    );
    await using engine = await open('SELECT 1 AS id');
    expect(await messageFrom(engine.ask('SELECT 1 / 0'))).toBe('data.source.query: division by zero');
  });

  test('cannot write', async () => {
    await using engine = await open('SELECT 1 AS id');
    expect(await messageFrom(engine.ask('CREATE TABLE x (id int)'))).toContain(
      'data.source.query may only read',
    );
  });
});
