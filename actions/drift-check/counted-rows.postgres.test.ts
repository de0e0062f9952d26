import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countingProxy } from '../../shared/source/testing/counting-proxy.ts';
import {
  havePostgres,
  type PostgresServer,
  postgresServer,
} from '../../shared/source/testing/postgres-server.ts';
import { passingConfig } from '../deploy/testing/houses-production.ts';
import { quietPorts, warningsOf } from '../testing/pipeline-folder.ts';
import { driftCheck } from './drift-check.ts';
import { monitoredHouses } from './testing/houses-monitored.ts';

/** Houses of 2010 and 2011, with eight columns that no model knows. */
const houses = `
  SELECT 'new-' || i AS id, 2010 + i % 2 AS year, 40 + (i * 7919) % 160 + LARGER AS size,
    (ARRAY['north', 'south', 'west'])[1 + i % 3] AS district, 3 * (40 + (i * 7919) % 160 + LARGER) + i % 37 AS price,
    i % 11 AS a, i % 13 AS b, i % 17 AS c, i % 19 AS d, i % 23 AS e, i % 29 AS f, md5(i::text) AS g, now() AS h
  FROM generate_series(1, 60000) AS i`;

describe.skipIf(!havePostgres())('a check of rows that PostgreSQL counts', () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await postgresServer();
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query(`CREATE TABLE houses AS ${houses.replaceAll('LARGER', '60')}`);
    await client.end();
  }, 60_000);

  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  test('moves less than a megabyte, and sees what reading all rows would see', async () => {
    await using production = await monitoredHouses();
    await using proxy = await countingProxy(server.port);
    const { folder, forge } = production;
    const environment = { CICLO_POSTGRES_URL: server.url.replace(`:${server.port}/`, `:${proxy.port}/`) };
    const checked = async (monitor: object) => {
      const source = { type: 'postgres', query: 'SELECT * FROM houses ORDER BY id' };
      const data = { source: { type: 'file', path: 'data/*.csv' }, key: 'id', time: 'year' };
      await folder.write('ciclo.yml', passingConfig({ data, monitor: { source, ...monitor } }));
      const ports = quietPorts(environment);
      const before = proxy.received();
      const { report } = await driftCheck({ pipeline: await folder.pipeline() }, { ...ports, forge });
      return { report, bytes: proxy.received() - before, warnings: warningsOf(ports.log) };
    };
    const counted = await checked({ 'read-at-most': 50_000 });
    const read = await checked({});
    expect(counted.bytes).toBeLessThan(1_000_000);
    expect(read.bytes).toBeGreaterThan(5_000_000);
    expect([counted.warnings, counted.report.rows.current]).toEqual([[], 60_000]);
    const judged = ({ outcome, severity, window, columns }: typeof read.report) => ({
      ...{ outcome, severity, window },
      columns: columns.map((column) => [column.name, column.outcome, column.drifted]),
    });
    expect(judged(counted.report)).toEqual(judged(read.report));
    expect(counted.report.reasons.at(-1)).toBe(
      '60,000 rows were counted in their engine and not read: predictions, performance and segments are those of 4,000 rows drawn evenly',
    );
  });
});
