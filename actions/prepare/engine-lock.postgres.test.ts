import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { formatLock, parseLock } from '../../shared/config/lock/lock-file.ts';
import {
  havePostgres,
  type PostgresServer,
  postgresServer,
} from '../../shared/source/testing/postgres-server.ts';
import { housesConfig } from '../testing/houses.ts';
import { pipelineFolder, quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { planLock, writeLock } from './lock.ts';
import { prepare } from './prepare.ts';

describe.skipIf(!havePostgres())('a lock of rows that PostgreSQL has', () => {
  let server: PostgresServer;
  let client: pg.Client;
  let name: string;
  beforeAll(async () => {
    server = await postgresServer();
    client = new pg.Client(server.url);
    await client.connect();
    const answer = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    name = `PostgreSQL ${Math.floor(Number(answer.rows[0]!.server_version_num) / 10_000)}`;
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    await server?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    await client.query(`
      DROP TABLE IF EXISTS houses;
      CREATE TABLE houses AS
      SELECT 'h' || i AS id, 2001 + i / 100 AS year, 40 + (i * 7919) % 160 AS size,
        3.0 * (40 + (i * 7919) % 160) + i % 37 AS price
      FROM generate_series(0, 399) AS i`);
  });

  const ports = () => quietPorts({ CICLO_POSTGRES_URL: server.url });
  const configured = (query: string, data: object = { time: 'year' }) =>
    housesConfig({ data: { source: { type: 'postgres', query }, key: 'id', ...data }, prepare: {} });

  /** Locks the rows, lets something happen, and prepares them where there is no snapshot. */
  async function after(config: string, change: string, until?: string) {
    await using folder = await pipelineFolder(config, {});
    const plan = await planLock(
      { pipeline: await folder.pipeline(), ...(until === undefined ? {} : { until }) },
      ports(),
    );
    const { lock } = await writeLock(plan);
    await client.query(change);
    const files = { 'ciclo.lock': await readFile(plan.file, 'utf8') };
    await using elsewhere = await pipelineFolder(config, files);
    const pipeline = await elsewhere.pipeline();
    return { lock, prepared: () => prepare({ pipeline }, ports()) };
  }

  test('has what the server says of those rows, which their order does not change', async () => {
    const config = configured('SELECT * FROM houses ORDER BY id');
    const { lock, prepared } = await after(config, 'SELECT 1', '2003');
    expect(lock.data.engine).toEqual({
      name,
      rows: 300,
      digest: expect.stringMatching(/^sha256:/),
    });
    expect(parseLock(formatLock(lock), 'ciclo.lock').data).toEqual(lock.data);
    expect((await prepared()).lock.status).toBe('used');
    const other = await after(configured('SELECT * FROM houses ORDER BY id DESC'), 'SELECT 1', '2003');
    expect(other.lock.data.engine).toEqual(lock.data.engine);
    expect(other.lock.data.digest).not.toBe(lock.data.digest);
  });

  test.each([
    [
      'rows that are gone',
      "DELETE FROM houses WHERE id = 'h7'",
      '299 rows with year up to 2003, 300 before; 100 after it',
    ],
    [
      'rows that hold something else, and more after the window',
      "UPDATE houses SET size = size + 1 WHERE id = 'h7'; INSERT INTO houses SELECT 'n', 2004, 50, 160",
      'still 300 rows with year up to 2003, and other content; 101 after it',
    ],
    [
      'rows in another order',
      "UPDATE houses SET id = id WHERE id = 'h7'",
      'the same 300 rows with year up to 2003, in another order; 100 after it; end data.source.query with an ORDER BY that tells rows apart',
    ],
  ])('tells %s', async (_, change, told) => {
    const { prepared } = await after(configured('SELECT * FROM houses'), change, '2003');
    const message = await refusalOf(prepared());
    expect(message.split('\n')).toEqual([
      'the data is not what ciclo.lock pins:',
      expect.stringMatching(/^ {2}2001 \(query\): changed, /),
      'since it was written:',
      `  ${name}: ${told}`,
      'restore it, or accept the change with ciclo lock',
    ]);
  });

  test('tells the order from the content without an event time, too', async () => {
    const moved = "UPDATE houses SET id = id WHERE id = 'h7'";
    const { prepared } = await after(configured('SELECT * FROM houses', {}), moved);
    expect(await refusalOf(prepared())).toContain(
      `  ${name}: the same 400 rows, in another order; end data.source.query with an ORDER BY`,
    );
  });

  test('says nothing of rows that came after the window alone', async () => {
    const more = "INSERT INTO houses SELECT 'n' || i, 2004, 50, 160 FROM generate_series(1, 9) i";
    const { prepared } = await after(configured('SELECT * FROM houses ORDER BY id'), more, '2003');
    expect((await prepared()).leftOut).toEqual({ afterWindow: 109, late: 0 });
  });

  test('is the same the second time, truths and times among the columns', async () => {
    const typed = "SELECT *, size > 100 AS large, DATE '2024-01-01' + size AS built FROM houses ORDER BY id";
    await using folder = await pipelineFolder(configured(typed), {});
    const { lock } = await writeLock(await planLock({ pipeline: await folder.pipeline() }, ports()));
    expect(lock.types).toMatchObject({ large: 'boolean', built: 'date' });
    const again = await planLock({ pipeline: await folder.pipeline() }, ports());
    expect(again.changes).toEqual([]);
    expect(again.after).toEqual(lock);
  });
});
