import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  havePostgres,
  type PostgresServer,
  postgresServer,
} from '../../shared/source/testing/postgres-server.ts';
import { housesConfig } from '../testing/houses.ts';
import { pipelineFolder, quietPorts, warningsOf } from '../testing/pipeline-folder.ts';
import { planLock, writeLock } from './lock.ts';
import { prepare } from './prepare.ts';

describe.skipIf(!havePostgres())('a sample that PostgreSQL draws for a lock', () => {
  let server: PostgresServer;
  let client: pg.Client;
  beforeAll(async () => {
    server = await postgresServer();
    client = new pg.Client(server.url);
    await client.connect();
    await client.query(`
      CREATE TABLE houses AS
      SELECT 'h' || i AS id, 2001 + i / 500 AS year, 40 + (i * 7919) % 160 AS size,
        3.0 * (40 + (i * 7919) % 160) + i % 37 AS price
      FROM generate_series(0, 1999) AS i`);
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    await server?.[Symbol.asyncDispose]();
  });

  test('has an order of its own, and comes again when the table has moved and grown', async () => {
    const source = { type: 'postgres', query: 'SELECT * FROM houses' };
    const config = housesConfig({ data: { source, key: 'id', time: 'year', sample: 400 }, prepare: {} });
    await using folder = await pipelineFolder(config, {});
    const ports = quietPorts({ CICLO_POSTGRES_URL: server.url });
    const plan = await planLock({ pipeline: await folder.pipeline() }, ports);
    expect(warningsOf(ports.log)).toEqual([]);
    const { lock } = await writeLock(plan);
    expect(lock.data).toMatchObject({ rows: 400, sample: { of: 2000 }, window: { until: '2004' } });
    const { digest } = await prepare({ pipeline: await folder.pipeline() }, ports);
    await client.query(`
      UPDATE houses SET size = size WHERE id LIKE '%3';
      INSERT INTO houses SELECT 'late' || i, 2005, 80, 240.0 FROM generate_series(1, 500) AS i`);
    await using elsewhere = await pipelineFolder(config, {
      'ciclo.lock': await readFile(folder.lockFile, 'utf8'),
    });
    expect((await prepare({ pipeline: await elsewhere.pipeline() }, ports)).digest).toBe(digest);
  });
});
