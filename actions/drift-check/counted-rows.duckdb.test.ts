import { describe, expect, inject, test } from 'vitest';
import { readFolder } from '../../shared/artifacts/folders/run-folder.ts';
import { type Profile, profileSchema } from '../../shared/dataset/profile/profile.ts';
import { passingConfig } from '../deploy/testing/houses-production.ts';
import { type PipelineFolder, quietPorts, warningsOf } from '../testing/pipeline-folder.ts';
import { driftCheck } from './drift-check.ts';
import type { DriftCheckPorts } from './drift-inputs.ts';
import { arrive, monitoredHouses } from './testing/houses-monitored.ts';

const rowsOfFiles = { source: { type: 'file', path: 'data/*.csv' }, key: 'id', time: 'year' };
const query = "SELECT * FROM 'data/*.csv'";

async function check(folder: PipelineFolder, forge: DriftCheckPorts['forge'], sections: object) {
  await folder.write('ciclo.yml', passingConfig({ data: rowsOfFiles, ...sections }));
  const ports = { ...quietPorts(), packageFolders: [inject('duckdb')] };
  const { report, folder: written } = await driftCheck(
    { pipeline: await folder.pipeline() },
    { ...ports, forge },
  );
  const { files } = await readFolder(written, 'drift');
  const profile = profileSchema.parse(JSON.parse(new TextDecoder().decode(files.get('profile.json'))));
  return { report, profile, warnings: warningsOf(ports.log) };
}

/** Sums in another order differ in their last digits. */
const counts = ({ columns, ...rest }: Profile) => ({
  ...rest,
  columns: columns.map((column) =>
    'moments' in column ? { ...column, moments: column.moments.count } : column,
  ),
});

describe('a check of rows that DuckDB counts', () => {
  test('comes to what a check of the rows comes to', async () => {
    await using houses = await monitoredHouses();
    const { folder, forge } = houses;
    for (const larger of [0, 60]) {
      await arrive(folder, { years: [2010, 2011], rows: 400, larger });
      const read = await check(folder, forge, {});
      const source = { type: 'duckdb', query };
      const counted = await check(folder, forge, { monitor: { source, 'read-at-most': 10 } });
      expect(counted.warnings).toEqual([]);
      expect(counts(counted.profile)).toEqual(counts(read.profile));
      expect(counted.report).toMatchObject({
        ...{ outcome: read.report.outcome, drift: read.report.drift, severity: read.report.severity },
        ...{ window: read.report.window, rows: read.report.rows },
      });
      const judged = ({ columns }: typeof read.report) =>
        columns.map(({ name, outcome, drifted, structural }) => ({ name, outcome, drifted, structural }));
      expect(judged(counted.report)).toEqual(judged(read.report));
      expect(counted.report.prediction?.drifted).toBe(read.report.prediction?.drifted);
      expect(counted.report.performance).toMatchObject({
        outcome: 'measured',
        rows: read.report.performance!.rows,
      });
      expect(counted.report.reasons).toContain(
        '400 rows were counted in their engine and not read: predictions, performance and segments are those of 400 rows drawn evenly',
      );
    }
  });

  test('says nothing of a source without rows where none of the new ones has its label', async () => {
    await using houses = await monitoredHouses();
    const { folder, forge } = houses;
    await arrive(folder, { years: [2010, 2011], rows: 400, larger: 0 });
    const unlabelled = `SELECT * REPLACE (CASE WHEN year <= 2009 THEN price END AS price) FROM 'data/*.csv'`;
    const { report, warnings } = await check(folder, forge, {
      data: { ...rowsOfFiles, source: { type: 'duckdb', query: unlabelled } },
      monitor: { 'read-at-most': 10 },
    });
    expect(warnings).toEqual([]);
    expect(report).toMatchObject({ outcome: 'no-drift', rows: { current: 400 } });
    expect(report.performance?.outcome).not.toBe('measured');
  });

  test('needs neither the rows of the source nor those of the lock', async () => {
    await using houses = await monitoredHouses();
    const { folder, forge } = houses;
    await arrive(folder, { years: [2010, 2011], rows: 400, larger: 60 });
    // A query that answers more rows than may be read.
    const source = { type: 'duckdb', query, 'max-rows': 700 };
    const { report, warnings } = await check(folder, forge, {
      data: { ...rowsOfFiles, source },
      monitor: { 'read-at-most': 700 },
    });
    expect(warnings).toEqual([]);
    expect(report).toMatchObject({
      outcome: 'drift',
      rows: { reference: 244, current: 400 },
      window: { column: 'year', after: '2009', until: '2011', words: 'rows with year after 2009 up to 2011' },
      performance: { outcome: 'measured', rows: { current: 400 } },
    });
  });

  test('reads few rows, and those that cannot be counted, and says so', async () => {
    await using houses = await monitoredHouses();
    const { folder, forge } = houses;
    await arrive(folder, { years: [2010, 2011], rows: 200 });
    const source = { type: 'duckdb', query };
    const few = await check(folder, forge, { monitor: { source, 'read-at-most': 600 } });
    expect([few.report.rows.current, few.report.multivariate?.outcome, few.warnings]).toEqual([
      200,
      'compared',
      [],
    ]);
    const told = async (sections: object) =>
      (await check(folder, forge, { monitor: { source, 'read-at-most': 0, ...sections } })).warnings;
    expect(await told({ window: { 'last-rows': 50 } })).toEqual([
      'monitor.source: all rows are read, since they cannot be counted in the engine: monitor.window asks for the last rows',
    ]);
    const texts = `SELECT * REPLACE (CAST(size AS VARCHAR) AS size) FROM (${query})`;
    expect(await told({ source: { type: 'duckdb', query: texts } })).toEqual([
      'monitor.source: all rows are read, since they cannot be counted in the engine: size is a text there and a number of the model: a cast in the query would do',
    ]);
  });

  test('finds columns that are gone, or of another type', async () => {
    await using houses = await monitoredHouses();
    const { folder, forge } = houses;
    await arrive(folder, { years: [2010, 2011], rows: 200 });
    const other = `SELECT id, year, 'size ' || (size % 7) AS size, price FROM (${query})`;
    const { report, warnings } = await check(folder, forge, {
      monitor: { source: { type: 'duckdb', query: other }, 'read-at-most': 0 },
    });
    expect(warnings).toEqual([]);
    expect(Object.fromEntries(report.columns.map(({ name, outcome }) => [name, outcome]))).toMatchObject({
      district: 'vanished',
      size: 'type-changed',
      price: 'compared',
    });
  });

  test('asks an engine that has the labels only for those of rows that were drawn', async () => {
    await using houses = await monitoredHouses();
    const { folder, forge } = houses;
    await arrive(folder, { years: [2010, 2011], rows: 5000, dearer: 60 });
    const log = `SELECT id, year, size, district FROM (${query}) WHERE year > 2009`;
    const monitor = {
      source: { type: 'duckdb', query: log },
      labels: { type: 'duckdb', query: `SELECT id, price FROM (${query})` },
      'read-at-most': 10,
    };
    const { report, warnings } = await check(folder, forge, { monitor });
    expect(warnings).toEqual([]);
    expect(report.performance).toMatchObject({
      ...{ outcome: 'measured', rows: { current: 4000 }, degraded: true },
      // Without the condition 1,400 labels would be without a row here.
      labels: { joined: 4000, contradicting: 0, 'not-found': 0, 'without-key': 0 },
    });
  });

  test('finds nothing to compare where nothing is new', async () => {
    await using houses = await monitoredHouses();
    const { report } = await check(houses.folder, houses.forge, {
      monitor: { source: { type: 'duckdb', query }, 'read-at-most': 0 },
    });
    expect(report).toMatchObject({
      outcome: 'nothing-to-compare',
      headline: 'Nothing to compare: no row has year after 2009',
    });
  });
});
