import { describe, expect, inject, test } from 'vitest';
import { countingProxy } from '../../shared/source/testing/counting-proxy.ts';
import { passingConfig } from '../deploy/testing/houses-production.ts';
import { quietPorts, warningsOf } from '../testing/pipeline-folder.ts';
import { driftCheck } from './drift-check.ts';
import { monitoredHouses } from './testing/houses-monitored.ts';

/** So many houses of 2010 and 2011, made of orders of TPC-H, whose keys are a fourth of all numbers, with columns that no model knows. */
const houses = (rows: number) => `
  SELECT 'new-' || CAST(orderkey AS varchar) AS id, 2010 + orderkey % 2 AS year, 100 + (orderkey * 7919) % 160 AS size,
    element_at(ARRAY['north', 'south', 'west'], CAST(1 + orderkey % 3 AS integer)) AS district,
    3 * (100 + (orderkey * 7919) % 160) + orderkey % 37 AS price, clerk, orderdate, comment, totalprice
  FROM tpch.sf1.orders WHERE orderkey <= ${4 * rows}`;

describe('a check of rows that Trino counts', () => {
  const { http, port } = inject('trino');

  async function checked(rows: number, monitor: object) {
    await using production = await monitoredHouses();
    await using proxy = await countingProxy(port);
    const { folder, forge } = production;
    const environment = { CICLO_TRINO_URL: http.replace(`:${port}`, `:${proxy.port}`) };
    const source = { type: 'trino', query: houses(rows), timeout: 600 };
    const data = { source: { type: 'file', path: 'data/*.csv' }, key: 'id', time: 'year' };
    await folder.write('ciclo.yml', passingConfig({ data, monitor: { source, ...monitor } }));
    const ports = quietPorts(environment);
    const { report } = await driftCheck({ pipeline: await folder.pipeline() }, { ...ports, forge });
    return { report, bytes: proxy.received(), warnings: warningsOf(ports.log) };
  }

  test('sees what reading all rows would see', async () => {
    const counted = await checked(20_000, { 'read-at-most': 10_000 });
    const read = await checked(20_000, {});
    expect([counted.warnings, counted.report.rows.current]).toEqual([[], 20_000]);
    expect(read.report.rows.current).toBe(20_000);
    const judged = ({ outcome, severity, window, columns }: typeof read.report) => ({
      ...{ outcome, severity, window },
      columns: columns.map((column) => [column.name, column.outcome, column.drifted]),
    });
    expect(judged(counted.report)).toEqual(judged(read.report));
    expect(counted.report.outcome).toBe('drift');
  });

  test('moves less than a megabyte for a million rows', async () => {
    const { report, bytes, warnings } = await checked(1_000_000, {});
    expect([warnings, report.rows.current]).toEqual([[], 1_000_000]);
    expect(bytes).toBeLessThan(1_000_000);
    process.stdout.write(`a million rows: ${bytes} bytes\n`);
    expect(report.reasons.at(-1)).toBe(
      '1,000,000 rows were counted in their engine and not read: predictions, performance and segments are those of 4,000 rows drawn evenly',
    );
  });
});
