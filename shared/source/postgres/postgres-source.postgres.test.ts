import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sourceSchema } from '../../config/sections/sources/source.ts';
import { fixedClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { readSource } from '../read-source.ts';
import { havePostgres, type PostgresServer, postgresServer } from '../testing/postgres-server.ts';
import { messageFrom, readConfigured, readOptions, rowsOf } from '../testing/read-helpers.ts';
import type { ReadOptions } from '../types.ts';

const reference = '${{ env.CICLO_POSTGRES_URL }}';

describe.skipIf(!havePostgres())('a query to PostgreSQL', () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await postgresServer();
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query('CREATE TABLE cars (id int PRIMARY KEY, name text)');
    await client.query("INSERT INTO cars SELECT i, 'car ' || i FROM generate_series(1, 25000) AS i");
    await client.end();
  }, 60_000);

  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  const read = (query: string, source: object = {}, options: Partial<ReadOptions> = {}) =>
    readConfigured(
      { type: 'postgres', query, ...source },
      { environment: { CICLO_POSTGRES_URL: server.url }, options },
    );
  const messageOf = (...given: Parameters<typeof read>) => messageFrom(read(...given));

  test('may be given more time than a timer knows', async () => {
    for (const timeout of [3e6, 1e9]) {
      const { table } = await read('SELECT count(*) AS n FROM cars, pg_sleep(0.05)', { timeout });
      expect(rowsOf(table)).toEqual([{ n: 25_000 }]);
    }
  });

  test('gives columns of the types that PostgreSQL has', async () => {
    const { table } = await read(`
      SELECT * FROM (VALUES
        (1, 32767::int2, 7::int8, 9007199254740993::int8, 12.50::numeric, 'NaN'::numeric, 0.1::float8, 'Infinity'::float8,
         true, date '2024-02-29', timestamp '1969-12-31 23:59:59.9999', timestamptz '2024-01-01 00:00+02',
         ' 007', '{"b": 1}'::json, time '01:02:03', uuid '00000000-0000-0000-0000-000000000001'),
        (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'NA', NULL, NULL, NULL)
      ) AS t (id, small, big, wide, exact, nan, double, infinite, flag, day, local, zoned, code, doc, clock, uuid)
      ORDER BY id`);
    expect([...table.columns.values()].map(({ type }) => type)).toEqual([
      ...['number', 'number', 'number', 'category', 'number', 'number', 'number', 'number'],
      ...['boolean', 'date', 'date', 'date', 'category', 'category', 'category', 'category'],
    ]);
    const [first, second] = rowsOf(table);
    expect(first).toEqual({
      id: 1,
      small: 32_767,
      big: 7,
      wide: '9007199254740993',
      exact: 12.5,
      nan: null,
      double: 0.1,
      infinite: Number.POSITIVE_INFINITY,
      flag: true,
      day: Date.UTC(2024, 1, 29),
      local: -1,
      zoned: Date.UTC(2023, 11, 31, 22),
      code: ' 007',
      doc: '{"b": 1}',
      clock: '01:02:03',
      uuid: '00000000-0000-0000-0000-000000000001',
    });
    expect(Object.values(second!)).toEqual([2, ...Array.from({ length: 15 }, () => null)]);
  });

  test('keeps declared texts as PostgreSQL writes them, and gives types even to columns without values', async () => {
    const query =
      'SELECT 1.50::numeric AS a, NULL::bool AS b, NULL::text AS c, NULL::date AS d FROM cars WHERE id < 2';
    const { table } = await read(query, {}, { textColumns: new Set(['a']) });
    expect(rowsOf(table)).toEqual([{ a: '1.50', b: null, c: null, d: null }]);
    expect([...table.columns.values()].map(({ type }) => type)).toEqual([
      'category',
      'boolean',
      'category',
      'date',
    ]);
  });

  test('reads more rows than a batch holds, in order, under the same digest each time', async () => {
    const query = 'SELECT id, name FROM cars ORDER BY id DESC';
    const [first, second] = [await read(query), await read(query)];
    expect(first.table.rows).toBe(25_000);
    expect(rowsOf(first.table).at(-1)).toEqual({ id: 1, name: 'car 1' });
    expect(first.parts).toEqual([
      { name: 'query', digest: expect.stringMatching(/^sha256:/), firstRow: 0, rows: 25_000 },
    ]);
    expect(second.parts).toEqual(first.parts);
    const other = await read('SELECT id, name FROM cars ORDER BY id');
    expect(other.parts[0]!.digest).not.toBe(first.parts[0]!.digest);
  });

  test('may answer no rows', async () => {
    const { table } = await read('SELECT id, name FROM cars WHERE false');
    expect(table.rows).toBe(0);
    expect([...table.columns.keys()]).toEqual(['id', 'name']);
  });

  test('may only read', async () => {
    const refused = (word: string) =>
      `data.source.query may only read: PostgreSQL refused "${word}" in a read-only transaction; write one SELECT`;
    expect(await messageOf('DELETE FROM cars RETURNING id')).toBe(refused('DELETE'));
    expect(await messageOf('  insert into cars values (0)')).toBe(refused('insert'));
    expect(await messageOf('SELECT 1; DROP TABLE cars')).toBe(
      'data.source.query: cannot insert multiple commands into a prepared statement',
    );
    for (const query of ['SET statement_timeout = 0', 'COPY cars TO STDOUT', '-- nothing']) {
      expect(await messageOf(query)).toBe('data.source.query answers no columns; it must be one SELECT');
    }
    expect((await read('SELECT count(*) AS n FROM cars')).table.columns.get('n')).toEqual({
      type: 'number',
      values: Float64Array.of(25_000),
    });
  });

  test('that is wrong is quoted where it is wrong', async () => {
    expect(await messageOf('SELECT id,\n  ä, nme FROM cars')).toBe(
      'data.source.query at line 2, column 3 ("ä, nme FROM cars"): column "ä" does not exist',
    );
    expect(await messageOf('SELECT id, nme FROM cars')).toBe(
      'data.source.query at line 1, column 12 ("nme FROM cars"): column "nme" does not exist; ' +
        'hint: Perhaps you meant to reference the column "cars.name".',
    );
    expect(await messageOf('SELECT 1 / (id - id) FROM cars')).toBe('data.source.query: division by zero');
    expect(await messageOf('SELECT id, name AS id FROM cars')).toBe(
      'data.source.query: columns 1 and 2 are both named "id"; every column needs a name of its own',
    );
  });

  test('that takes too long is stopped', async () => {
    expect(await messageOf('SELECT pg_sleep(30)', { timeout: 0.1 })).toBe(
      'data.source.query took longer than 0.1 s and was stopped; raise data.source.timeout, or ask for less',
    );
  });

  test('that answers too many rows is refused', async () => {
    expect(await messageOf('SELECT id FROM cars', { 'max-rows': 20_000 })).toBe(
      'data.source.query answers more than 20,000 rows, which is data.source.max-rows; raise it, or ask for less (data.sample: 20000 draws so many to train on)',
    );
  });

  test('with values that a table cannot hold says which', async () => {
    expect(await messageOf("SELECT '\\x00'::bytea AS raw")).toBe(
      "data.source.query: column raw is of type bytea, which a table cannot hold; leave it out, or write encode(raw, 'hex')",
    );
    expect(await messageOf("SELECT date 'infinity' AS until")).toBe(
      'data.source.query: column until holds the date "infinity", which a table cannot hold; leave such rows out, ' +
        "or write NULLIF(until, 'infinity')",
    );
    expect(await messageOf("SELECT date '0044-03-15 BC' AS until")).toContain(
      'holds the date "0044-03-15 BC"',
    );
  });

  test('without an order of its own is told, where the lock pins its rows', async () => {
    const warnings: string[] = [];
    const logger = { ...silentLogger, warn: (message: string) => warnings.push(message) };
    const source = sourceSchema.parse({ type: 'postgres', query: 'SELECT id FROM cars WHERE id < 9' });
    const ports = {
      logger,
      clock: fixedClock(0),
      environment: { CICLO_POSTGRES_URL: server.url },
      directory: '.',
    };
    await readSource(source, readOptions, ports);
    await readSource(source, readOptions, ports, 'data.sources.cars');
    await readSource(source, readOptions, ports, 'monitor.source');
    const told = (name: string) =>
      `${name}.query has no ORDER BY: PostgreSQL may give the same rows in another order next time, and they are then not what ciclo.lock pins; end it with ORDER BY and columns that tell rows apart`;
    expect(warnings).toEqual([told('data.source'), told('data.sources.cars')]);
  });

  test('with columns that hold more than one value says what to write', async () => {
    const warnings: string[] = [];
    const logger = { ...silentLogger, warn: (message: string) => warnings.push(message) };
    const query = `SELECT 1 AS id, '{"b": 1}'::jsonb AS doc, ARRAY[1, 2] AS list, '$1.50'::money AS price, '1 day'::interval AS span`;
    const { table } = await readConfigured(
      { type: 'postgres', query },
      { environment: { CICLO_POSTGRES_URL: server.url }, logger },
    );
    expect(rowsOf(table)[0]).toMatchObject({ doc: '{"b": 1}', list: '{1,2}', span: 'P1D' });
    const told = (column: string, type: string, remedy: string) =>
      `data.source.query: column ${column} is ${type}, which is read as text; for what is in it write ${remedy}`;
    expect(warnings).toEqual([
      told('doc', 'of type jsonb', "doc->>'name'"),
      told('list', 'an array', 'list[1], or cardinality(list)'),
      told('price', 'of type money', 'price::numeric'),
      told('span', 'of type interval', 'extract(epoch FROM span)'),
    ]);
  });

  test('whose connection breaks is asked again, from its first row', async () => {
    // The second batch takes a while, in which the connection is ended.
    const query = 'SELECT id, name FROM cars WHERE id <> 15000 OR pg_sleep(0.5) IS NOT NULL ORDER BY id';
    const expected = await read('SELECT id, name FROM cars ORDER BY id');
    const { reads, ended, logger } = await breaking(1);
    const found = await readConfigured(
      { type: 'postgres', query },
      { environment: { CICLO_POSTGRES_URL: server.url }, logger },
    );
    await ended();
    expect(found.table).toEqual(expected.table);
    expect(found.parts).toEqual(expected.parts);
    expect(reads).toEqual([
      `the connection to PostgreSQL at 127.0.0.1:${server.port}/ciclo broke; trying again`,
    ]);
  });

  test('whose connection breaks again and again is not blamed for it', async () => {
    const query = 'SELECT id, name FROM cars WHERE id <> 15000 OR pg_sleep(0.5) IS NOT NULL ORDER BY id';
    const { ended, logger } = await breaking(3);
    const message = await messageFrom(
      readConfigured(
        { type: 'postgres', query },
        { environment: { CICLO_POSTGRES_URL: server.url }, logger },
      ),
    );
    await ended();
    expect(message).toMatch(
      new RegExp(
        `^the connection to PostgreSQL at 127\\.0\\.0\\.1:${server.port}/ciclo broke while rows were read, 3 times in a row: .+; is the server being restarted, or does something on the way close long connections\\?$`,
      ),
    );
  });

  test('keeps to the limit of time that its role has', async () => {
    await using admin = await connected();
    await admin.client.query("ALTER ROLE ciclo SET statement_timeout = '200ms'");
    try {
      expect(await messageOf('SELECT pg_sleep(30)')).toBe(
        'data.source.query took longer than 0.2 s, which is the statement_timeout of the role, and was stopped; have it raised (ALTER ROLE … SET statement_timeout), or ask for less',
      );
      expect(await messageOf('SELECT pg_sleep(30)', { timeout: 0.1 })).toContain('raise data.source.timeout');
    } finally {
      await admin.client.query('ALTER ROLE ciclo RESET statement_timeout');
    }
  });

  async function connected() {
    const client = new pg.Client(server.url);
    await client.connect();
    return { client, [Symbol.asyncDispose]: () => client.end() };
  }

  /** Ends the connection after the first rows, so many times. */
  async function breaking(times: number) {
    const { client } = await connected();
    const reads: string[] = [];
    const kills: Promise<unknown>[] = [];
    const kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ciclo'";
    const logger = {
      ...silentLogger,
      info: (message: string) => reads.push(message),
      progress: ({ done }: { done: number }) => {
        if (done === 10_000 && kills.length < times) kills.push(client.query(kill));
      },
    };
    return {
      reads,
      logger,
      ended: async () => {
        expect(kills).toHaveLength(times);
        await Promise.all(kills);
        await client.end();
      },
    };
  }

  test('cannot be asked with wrong credentials, and no message shows them', async () => {
    const from = (url: string, source: object = {}) =>
      messageFrom(
        readConfigured(
          { type: 'postgres', query: 'SELECT 1', ...source },
          { environment: { CICLO_POSTGRES_URL: url } },
        ),
      );
    const place = `cannot connect to PostgreSQL at 127.0.0.1:${server.port}`;
    expect(await from(server.url.replace('word', 'sword'))).toBe(
      `${place}/ciclo: it does not accept user and password; check the value of CICLO_POSTGRES_URL`,
    );
    expect(await from(server.url.replace(/ciclo$/, 'nowhere'))).toBe(
      `${place}/nowhere: it has no such database; check the value of CICLO_POSTGRES_URL`,
    );
    expect(await from('postgres://u:hunter2@127.0.0.1:9/x')).toBe(
      'cannot connect to PostgreSQL at 127.0.0.1:9/x: connect ECONNREFUSED 127.0.0.1:9; is it running and reachable ' +
        'from here, and do host and port hold? Check the value of CICLO_POSTGRES_URL',
    );
    expect(await from('mysql://u:hunter2@h/x')).toBe(
      'data.source.url is not an address of PostgreSQL; it should be like postgres://user:password@host:5432/database',
    );
    expect(await from('', { url: 'postgres://u:hunter2@h/x' })).toBe(
      'data.source.url holds a password; keep it out of the file: put the whole address into an environment ' +
        `variable and write url: ${reference}`,
    );
    expect(await from('', { url: 'postgres://u@h/x?password=hunter2' })).toContain(
      'data.source.url holds a password; keep it out of the file',
    );
    for (const url of ['postgres://u:50%off@h/x', 'postgres://u:50%ff@h/x', 'postgres://u@h/x%']) {
      expect(await from(url)).toBe(
        'data.source.url holds a "%" in user, password or database that begins no percent-encoding; write %25 where a "%" is meant',
      );
    }
  });
});
