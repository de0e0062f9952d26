import { describe, expect, test } from 'vitest';
import { type PipelineFolder, quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { driftCheck } from './drift-check.ts';
import type { DriftCheckPorts } from './drift-inputs.ts';
import { historyLineOf } from './history.ts';
import { arrive, housesOfYears, monitoredHouses } from './testing/houses-monitored.ts';

async function check(folder: PipelineFolder, forge: DriftCheckPorts['forge']) {
  return driftCheck({ pipeline: await folder.pipeline() }, { ...quietPorts(), forge });
}

describe('drift-check', () => {
  test('tells a column that stands still in report and history, as a change of structure', async () => {
    await using houses = await monitoredHouses();
    const rows = housesOfYears({ years: [2010, 2011], rows: 200, seed: 'stuck' });
    await houses.folder.write('data/houses-2010.csv', rows.replace(/^(stuck-[^,]+,\d+),\d+/gm, '$1,90'));
    const { report } = await check(houses.folder, houses.forge);
    expect(report).toMatchObject({
      drift: true,
      structural: true,
      headline: expect.stringMatching(/^Drift: size is constant at 90; rmse is \d+% worse /),
    });
    expect(historyLineOf(report, { time: 0 })).toMatchObject({
      outcome: 'drift',
      structural: ['size is constant at 90'],
    });
  });

  test('says that years are too coarse to know how rows depend on each other', async () => {
    await using houses = await monitoredHouses();
    await arrive(houses.folder, { years: [2010, 2011], rows: 200 });
    const { report } = await check(houses.folder, houses.forge);
    expect(report.dependence).toMatchObject({
      measured: false,
      words: expect.stringContaining('year is too coarse: most rows share its value with others'),
    });
    expect(report.structural).toBe(false);
    expect(historyLineOf(report, { time: 0 })).not.toHaveProperty('structural');
  });

  test('takes or leaves the rows of a group as a whole, and does not compare the group', async () => {
    await using houses = await monitoredHouses({ monitor: { drift: { group: 'district' } } });
    await arrive(houses.folder, { years: [2010, 2011], rows: 200 });
    const { report } = await check(houses.folder, houses.forge);
    expect(report.columns.map(({ name }) => name)).toEqual(['price', 'size']);
    const size = report.columns.find(({ name }) => name === 'size')!;
    expect(size.tests[0]?.method).toBe('permutation');
    expect(report.dependence?.measured).toBe(true);
  });

  test('refuses a group that no row has', async () => {
    await using houses = await monitoredHouses({ monitor: { drift: { group: 'owner' } } });
    await arrive(houses.folder, { years: [2010, 2011], rows: 200 });
    expect(await refusalOf(check(houses.folder, houses.forge))).toContain(
      'monitor.drift.group is "owner", which the rows of the reference do not have: their columns are',
    );
  });
});
