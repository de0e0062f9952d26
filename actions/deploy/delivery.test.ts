import { expect, test } from 'vitest';
import { openDeployScene } from '../../shared/forge/testing/github-scene.ts';
import { cicloVersion } from '../../shared/platform/version.ts';
import { deployHouses, housesOf, judge } from './testing/houses-production.ts';
import { tampered, unbound } from './testing/spoilt-releases.ts';

test('a release whose examples cannot be read is a deployment that failed, and its status says so', async () => {
  await using scene = await openDeployScene();
  await using folder = await housesOf();
  await judge(folder, scene.forge);
  const smoke = new TextEncoder().encode('{"version":2}');
  const { releases, tags } = scene.forge;
  const broken = {
    ...scene.forge,
    tags: unbound(tags),
    releases: tampered(releases, () => [['smoke.json', smoke]]),
  };
  const { change, reasons } = await deployHouses(folder, broken, scene.mainCommit);
  expect(change).toBe('failed');
  expect(reasons[0]).toMatch(/^houses-v1\.0\.0\.zip\/smoke\.json does not fit its format: version: /);
  expect(reasons[0]).toContain(`the bundle was made by Ciclo ${cicloVersion}`);
  const [deployment] = await scene.forge.deployments.list({ environment: 'production' });
  const [newest] = await scene.forge.deployments.statuses(deployment!.id);
  expect(newest?.state).toBe('failure');
});
