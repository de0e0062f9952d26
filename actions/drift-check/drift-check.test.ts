import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFolder } from '../../shared/artifacts/folders/run-folder.ts';
import type { HistoryLine } from '../../shared/drift/history/history-line.ts';
import { monitorReportSchema } from '../../shared/drift/history/monitor-report.ts';
import { type PipelineFolder, quietPorts, refusalOf, warningsOf } from '../testing/pipeline-folder.ts';
import { driftCheck } from './drift-check.ts';
import type { DriftCheckPorts } from './drift-inputs.ts';
import { historyLineOf } from './history.ts';
import { arrive, monitoredHouses } from './testing/houses-monitored.ts';

type Forge = DriftCheckPorts['forge'];

async function check(folder: PipelineFolder, forge: Forge, history: readonly HistoryLine[] = []) {
  const ports = quietPorts();
  const outputs = await driftCheck({ pipeline: await folder.pipeline(), history }, { ...ports, forge });
  return { ...outputs, warnings: warningsOf(ports.log) };
}

describe('drift-check', () => {
  test('finds no drift in rows of the same kind, and says the smallest detectable change', async () => {
    await using houses = await monitoredHouses();
    await arrive(houses.folder, { years: [2010, 2011], rows: 200 });
    const { report, folder } = await check(houses.folder, houses.forge);
    expect(report).toMatchObject({
      outcome: 'no-drift',
      drift: false,
      pipeline: 'houses',
      production: { version: 'v1.0.0', tag: 'houses@v1.0.0' },
      window: { column: 'year', after: '2009', until: '2011', late: 0 },
      check: 1,
      'false-alarm-rate': { check: 0.05 },
    });
    expect(report.rows.current).toBe(200);
    const size = report.columns.find(({ name }) => name === 'size')!;
    expect(size.exact).toBe(true);
    expect(size['detectable-shift']).toBeGreaterThan(0);
    expect(size['detectable-shift']).toBeLessThan(1);
    expect(report.columns.map(({ name }) => name)).toEqual(['district', 'price', 'size']);
    expect(report.prediction?.role).toBe('prediction');
    expect(report.multivariate?.outcome).toBe('compared');
    expect(report.segments).toEqual([]);
    const written = await readFolder(folder, 'drift');
    expect([...written.files.keys()].sort()).toEqual(['drift.json', 'profile.json', 'report.html']);
    const json: unknown = JSON.parse(await readFile(path.join(folder, 'drift.json'), 'utf8'));
    expect(monitorReportSchema.parse(json)).toEqual(report);
  });

  test('finds the same drift again, to the byte', async () => {
    await using houses = await monitoredHouses();
    await arrive(houses.folder, { years: [2010, 2011], rows: 200, larger: 60 });
    const once = await check(houses.folder, houses.forge);
    expect(once.report).toMatchObject({ outcome: 'drift', drift: true, severity: 'major' });
    expect(once.report.columns.filter(({ drifted }) => drifted).map(({ name }) => name)).toContain('size');
    expect((await check(houses.folder, houses.forge)).digest).toBe(once.digest);
  });

  test('columns weigh the same where their importance was not measured', async () => {
    await using houses = await monitoredHouses({
      train: { candidates: [{ type: 'linear' }], importance: 'off' },
    });
    await arrive(houses.folder, { years: [2010, 2011], rows: 200, larger: 60 });
    const { report } = await check(houses.folder, houses.forge);
    const moved = report.columns.filter(({ role }) => role === 'feature');
    expect(moved.map(({ name, weight }) => [name, weight])).toEqual([
      ['district', 1],
      ['size', 1],
    ]);
    expect(report.share?.drifted).toBe(0.5);
  });

  test('looks at no row twice: what an earlier check has decided on is over', async () => {
    await using houses = await monitoredHouses();
    await arrive(houses.folder, { years: [2010, 2011], rows: 200, larger: 60 });
    const { report } = await check(houses.folder, houses.forge);
    const history = [historyLineOf(report, { time: 0 })];
    const quiet = await check(houses.folder, houses.forge, history);
    expect(quiet.report).toMatchObject({ outcome: 'nothing-to-compare', drift: false, check: 2 });
    expect(quiet.report.headline).toBe('Nothing to compare: no row has year after 2011');
    await arrive(houses.folder, { years: [2012, 2012], rows: 100 });
    const next = await check(houses.folder, houses.forge, history);
    expect(next.report).toMatchObject({ outcome: 'no-drift', window: { after: '2011', until: '2012' } });
    expect(next.report.rows.current).toBe(100);
  });

  test('spends less of its false-alarm rate each time where rows are looked at again', async () => {
    await using houses = await monitoredHouses({ monitor: { window: { again: true } } });
    await arrive(houses.folder, { years: [2010, 2011], rows: 200 });
    const { report } = await check(houses.folder, houses.forge);
    // Five sixths are of the data and are spent; the performance's sixth is of all looks together.
    const spent = (k: number): number => 0.05 / 6 + ((0.05 * 5) / 6) * (6 / (Math.PI * k) ** 2);
    expect(report['false-alarm-rate'].check).toBeCloseTo(spent(1), 12);
    const second = await check(houses.folder, houses.forge, [historyLineOf(report, { time: 0 })]);
    expect(second.report.rows.current).toBe(200);
    expect(second.report['false-alarm-rate'].check).toBeCloseTo(spent(2), 12);
  });

  test('names the slices whose share moved, and those whose figure got worse, the worst first', async () => {
    await using houses = await monitoredHouses({ validate: { bootstrap: { resamples: 200 } } });
    await arrive(houses.folder, { years: [2010, 2011], rows: 300, larger: 60 });
    const moved = (await check(houses.folder, houses.forge)).report.segments;
    expect(new Set(moved.map(({ column }) => column))).toEqual(new Set(['size']));
    const largest = moved.find(({ label }) => label.endsWith(' and above'))!;
    expect(largest.share.current).toBeGreaterThan(largest.share.reference + 0.2);
    expect(largest.reason).toMatch(/^its share grew from [\d.]+% to [\d.]+%/);
    expect(moved.every(({ metric }) => metric === undefined || metric.value! > 0)).toBe(true);

    await arrive(houses.folder, { years: [2010, 2011], rows: 300, dearer: 100 });
    const { report, folder } = await check(houses.folder, houses.forge);
    const [worst] = report.segments;
    expect(worst!.reason).toMatch(/rmse is worse by [\d.]+: [\d.]+, in its evaluation [\d.]+$/);
    const amounts = report.segments.map(({ worse }) => worse?.value ?? 0);
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
    expect(await readFile(path.join(folder, 'report.html'), 'utf8')).toContain('Slices');
  });

  test('estimates the performance without labels, and measures it once enough have come', async () => {
    await using houses = await monitoredHouses();
    await arrive(houses.folder, { years: [2010, 2011], rows: 200, labelled: false });
    const { report } = await check(houses.folder, houses.forge);
    expect(report.performance).toMatchObject({
      outcome: 'estimated',
      method: 'error-model',
      metric: 'rmse',
      degraded: false,
      suspected: false,
      rows: { current: 200, unlabelled: 200 },
    });
    // The noise of the prices has a standard deviation of 20.
    expect(report.performance!.current.value).toBeGreaterThan(15);
    expect(report.performance!.current.value).toBeLessThan(25);
    expect(report.performance!.periods.map(({ period }) => period)).toEqual(['2010', '2011']);
    expect(historyLineOf(report, { time: 0 }).performance).toMatchObject({
      kind: 'estimated',
      degraded: false,
    });

    await arrive(houses.folder, { years: [2012, 2012], rows: 20 });
    const few = (await check(houses.folder, houses.forge)).report.performance!;
    expect(few.outcome).toBe('estimated');
    expect(few.reasons).toContain('20 labels are too few to measure it; 30 are needed');

    await arrive(houses.folder, { years: [2013, 2013], rows: 100 });
    const many = (await check(houses.folder, houses.forge)).report.performance!;
    expect(many).toMatchObject({ outcome: 'measured', rows: { current: 120, unlabelled: 200 } });
  });

  test('too few rows decide nothing, and the report says how many are needed', async () => {
    await using houses = await monitoredHouses({ monitor: { 'min-rows': 50 } });
    await arrive(houses.folder, { years: [2010, 2010], rows: 49, larger: 60 });
    const { report } = await check(houses.folder, houses.forge);
    expect(report).toMatchObject({ outcome: 'not-enough-data', drift: false, 'rows-needed': 50 });
  });

  test('a column that vanished, one of another type and a new one each have their outcome', async () => {
    await using houses = await monitoredHouses({
      data: { source: { type: 'file', path: 'data/*.csv', columns: 'union' }, key: 'id', time: 'year' },
      monitor: { source: { type: 'file', path: 'arrived.csv' }, time: 'year' },
    });
    const rows = Array.from({ length: 60 }, (_, i) => `${2010},${i % 2 ? 'large' : 'small'},${i}`);
    await houses.folder.write('arrived.csv', `year,size,garden\n${rows.join('\n')}\n`);
    const { report } = await check(houses.folder, houses.forge);
    const outcomes = Object.fromEntries(report.columns.map(({ name, outcome }) => [name, outcome]));
    expect(outcomes).toEqual({
      size: 'type-changed',
      district: 'vanished',
      garden: 'new-column',
      price: 'no-labels',
    });
    expect(report).toMatchObject({ drift: true, severity: 'major' });
    expect(report.prediction).toBeUndefined();
  });

  test('a target whose labels have nearly all come is compared, without the rows that wait for theirs', async () => {
    await using houses = await monitoredHouses();
    await arrive(houses.folder, { years: [2010, 2011], rows: 190 });
    await arrive(houses.folder, { years: [2012, 2012], rows: 10, labelled: false });
    const { report } = await check(houses.folder, houses.forge);
    expect(report.columns.find(({ name }) => name === 'price')).toMatchObject({
      outcome: 'compared',
      drifted: false,
      current: { rows: 200, missing: 0 },
    });
    await arrive(houses.folder, { years: [2013, 2013], rows: 30, labelled: false });
    const later = await check(houses.folder, houses.forge);
    expect(later.report.columns.find(({ name }) => name === 'price')?.outcome).toBe('no-labels');
  });

  test('a few values that are not numbers count as missing, and are reported', async () => {
    await using houses = await monitoredHouses({
      monitor: { source: { type: 'file', path: 'arrived.csv' }, time: 'year' },
    });
    const rows = Array.from(
      { length: 100 },
      (_, i) => `2010,${i === 7 ? 'huge' : 40 + ((i * 37) % 160)},south`,
    );
    await houses.folder.write('arrived.csv', `year,size,district\n${rows.join('\n')}\n`);
    const { report, warnings } = await check(houses.folder, houses.forge);
    expect(warnings).toContain('size: 1 value is not a number ("huge") and counts as missing');
    expect(report.columns.find(({ name }) => name === 'size')).toMatchObject({
      outcome: 'compared',
      current: { rows: 100, missing: 1 },
    });
  });

  test('without a version in production the rows of the lock are the reference', async () => {
    await using houses = await monitoredHouses();
    await arrive(houses.folder, { years: [2010, 2011], rows: 200 });
    const { report } = await check(houses.folder, undefined);
    expect(report.production).toBeUndefined();
    expect(report).toMatchObject({ outcome: 'no-drift', window: { after: '2009' } });
    expect(report.prediction).toBeUndefined();
  });

  test('nothing to go by is a stated outcome', async () => {
    await using houses = await monitoredHouses({
      data: { source: { type: 'file', path: 'data/*.csv' }, key: 'id' },
    });
    const { report } = await check(houses.folder, houses.forge);
    expect(report.outcome).toBe('nothing-to-compare');
    expect(report.headline).toContain('names no event time in data.time and no monitor.source');
  });

  test('when the locked rows cannot be read any more, the published profile stands for them', async () => {
    await using houses = await monitoredHouses({
      monitor: { source: { type: 'file', path: 'arrived.csv' }, time: 'year' },
    });
    const csv = await readFile(path.join(houses.folder.path, 'data/houses.csv'), 'utf8');
    const lines = csv.trimEnd().split('\n');
    const later = lines.slice(1).map((line) => line.split(',').with(1, '2010').with(4, '').join(','));
    await houses.folder.write('arrived.csv', `${lines[0]}\n${later.join('\n')}\n`);
    await houses.folder.write('data/houses.csv', `${lines.slice(0, 300).join('\n')}\n`);
    const { report, warnings } = await check(houses.folder, houses.forge);
    expect(warnings.join()).toContain('its published profile is used instead');
    expect(report).toMatchObject({ outcome: 'no-drift', multivariate: { outcome: 'not-available' } });
    expect(report.columns.find(({ name }) => name === 'size')?.exact).toBe(false);
    expect(report.prediction?.outcome).toBe('compared');
  });

  test('a source to watch that is not there is called by its own name', async () => {
    await using houses = await monitoredHouses({
      monitor: { source: { type: 'file', path: 'arrived.csv' } },
    });
    const ports = { ...quietPorts(), forge: houses.forge };
    expect(await refusalOf(driftCheck({ pipeline: await houses.folder.pipeline() }, ports))).toContain(
      'monitor.source.path: "arrived.csv" matches no file',
    );
  });

  test('a column of the event time that is not there is a mistake that names monitor.time', async () => {
    await using houses = await monitoredHouses({
      monitor: { source: { type: 'file', path: 'arrived.csv' }, time: 'built' },
    });
    await houses.folder.write('arrived.csv', 'size,district\n70,south\n');
    const ports = { ...quietPorts(), forge: houses.forge };
    expect(await refusalOf(driftCheck({ pipeline: await houses.folder.pipeline() }, ports))).toContain(
      'the current rows have no column "built"',
    );
  });
});
