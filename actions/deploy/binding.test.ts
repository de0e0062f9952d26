import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalScene, openLocalScene } from '../../shared/forge/testing/local-scene.ts';
import { recordingLogger } from '../../shared/platform/logger.ts';
import { referenceOf } from '../drift-check/rows/reference.ts';
import { type PipelineFolder, quietPorts, warningsOf } from '../testing/pipeline-folder.ts';
import { productionChampion } from './champion.ts';
import { rollback } from './rollback.ts';
import { collectPipelines } from './targets/pages-target-site.ts';
import { deployHouses, housesOf, judge, release } from './testing/houses-production.ts';
import { shiftedWeights, tampered, unbound } from './testing/spoilt-releases.ts';
import { verifyPortsOf } from './testing/verify-ports.ts';
import { type VerifyPorts, verify } from './verify.ts';
import { versions } from './versions.ts';

const refused =
  /the bundle houses-v1\.0\.0\.zip is not the file that houses@v1\.0\.0 was registered with: its digest is sha256:[0-9a-f]{64}, the tag says sha256:[0-9a-f]{64}: it is refused/;

let scene: LocalScene;
let folder: PipelineFolder;
beforeAll(async () => {
  scene = await openLocalScene();
  folder = await housesOf();
  await release(folder, scene.forge, scene.mainCommit);
});
afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await scene[Symbol.asyncDispose]();
});

/** The code host after somebody changed the released weights, and the digests in the bundle's manifest with them. */
const swapped = () => ({ ...scene.forge, releases: tampered(scene.forge.releases, shiftedWeights) });

const verifyPorts = (forge: VerifyPorts['forge'] = scene.forge) => verifyPortsOf(folder, forge);

describe('a released bundle whose weights were changed, and the digest in its manifest with them', () => {
  test('is no champion: there is one, and it cannot be read', async () => {
    const champion = await productionChampion({ pipeline: await folder.pipeline() }, swapped());
    expect(champion).toMatchObject({ name: 'houses@v1.0.0', inputs: { championName: 'houses@v1.0.0' } });
    expect(champion!.inputs.champion).toBeUndefined();
    expect(champion!.inputs.championProblem).toMatch(
      /^production has houses@v1\.0\.0, which could not be read: /,
    );
    expect(champion!.inputs.championProblem).toMatch(refused);
  });

  test('is no reference for drift', async () => {
    const pipeline = await folder.pipeline();
    const reading = referenceOf(pipeline, { source: undefined, forge: swapped() }, quietPorts());
    await expect(reading).rejects.toThrow(refused);
  });

  test('is not verified', async () => {
    const inputs = { pipeline: await folder.pipeline(), version: 'v1.0.0' };
    await expect(verify(inputs, verifyPorts(swapped()))).rejects.toThrow(refused);
  });

  test('is not rolled back to', async () => {
    const ports = { ...quietPorts(), forge: swapped() };
    const going = rollback({ pipeline: await folder.pipeline(), to: 'v1.0.0' }, ports);
    await expect(going).rejects.toThrow(refused);
  });

  test('is not on the site, which says why', async () => {
    const ports = quietPorts();
    const collected = await collectPipelines({ forge: swapped(), logger: recordingLogger(ports.log) });
    expect(collected).toEqual([]);
    expect(warningsOf(ports.log).join('\n')).toMatch(refused);
  });

  test('is in the list of versions with what is wrong with it', async () => {
    const [row] = await versions({ pipeline: await folder.pipeline() }, swapped());
    expect(row).toMatchObject({ version: 'v1.0.0', stages: ['production'] });
    expect(row!.problem).toMatch(refused);
    expect(row!.metric).toBeUndefined();
  });

  test('does not become a version’s first deployment', async () => {
    await using own = await openLocalScene();
    await judge(folder, own.forge);
    const forge = { ...own.forge, releases: tampered(own.forge.releases, shiftedWeights) };
    const { change, reasons } = await deployHouses(folder, forge, own.mainCommit);
    expect(change).toBe('failed');
    expect(reasons[0]).toMatch(refused);
  });
});

describe('a version that is verified', () => {
  test('is compared file by file with what its commit gives, all of them, its published profile too', async () => {
    const outputs = await verify({ pipeline: await folder.pipeline(), version: 'v1.0.0' }, verifyPorts());
    expect(outputs).toMatchObject({ same: true, bound: true, unchecked: [] });
    expect(outputs.files).toEqual(
      [
        'card.md',
        'engine.json',
        'evaluation.json',
        'model.json',
        'prediction-profile.json',
        'profile.json',
        'recipe.json',
        'schema.json',
        'smoke.json',
        'training.json',
        'weights.bin',
      ].map((name) => ({ name, outcome: 'same' })),
    );
  });

  test('is different where one of its files is, and its tag binds nothing that could have told', async () => {
    const forge = { releases: swapped().releases, tags: unbound(scene.forge.tags) };
    const outputs = await verify(
      { pipeline: await folder.pipeline(), version: 'v1.0.0' },
      verifyPorts(forge),
    );
    // The manifest still claims the digest of the model that was deployed.
    expect(outputs.expected).toBe(outputs.found);
    expect(outputs.files.filter(({ outcome }) => outcome === 'different')).toEqual([
      { name: 'weights.bin', outcome: 'different' },
    ]);
    expect(outputs).toMatchObject({ same: false, bound: false });
    expect(outputs.unchecked[0]).toMatch(/^houses@v1\.0\.0 is not bound: /);
  });

  test('is not the same when its attestation is refused; one that cannot be checked is said', async () => {
    const inputs = { pipeline: await folder.pipeline(), version: 'v1.0.0' };
    const ports = verifyPorts();
    const refusal = { outcome: 'refused', detail: 'gh refuses it' } as const;
    expect(await verify(inputs, { ...ports, attestation: async () => refusal })).toMatchObject({
      same: false,
    });
    const unknown = { outcome: 'unchecked', detail: 'gh is not here' } as const;
    expect(await verify(inputs, { ...ports, attestation: async () => unknown })).toMatchObject({
      ...{ same: true, unchecked: ['the attestation: gh is not here'] },
    });
  });

  test('can be a file, where its release is not at hand', async () => {
    const { releases } = scene.forge;
    const published = (await releases.published('houses@v1.0.0'))!;
    const asset = (await releases.assets(published.id)).find(({ name }) => name.endsWith('.zip'))!;
    const bundle = { name: asset.name, bytes: await releases.download(asset) };
    const nothing = { ...releases, published: async () => undefined };
    const ports = verifyPorts({ ...scene.forge, releases: nothing });
    const inputs = { pipeline: await folder.pipeline(), version: 'v1.0.0' };
    await expect(verify(inputs, ports)).rejects.toThrow(/name the file with --bundle$/);
    expect(await verify({ ...inputs, bundle }, ports)).toMatchObject({ same: true, bound: true });
  });
});

describe('a version that was registered and never released', () => {
  /** A deployment that dies before its release, judged with fewer resamples: its bundle is another one. */
  async function died(own: LocalScene, commit: string): Promise<PipelineFolder> {
    const first = await housesOf({ validate: { bootstrap: { resamples: 101 } } });
    await judge(first, own.forge);
    const dead = {
      ...own.forge.releases,
      createDraft: async () => Promise.reject(new Error('the runner is gone')),
    };
    await expect(deployHouses(first, { ...own.forge, releases: dead }, commit)).rejects.toThrow(
      'the runner is gone',
    );
    return first;
  }

  test('is taken back when its bundle would be another one now, and the next number is given', async () => {
    await using own = await openLocalScene();
    await using _first = await died(own, own.mainCommit);
    const outputs = await release(folder, own.forge, own.commit);
    expect(outputs).toMatchObject({ version: 'v2.0.0', change: 'deployed' });
    expect(outputs.reasons.at(-1)).toMatch(
      /^houses@v1\.0\.0 was registered with the bundle sha256:.* and never released, and its bundle would be sha256:/,
    );
    expect((await own.forge.tags.list('houses')).map(({ name }) => name)).toEqual([
      ...['houses@v1.0.0', 'houses@v1.0.0!', 'houses@v2.0.0', 'houses#production#1'],
    ]);
  });

  test('keeps its commit: there nothing is written, and what is needed is said', async () => {
    await using own = await openLocalScene();
    await using _first = await died(own, own.mainCommit);
    await judge(folder, own.forge);
    await expect(deployHouses(folder, own.forge, own.mainCommit)).rejects.toThrow(
      /so a later commit is needed, which may be empty: deployed from there, houses@v1\.0\.0 is taken back and the next number given$/,
    );
    expect((await own.forge.tags.list('houses')).map(({ name }) => name)).toEqual(['houses@v1.0.0']);
  });

  test('is released as it was registered when its bundle is the same', async () => {
    await using own = await openLocalScene();
    await using first = await died(own, own.mainCommit);
    expect(await deployHouses(first, own.forge, own.mainCommit)).toMatchObject({ version: 'v1.0.0' });
  });
});

test('a deployment of an older commit that died before it was assigned does not replace a newer one', async () => {
  await using own = await openLocalScene();
  await release(folder, own.forge, own.mainCommit);
  await using older = await housesOf({ train: { candidates: [{ type: 'linear', l2: 1 }] } });
  await using newer = await housesOf({ train: { candidates: [{ type: 'linear', l2: 2 }] } });
  await judge(older, own.forge);
  const dead = {
    ...own.forge.deployments,
    list: async () => Promise.reject(new Error('the runner is gone')),
  };
  const olderCommit = own.commit;
  await expect(deployHouses(older, { ...own.forge, deployments: dead }, olderCommit)).rejects.toThrow(
    'is gone',
  );
  expect(await release(newer, own.forge, await own.push({ 'more.txt': '1' }))).toMatchObject({
    version: 'v1.2.0',
  });
  await judge(older, own.forge);
  await expect(deployHouses(older, own.forge, olderCommit)).rejects.toThrow(
    /^houses@v1\.1\.0 of the commit [0-9a-f]{7} was registered and did not get production, which has had houses@v1\.2\.0 since/,
  );
});
