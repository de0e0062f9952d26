import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readHostileArchive } from '../../../shared/artifacts/store/artifact-archive.ts';
import type { Releases } from '../../../shared/forge/ports/releases.ts';
import { openDeployScene } from '../../../shared/forge/testing/github-scene.ts';
import { storedZip } from '../../../shared/release/bundle/stored-zip.ts';
import { startServerProcess } from '../../../shared/serving/testing/server-process.ts';
import { registryOf } from '../../pipeline/registry.ts';
import { type PipelineFolder, quietPorts } from '../../testing/pipeline-folder.ts';
import type { DeployForge } from '../deploy-inputs.ts';
import { rollback } from '../rollback.ts';
import { outcomeOf } from '../testing/deployment-outcome.ts';
import { deployHouses, housesOf, judge, passingConfig, release } from '../testing/houses-production.ts';

const withServer = { deploy: { targets: ['release', 'server'] } };
const limits = { folders: 2, entries: 32, entryBytes: 2 ** 26, totalBytes: 2 ** 27 };

const live = async (forge: DeployForge): Promise<string | undefined> =>
  (await registryOf({ name: 'houses' }, forge)).stages.get('production')?.tag;

const states = async ({ deployments }: DeployForge): Promise<string[]> => {
  const all = await deployments.list({ environment: 'production' });
  return Promise.all(all.map(async ({ id }) => (await deployments.statuses(id))[0]!.state));
};

const serverFolderOf = ({ config }: PipelineFolder): string =>
  path.join(path.dirname(config), '.ciclo', 'release', 'server');

/** Releases whose server archives hold another server. */
function withOtherServer(releases: Releases, change: (files: Map<string, Uint8Array>) => void): Releases {
  return {
    ...releases,
    async download(asset) {
      const bytes = await releases.download(asset);
      if (!asset.name.endsWith('-server.zip')) return bytes;
      const files = await readHostileArchive(bytes, limits);
      change(files);
      return storedZip(files);
    },
  };
}

const script = (text: string) => (files: Map<string, Uint8Array>) =>
  void files.set('server.mjs', new TextEncoder().encode(text));

describe('the target server', () => {
  test('is a file of the release and a folder of the run, which serves the version', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf(withServer);
    const outputs = await release(folder, scene.forge, scene.mainCommit);
    expect(outputs.folders).toEqual({ server: serverFolderOf(folder) });
    const published = await scene.forge.releases.published('houses@v1.0.0');
    const assets = await scene.forge.releases.assets(published!.id);
    expect(assets.map(({ name }) => name)).toEqual([
      'houses-v1.0.0.zip',
      'model-card.md',
      'houses-v1.0.0-server.zip',
    ]);
    for (const { name, digest } of assets) expect(published!.body).toContain(`- \`${name}\` \`${digest}\``);
    const bundle = await scene.forge.releases.download(assets[0]!);
    expect(await readFile(path.join(serverFolderOf(folder), 'model.zip'))).toEqual(Buffer.from(bundle));
    expect(await readdir(path.dirname(serverFolderOf(folder)))).toEqual(['server']);
    await using running = await startServerProcess(serverFolderOf(folder), { flags: ['--port', '0'] });
    expect(await (await fetch(`${running.url}/v2/models/houses`)).json()).toMatchObject({
      name: 'houses',
      versions: ['v1.0.0'],
    });
  });

  test('of a version that is there already is written again', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await release(folder, scene.forge, scene.mainCommit);
    await folder.write('ciclo.yml', passingConfig(withServer));
    const again = await deployHouses(folder, scene.forge, scene.mainCommit);
    expect(again).toMatchObject({ change: 'unchanged', folders: { server: serverFolderOf(folder) } });
    expect(await readdir(serverFolderOf(folder))).toContain('server.mjs');
  });

  test('of a rollback is made from the bundle where the release has none', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await release(folder, scene.forge, scene.mainCommit);
    const next = { ...withServer, train: { candidates: [{ type: 'linear', l2: 0.5 }] } };
    await folder.write('ciclo.yml', passingConfig(next));
    await release(folder, scene.forge, scene.commit);
    const ports = { ...quietPorts(), forge: scene.forge };
    const back = await rollback({ pipeline: await folder.pipeline(), to: 'previous' }, ports);
    expect(back).toMatchObject({ version: 'v1.0.0', change: 'deployed' });
    const readme = await readFile(path.join(back.folders.server!, 'README.md'), 'utf8');
    expect(readme).toMatch(/^# houses v1\.0\.0, a server/);
  });
});

describe('a server that does not do as it should', () => {
  test.each([
    [
      'ends at once',
      script('console.error("no such thing"); process.exit(1)'),
      /^server: the server ended before it served: no such thing$/,
    ],
    [
      'answers with other numbers',
      script(`import { createServer } from 'node:http';
        const server = createServer((_, response) => response.end('{"predictions":[1,2,3,4,5]}'));
        server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(
          { message: 'serving', url: 'http://127.0.0.1:' + server.address().port })));`),
      /^server: record 1: \{"value":1\} in place of \{"value":/,
    ],
    [
      'answers with an error',
      script(`import { createServer } from 'node:http';
        const server = createServer((_, response) => response.writeHead(500).end('broken'));
        server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(
          { message: 'serving', url: 'http://127.0.0.1:' + server.address().port })));`),
      /^server: the server answered 500: broken$/,
    ],
  ])(
    'and %s: the environment keeps its version, and the deployment is marked failed',
    async (_, change, difference) => {
      await using scene = await openDeployScene();
      await using folder = await housesOf();
      await release(folder, scene.forge, scene.mainCommit);
      const next = { ...withServer, train: { candidates: [{ type: 'linear', l2: 0.5 }] } };
      await folder.write('ciclo.yml', passingConfig(next));
      await judge(folder, scene.forge);
      const broken = { ...scene.forge, releases: withOtherServer(scene.forge.releases, change) };
      const outputs = await deployHouses(folder, broken, scene.commit);
      expect(outputs).toMatchObject({ version: 'v1.1.0', replaced: 'v1.0.0', change: 'failed' });
      expect(outputs.reasons[0]).toMatch(difference);
      expect(await live(scene.forge)).toBe('houses@v1.0.0');
      expect(await states(scene.forge)).toEqual(['failure', 'success']);
    },
  );

  test('and serves another model fails, and is marked so', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf(withServer);
    await judge(folder, scene.forge);
    const change = (files: Map<string, Uint8Array>): void => void files.set('model.zip', new Uint8Array(9));
    const broken = { ...scene.forge, releases: withOtherServer(scene.forge.releases, change) };
    const outputs = await deployHouses(folder, broken, scene.mainCommit);
    expect(outputs.change).toBe('failed');
    expect(outputs.reasons[0]).toMatch(/houses-v1\.0\.0-server\.zip .* serves another model/);
    expect(await live(scene.forge)).toBeUndefined();
    expect(await states(scene.forge)).toEqual(['failure']);
  });
});

describe('a deployment with the target server that dies', () => {
  let folder: PipelineFolder;
  let undisturbed: ReturnType<typeof outcomeOf>;
  beforeAll(async () => {
    folder = await housesOf(withServer);
    await using scene = await openDeployScene();
    await release(folder, scene.forge, scene.mainCommit);
    undisturbed = outcomeOf(scene.seeded);
  }, 60_000);
  afterAll(() => folder[Symbol.asyncDispose]());

  // Its two files and its publication.
  const writes = [4, 5, 6] as const;
  test.each(writes.flatMap((write) => (['before', 'after'] as const).map((cut) => [cut, write] as const)))(
    '%s write %i takes effect and runs again ends as if nothing had happened',
    async (cut, write) => {
      await using scene = await openDeployScene();
      const crash = scene.github.crashAfter(write, { cut });
      await expect(deployHouses(folder, scene.forge, scene.mainCommit)).rejects.toThrow();
      expect(crash.happened).toBe(true);
      crash.recover();
      await deployHouses(folder, scene.forge, scene.mainCommit);
      expect(outcomeOf(scene.seeded)).toEqual(undisturbed);
    },
  );
});
