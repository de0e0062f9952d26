import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createLocalForge } from '../../shared/forge/local/local-forge.ts';
import { type LocalScene, openLocalScene } from '../../shared/forge/testing/local-scene.ts';
import { referenceOf } from '../drift-check/rows/reference.ts';
import { quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { validate } from '../validate/validate.ts';
import { bundleChampion, productionChampion } from './champion.ts';
import { deployHouses, housesOf, judge, passingConfig, release } from './testing/houses-production.ts';

const championGate = {
  validate: {
    bootstrap: { resamples: 100 },
    gates: [{ metric: 'rmse', champion: { 'worse-by-at-most': '50%' } }],
  },
};

/** A clone of the scene's repository on the same machine, with a forge folder of its own: without its releases. */
function cloneOf({ store }: LocalScene, ...words: string[]) {
  const repository = path.join(path.dirname(store.repository), `clone-${words.length}`);
  execFileSync('git', ['clone', '--quiet', ...words, pathToFileURL(store.repository).href, repository]);
  const folder = path.join(repository, '.ciclo', 'forge');
  return { forge: createLocalForge({ ...store, repository, folder }), repository };
}

/** One version in production, and a folder that judges by a champion gate. */
async function inProduction() {
  const scene = await openLocalScene();
  const folder = await housesOf();
  await release(folder, scene.forge, scene.mainCommit);
  await folder.write('ciclo.yml', passingConfig(championGate));
  await judge(folder, scene.forge);
  return {
    scene,
    folder,
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await scene[Symbol.asyncDispose]();
    },
  };
}

async function judgedWith(
  { folder }: Awaited<ReturnType<typeof inProduction>>,
  forge: Parameters<typeof productionChampion>[1],
) {
  const pipeline = await folder.pipeline();
  const champion = await productionChampion({ pipeline }, forge);
  return (await validate({ pipeline, ...champion?.inputs }, quietPorts())).evaluation;
}

describe('a champion that cannot be read is not "no champion"', () => {
  const clones: readonly [string, string[], RegExp][] = [
    [
      'a full clone without the release',
      [],
      /it has no published release here\. Publish it again, fetch its bundle/,
    ],
    [
      'a clone without tags',
      ['--no-tags'],
      /this clone does not have the tags of origin; git fetch --tags origin/,
    ],
    ['a shallow clone', ['--depth=1', '--no-tags', '--branch=main'], /does not have the tags of origin/],
  ];
  test.each(clones)(
    '%s: production has it, its gates do not pass, and nothing is deployed',
    async (_what, words, why) => {
      await using production = await inProduction();
      const { forge } = cloneOf(production.scene, ...words);
      const evaluation = await judgedWith(production, forge);
      expect(evaluation.champion).toMatchObject({ name: 'houses@v1.0.0', comparable: false });
      expect(evaluation.champion!.reason).toMatch(
        /^production has houses@v1\.0\.0, which could not be read: /,
      );
      expect(evaluation.champion!.reason).toMatch(why);
      expect(evaluation.gates.map(({ outcome }) => outcome)).toEqual(['inconclusive']);
      expect(evaluation.gates[0]!.message).toContain(
        'production has houses@v1.0.0, which could not be read: ',
      );
      expect(evaluation.verdict).toBe('warn');
      const { folder, scene } = production;
      const refusal = await refusalOf(deployHouses(folder, forge, scene.mainCommit));
      expect(refusal).toMatch(
        /which could not be read|origin has tags of houses that this clone does not have \(houses.*git fetch --tags origin/,
      );
      expect((await forge.tags.list('houses@')).map(({ name }) => name)).toEqual(
        words.length === 0 ? ['houses@v1.0.0'] : [],
      );
    },
  );

  test('its bundle as a file, checked by the tag, is one that can be read', async () => {
    await using production = await inProduction();
    const { releases } = production.scene.forge;
    const published = (await releases.published('houses@v1.0.0'))!;
    const asset = (await releases.assets(published.id)).find(({ name }) => name.endsWith('.zip'))!;
    const archive = { name: asset.name, bytes: await releases.download(asset) };
    const { forge } = cloneOf(production.scene);
    const pipeline = await production.folder.pipeline();
    const champion = await bundleChampion(archive, { pipeline }, forge);
    const { evaluation } = await validate({ pipeline, ...champion.inputs }, quietPorts());
    expect(evaluation.champion).toMatchObject({ name: 'houses@v1.0.0', comparable: true });
    const { forge: other } = cloneOf(production.scene, '--no-tags');
    expect(await refusalOf(bundleChampion(archive, { pipeline }, other))).toMatch(
      /^champion: houses has no version "v1\.0\.0"/,
    );
  });

  test('a release that was deleted', async () => {
    await using production = await inProduction();
    const { scene, folder } = production;
    await rm(path.join(scene.store.folder, 'releases'), { recursive: true });
    expect((await judgedWith(production, scene.forge)).champion!.reason).toMatch(
      /^production has houses@v1\.0\.0, which could not be read: it has no published release here/,
    );
    expect(await refusalOf(deployHouses(folder, scene.forge, scene.commit))).toMatch(
      /^production has houses@v1\.0\.0, which could not be read/,
    );
    const reading = referenceOf(
      await folder.pipeline(),
      { source: undefined, forge: scene.forge },
      quietPorts(),
    );
    expect(await refusalOf(reading)).toMatch(/^production has houses@v1\.0\.0, which could not be read/);
  });

  test('a remote that cannot be asked: whether there is one is not known, and no first version is made', async () => {
    await using production = await inProduction();
    const { scene, folder } = production;
    const { forge, repository } = cloneOf(scene, '--no-tags');
    execFileSync('git', ['-C', repository, 'remote', 'set-url', 'origin', path.join(repository, 'gone')]);
    const evaluation = await judgedWith(production, forge);
    expect(evaluation.champion!.reason).toMatch(
      /^this clone has no tag of houses, and origin could not be asked what production has: /,
    );
    expect(evaluation.gates.map(({ outcome }) => outcome)).toEqual(['inconclusive']);
    expect(await refusalOf(deployHouses(folder, forge, scene.mainCommit))).toMatch(
      /^origin could not be asked which versions of houses it has: .*a second houses@v1\.0\.0 must not be made/,
    );
  });

  test('judged beside one that could not be read, a model is not deployed once that is gone', async () => {
    await using production = await inProduction();
    const { forge } = cloneOf(production.scene, '--no-tags');
    await judgedWith(production, forge);
    await using own = await openLocalScene();
    expect(await refusalOf(deployHouses(production.folder, own.forge, own.mainCommit))).toMatch(
      /^the model was judged beside houses@v1\.0\.0, which could not be read, and nothing is in production/,
    );
  });

  test('a pipeline without any version, in a clone of a repository without any, has none', async () => {
    await using scene = await openLocalScene();
    await using folder = await housesOf();
    const { forge } = cloneOf(scene);
    expect(await productionChampion({ pipeline: await folder.pipeline() }, forge)).toBeUndefined();
    expect(await release(folder, forge, scene.mainCommit)).toMatchObject({ version: 'v1.0.0' });
  });
});
