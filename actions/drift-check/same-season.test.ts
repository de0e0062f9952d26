import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../shared/platform/random.ts';
import { day } from '../../shared/platform/time-lengths.ts';
import { planLock, writeLock } from '../prepare/lock.ts';
import { pipelineFolder, quietPorts, refusalOf, warningsOf } from '../testing/pipeline-folder.ts';
import { driftCheck } from './drift-check.ts';

const weatherFile = new URL(import.meta.resolve('vega-datasets/data/seattle-weather.csv'));

interface Scene {
  readonly locked: string;
  readonly arrived: string;
  readonly time?: string;
  readonly reference?: string;
}

/** A check of what arrived after the lock; no version is in production. */
async function check({ locked, arrived, time = 'date', reference = 'same-season' }: Scene) {
  await using folder = await pipelineFolder(
    JSON.stringify({
      name: 'weather',
      task: 'regression',
      target: locked.split('\n')[0]!.split(',')[1],
      data: { source: { type: 'file', path: 'data/*.csv' }, time, key: time },
      monitor: { reference },
    }),
    { 'data/a.csv': locked },
  );
  await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
  await folder.write('data/b.csv', arrived);
  const ports = quietPorts();
  const { report } = await driftCheck({ pipeline: await folder.pipeline() }, { ...ports, forge: undefined });
  return { report, warnings: warningsOf(ports.log) };
}

/** Days of Seattle's weather, from 2012 to 2015. */
async function weather(...months: readonly RegExp[]): Promise<string[]> {
  const [head, ...lines] = (await readFile(weatherFile, 'utf8')).trim().split('\n');
  return months.map((month) => [head, ...lines.filter((line) => month.test(line))].join('\n'));
}

describe('a check by the same season', () => {
  test('compares a month with the same month of earlier years, on all sides of the split', async () => {
    const [locked, arrived] = await weather(/^201[234]/, /^2015-12/);
    const { report, warnings } = await check({ locked: locked!, arrived: arrived! });
    expect(report.season).toEqual({
      used: true,
      of: 'years',
      periods: 3,
      words: 'compared with the same days of 3 earlier years: 93 locked rows',
    });
    expect(report).toMatchObject({ outcome: 'no-drift', rows: { reference: 93, current: 31 } });
    expect(warnings).toEqual([]);
    const { report: all } = await check({ locked: locked!, arrived: arrived!, reference: 'all' });
    expect(all).not.toHaveProperty('season');
    expect(all.rows.reference).toBeGreaterThan(500);
  });

  test('says that no locked row is of the season, and takes all of them', async () => {
    const [locked, arrived] = await weather(/^2012-0[1-6]/, /^2012-0[78]/);
    const { report, warnings } = await check({ locked: locked!, arrived: arrived! });
    const words =
      'the same season is not available (no locked row is of the same days of an earlier year, or of an earlier week where the window is shorter than one): compared with all rows that the model was made with, so that a difference may be the season';
    expect(report.season).toEqual({ used: false, words });
    expect(report.reasons).toContain(words);
    expect(warnings).toContain(words);
  });

  test('refuses an event time that is a number', async () => {
    const years = (from: number) =>
      `year,size,rooms\n${Array.from({ length: 60 }, (_, i) => `${from + i},${i % 7},${i % 3}`).join('\n')}`;
    expect(await refusalOf(check({ locked: years(1900), arrived: years(1960), time: 'year' }))).toContain(
      'monitor.reference is same-season, but the event time year is a number, and seasons are of dates',
    );
  });
});

describe('a check of rows with a weekly pattern', () => {
  const random = createRandom('week');
  const visits = (from: number, days: number) =>
    `date,sales,visits\n${Array.from({ length: days }, (_, i) => {
      const date = Date.UTC(2025, 0, 1) + (from + i) * day;
      const weekend = [0, 6].includes(new Date(date).getUTCDay());
      return `${new Date(date).toISOString().slice(0, 10)},${random.normal()},${random.normal() + (weekend ? 2 : 0)}`;
    }).join('\n')}`;

  test('warns where the window is no whole number of weeks', async () => {
    const locked = visits(0, 200);
    const { report } = await check({ locked, arrived: visits(200, 31), reference: 'all' });
    expect(report['weekly-pattern']).toMatchObject({ columns: ['visits'], level: 0.01, days: 31 });
    expect(report['weekly-pattern']?.warning).toContain('the window is 31 days long');
    const { report: whole } = await check({ locked, arrived: visits(200, 35), reference: 'all' });
    expect(whole['weekly-pattern']).toEqual({ columns: ['visits'], level: 0.01, days: 35 });
  });
});
