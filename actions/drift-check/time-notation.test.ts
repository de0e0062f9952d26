import { expect, test } from 'vitest';
import { openDeployScene } from '../../shared/forge/testing/github-scene.ts';
import { housesOf, passingConfig, release } from '../deploy/testing/houses-production.ts';
import { planLock, writeLock } from '../prepare/lock.ts';
import { quietPorts } from '../testing/pipeline-folder.ts';
import { driftCheck } from './drift-check.ts';
import { firstHouses, type HousesOfYears, housesOfYears } from './testing/houses-monitored.ts';

/** Houses with an hour of their own each in place of the year. */
function timedHouses(houses: HousesOfYears, written: (iso: string) => string): string {
  return housesOfYears(houses)
    .split('\n')
    .map((line, i) =>
      line.replace(
        /,(\d{4}),/,
        (_, year) => `,${written(new Date(Date.UTC(Number(year), 0, 1, i)).toISOString())},`,
      ),
    )
    .join('\n');
}

/** `2010/01/13 05:00` */
const otherwise = (iso: string): string => `${iso.slice(0, 10).replaceAll('-', '/')} ${iso.slice(11, 16)}`;

test('rows whose time is written in another way than in training are checked, with labels and without', async () => {
  // Of the key and no feature: the schema knows its type, and models do not see it.
  const data = { source: { type: 'file', path: 'data/*.csv' }, key: ['id', 'year'], time: 'year' };
  await using scene = await openDeployScene();
  await using folder = await housesOf({ data }, 0);
  await folder.write(
    'data/houses.csv',
    timedHouses(firstHouses, (iso) => iso),
  );
  await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
  await release(folder, scene.forge, scene.mainCommit);
  const source = { type: 'file', path: 'live.csv' };
  await folder.write('ciclo.yml', passingConfig({ data, monitor: { source } }));
  for (const labelled of [true, false]) {
    await folder.write('live.csv', timedHouses({ years: [2010, 2011], rows: 200, labelled }, otherwise));
    const { report } = await driftCheck(
      { pipeline: await folder.pipeline() },
      { ...quietPorts(), forge: scene.forge },
    );
    expect(report.rows.current).toBe(200);
    expect(report.performance?.outcome === 'measured').toBe(labelled);
  }
});
