import { expect, test } from 'vitest';
import type { Releases } from '../../shared/forge/ports/releases.ts';
import { openDeployScene } from '../../shared/forge/testing/github-scene.ts';
import { cicloVersion } from '../../shared/platform/version.ts';
import { readBundle, writeBundle } from '../../shared/release/bundle/bundle.ts';
import { deployHouses, housesOf, judge } from './testing/houses-production.ts';

/** Releases whose bundle has other examples than this Ciclo can read. */
function unreadable(releases: Releases): Releases {
  return {
    ...releases,
    async download(asset) {
      const { manifest, files } = await readBundle(await releases.download(asset), asset.name);
      const { format: _format, kind: _kind, files: _files, ...head } = manifest;
      return writeBundle(
        head,
        new Map([...files, ['smoke.json', new TextEncoder().encode('{"version":2}')]]),
      );
    },
  };
}

test('a release whose examples cannot be read is a deployment that failed, and its status says so', async () => {
  await using scene = await openDeployScene();
  await using folder = await housesOf();
  await judge(folder, scene.forge);
  const broken = { ...scene.forge, releases: unreadable(scene.forge.releases) };
  const { change, reasons } = await deployHouses(folder, broken, scene.mainCommit);
  expect(change).toBe('failed');
  expect(reasons[0]).toMatch(/^houses-v1\.0\.0\.zip\/smoke\.json does not fit its format: version: /);
  expect(reasons[0]).toContain(`the bundle was made by Ciclo ${cicloVersion}`);
  const [deployment] = await scene.forge.deployments.list({ environment: 'production' });
  const [newest] = await scene.forge.deployments.statuses(deployment!.id);
  expect(newest?.state).toBe('failure');
});
