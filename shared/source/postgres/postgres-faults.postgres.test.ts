import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sourceSchema } from '../../config/sections/sources/source.ts';
import { type Clock, fixedClock, systemClock } from '../../platform/clock.ts';
import { silentLogger } from '../../platform/logger.ts';
import { openEngine } from '../open-engine.ts';
import { countingProxy } from '../testing/counting-proxy.ts';
import { havePostgres, type PostgresServer, postgresServer } from '../testing/postgres-server.ts';
import { messageFrom, readConfigured } from '../testing/read-helpers.ts';

/** The second batch takes a while, in which something happens. */
const slow = 'SELECT id, name FROM cars WHERE id <> 15000 OR pg_sleep(0.5) IS NOT NULL ORDER BY id';

async function serverWithCars(): Promise<PostgresServer> {
  const server = await postgresServer();
  await statement(
    server,
    "CREATE TABLE cars (id int PRIMARY KEY, name text); INSERT INTO cars SELECT i, 'car ' || i FROM generate_series(1, 25000) i",
  );
  return server;
}

async function statement(server: PostgresServer, sql: string): Promise<void> {
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

function read(
  url: string,
  query: string,
  given: { meanwhile?: () => unknown; timeout?: number; clock?: Clock; log?: string[] } = {},
) {
  const { meanwhile, timeout, clock = fixedClock(0), log = [] } = given;
  let begun = false;
  const progress = (): void => {
    if (!begun) meanwhile?.();
    begun = true;
  };
  return readConfigured(
    { type: 'postgres', query, ...(timeout === undefined ? {} : { timeout }) },
    {
      environment: { CICLO_POSTGRES_URL: url },
      logger: { ...silentLogger, progress, info: (message) => void log.push(message) },
      clock,
    },
  );
}

const engineOf = async (url: string, query: string, timeout = 300) => {
  const source = sourceSchema.parse({ type: 'postgres', query, timeout });
  const environment = { CICLO_POSTGRES_URL: url };
  const ports = { logger: silentLogger, clock: fixedClock(0), environment, directory: '.' };
  return (await openEngine(source, ports, 'data.source'))!;
};

describe.skipIf(!havePostgres())('a server of PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await serverWithCars();
  }, 60_000);
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  test('that is gone in mid-stream, and does not come back, is said to be', async () => {
    await using own = await serverWithCars();
    const reading = read(own.url, slow, { meanwhile: () => own.stop() });
    expect(await messageFrom(reading)).toMatch(
      new RegExp(
        `^cannot connect to PostgreSQL at 127\\.0\\.0\\.1:${own.port}/ciclo: .*is it running and reachable`,
      ),
    );
  });

  test('that is started again in mid-stream is asked again, as soon as it lets anybody in', async () => {
    await using own = await serverWithCars();
    const log: string[] = [];
    let back: Promise<void> | undefined;
    let pauses = 0;
    // The first pause is too short, the second long enough.
    const clock = { now: () => 0, sleep: async () => void (pauses++ > 0 && (await back)) };
    const meanwhile = (): void => {
      back = own.restart();
    };
    const given = { meanwhile, clock, log };
    const { table } = await read(own.url, slow, given);
    expect([table.rows, table.columns.get('id')]).toEqual([
      25_000,
      { type: 'number', values: Float64Array.from({ length: 25_000 }, (_, i) => i + 1) },
    ]);
    const place = `PostgreSQL at 127\\.0\\.0\\.1:${own.port}/ciclo`;
    expect(log[0]).toMatch(new RegExp(`^the connection to ${place} broke; trying again$`));
    for (const line of log.slice(1)) {
      expect(line).toMatch(new RegExp(`^cannot connect to ${place}: .+; trying again$`));
    }
  });

  test('that ends the connection between two statements is said to have done so, and not the query', async () => {
    await using engine = await engineOf(server.url, 'SELECT id FROM cars');
    await engine.ask('SELECT 1');
    await statement(
      server,
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'ciclo'",
    );
    // Until the driver has heard of it, too.
    await systemClock.sleep(100);
    expect(await messageFrom(engine.ask('SELECT 1'))).toMatch(
      new RegExp(
        `^the connection to PostgreSQL at 127\\.0\\.0\\.1:${server.port}/ciclo broke while it was asked: terminating connection due to administrator command; `,
      ),
    );
  });

  test('that ends the connection before anything was counted is asked on another one', async () => {
    await using engine = await engineOf(server.url, 'SELECT id FROM cars');
    const kill =
      "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'ciclo'";
    await statement(server, kill);
    await systemClock.sleep(100);
    const counts = [1, 2].map((n) => engine.ask(`SELECT ${n} * count(*) FROM cars`));
    expect(await Promise.all(counts)).toEqual([[['25000']], [['50000']]]);
    const sessions = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ciclo'";
    expect(await engine.ask(sessions)).toEqual([['1']]);
    // An engine of its own, whose server does not come back.
    await using own = await serverWithCars();
    await using lost = await engineOf(own.url, 'SELECT id FROM cars');
    await own.stop();
    expect(await messageFrom(lost.ask('SELECT 1'))).toMatch(/^cannot connect to PostgreSQL at .+\/ciclo: /);
  });

  test('whose role has a limit of time holds each fetch to it, and not all of them together', async () => {
    // Three fetches of a second each.
    const query = 'SELECT id FROM cars WHERE id % 10000 <> 5000 OR pg_sleep(1) IS NOT NULL';
    await server.asOwner("ALTER ROLE ciclo SET statement_timeout = '2500ms'");
    try {
      expect((await read(server.url, query)).table.rows).toBe(25_000);
      expect(await messageFrom(read(server.url, query.replace('(1)', '(30)')))).toContain(
        'took longer than 2.5 s, which is the statement_timeout of the role',
      );
    } finally {
      await server.asOwner('ALTER ROLE ciclo RESET statement_timeout');
    }
    // The time of the source is that of the whole query.
    expect(await messageFrom(read(server.url, query, { timeout: 2.5, clock: systemClock }))).toBe(
      'data.source.query took longer than 2.5 s and was stopped; raise data.source.timeout, or ask for less',
    );
  });

  test('that ends the connection while it counts is said to have done so, and not the query', async () => {
    await using engine = await engineOf(server.url, 'SELECT id FROM cars');
    await engine.ask('SELECT 1');
    const asked = messageFrom(engine.ask('SELECT pg_sleep(30)'));
    await statement(
      server,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ciclo'",
    );
    expect(await asked).toMatch(
      new RegExp(
        `^the connection to PostgreSQL at 127\\.0\\.0\\.1:${server.port}/ciclo broke while it was asked: `,
      ),
    );
  });

  test('whose administrator stops the query is not said to have run out of time', async () => {
    await using engine = await engineOf(server.url, 'SELECT id FROM cars');
    const asked = messageFrom(engine.ask('SELECT pg_sleep(30)'));
    await statement(
      server,
      "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'ciclo'",
    );
    expect(await asked).toBe('data.source.query: canceling statement due to user request');
  });

  test('that falls silent is given up a little after the time of the query', async () => {
    await using proxy = await countingProxy(server.port);
    const url = server.url.replace(`:${server.port}/`, `:${proxy.port}/`);
    const told = `PostgreSQL at 127.0.0.1:${proxy.port}/ciclo gave no answer for 5.5 s, and did not say that it stops the query either: is it still reachable from here?`;
    const reading = read(url, 'SELECT id, name FROM cars ORDER BY id', {
      meanwhile: () => proxy.silence(),
      timeout: 0.5,
    });
    expect(await messageFrom(reading)).toBe(told);
  });

  test('that has no such table or column names it', async () => {
    expect(await messageFrom(read(server.url, 'SELECT id FROM lorries'))).toBe(
      'data.source.query at line 1, column 16 ("lorries"): relation "lorries" does not exist',
    );
    expect(await messageFrom(read(server.url, 'SELECT weight FROM cars'))).toContain(
      'column "weight" does not exist',
    );
    expect(await messageFrom(engineOf(server.url, 'SELECT id FROM lorries'))).toBe(
      'data.source.query at line 1, column 16 ("lorries"): relation "lorries" does not exist',
    );
  });

  test('that does not let the role read says which right it takes', async () => {
    await statement(server, 'CREATE TABLE secret (id int); REVOKE ALL ON secret FROM ciclo');
    for (const ask of [read, engineOf]) {
      expect(await messageFrom(ask(server.url, 'SELECT id FROM secret'))).toBe(
        'data.source.query: permission denied for table secret; have the role of the address allowed to read it (GRANT SELECT, and GRANT USAGE on its schema), or ask for what it may read',
      );
    }
  });

  test('that does not let the role read one column says so, and lets it read the others', async () => {
    await server.asOwner(
      "CREATE TABLE staff (id int, name text, salary int); INSERT INTO staff VALUES (1, 'Ada', 9); REVOKE ALL ON staff FROM ciclo; GRANT SELECT (id, name) ON staff TO ciclo",
    );
    for (const query of ['SELECT * FROM staff', 'SELECT id FROM staff WHERE salary > 5']) {
      for (const ask of [read, engineOf]) {
        expect(await messageFrom(ask(server.url, query))).toContain(
          'permission denied for table staff; have the role of the address allowed to read it (GRANT SELECT',
        );
      }
    }
    expect((await read(server.url, 'SELECT id, name FROM staff')).table.rows).toBe(1);
  });

  test('gets a password with any sign from a variable, and no other host is asked', async () => {
    const password = 'a/b@evil.example?c#d:f%';
    await server.asOwner(`CREATE ROLE ada LOGIN PASSWORD '${password}'; GRANT SELECT ON cars TO ada`);
    const url = `postgres://ada:\${{ env.CICLO_PASSWORD }}@127.0.0.1:${server.port}/ciclo`;
    const source = { type: 'postgres', url, query: 'SELECT id FROM cars WHERE id < 4 ORDER BY id' };
    const { table } = await readConfigured(source, { environment: { CICLO_PASSWORD: password } });
    expect(table.rows).toBe(3);
  });

  test('gets one statement, whatever the query says', async () => {
    const hole = 'SELECT 1 AS a) x LIMIT 0; COMMIT; CREATE TABLE hole (id int); SELECT * FROM (SELECT 1 AS a';
    expect(await messageFrom(engineOf(server.url, hole))).toBe(
      'data.source.query: cannot insert multiple commands into a prepared statement',
    );
    expect(await messageFrom(read(server.url, 'SELECT id FROM hole'))).toContain(
      'relation "hole" does not exist',
    );
  });

  test('whose table grows while it is read gives the rows that were there at the start', async () => {
    const grown: Promise<void>[] = [];
    const more = "INSERT INTO cars SELECT i, 'late' FROM generate_series(25001, 26000) i";
    const meanwhile = (): void => void grown.push(statement(server, more));
    const { table, parts } = await read(server.url, slow, { meanwhile });
    await Promise.all(grown);
    expect([table.rows, parts[0]!.rows]).toEqual([25_000, 25_000]);
    expect((await read(server.url, 'SELECT id FROM cars')).table.rows).toBe(26_000);
  });
});
