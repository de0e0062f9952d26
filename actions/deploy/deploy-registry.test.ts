import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { type LocalScene, openLocalScene } from '../../shared/forge/testing/local-scene.ts';
import { registryOf } from '../pipeline/registry.ts';
import { type PipelineFolder, quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import type { DeployForge } from './deploy-inputs.ts';
import type { DeployOutputs } from './deploy-outputs.ts';
import { rollback } from './rollback.ts';
import { deployHouses, housesOf, judge, passingConfig, release } from './testing/houses-production.ts';
import { spoilt } from './testing/spoilt-releases.ts';

/** Versions of one pipeline in a real git repository, one commit after the other. */
interface Versions extends AsyncDisposable {
  readonly scene: LocalScene;
  readonly folder: PipelineFolder;
  /** Commits, trains and judges a model that shrinks by so much, and deploys it. */
  push(l2: number): Promise<DeployOutputs & { readonly commit: string }>;
  /** Deploys what `push` would at a commit that is there. */
  deployAt(commit: string, l2: number): Promise<DeployOutputs>;
  rollback(to: string, forge?: DeployForge): Promise<DeployOutputs>;
  live(): Promise<string | undefined>;
  /** The repository's version tags, as git lists them. */
  tags(): readonly string[];
}

async function versions(): Promise<Versions> {
  const scene = await openLocalScene();
  const folder = await housesOf();
  const config = (l2: number): string => passingConfig({ train: { candidates: [{ type: 'linear', l2 }] } });
  const deployAt = async (commit: string, l2: number): Promise<DeployOutputs> => {
    await folder.write('ciclo.yml', config(l2));
    return release(folder, scene.forge, commit);
  };
  let count = 0;
  return {
    scene,
    folder,
    deployAt,
    async push(l2) {
      count += 1;
      const commit = await scene.push({ 'ciclo.yml': config(l2), 'count.txt': String(count) });
      return { commit, ...(await deployAt(commit, l2)) };
    },
    rollback: async (to, forge = scene.forge) =>
      rollback({ pipeline: await folder.pipeline(), to }, { ...quietPorts(), forge }),
    live: async () => (await registryOf({ name: 'houses' }, scene.forge)).stages.get('production')?.tag,
    tags: () =>
      execFileSync('git', ['-C', scene.store.repository, 'tag', '--list', 'houses@*'], { encoding: 'utf8' })
        .trim()
        .split('\n'),
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await scene[Symbol.asyncDispose]();
    },
  };
}

describe('a version that was deregistered with GTO', () => {
  test('keeps its number: the next deployment takes the next free one, of other bytes and of the same', async () => {
    await using houses = await versions();
    await houses.push(0);
    const second = await houses.push(1);
    expect(second.version).toBe('v1.1.0');
    await houses.scene.plantTag('houses@v1.1.0!', second.commit, 'annotated');
    expect(await houses.live()).toBe('houses@v1.0.0');
    expect(await houses.push(2)).toMatchObject({ version: 'v1.2.0', replaced: 'v1.0.0', change: 'deployed' });
    expect(await houses.push(1)).toMatchObject({ version: 'v1.3.0', replaced: 'v1.2.0', change: 'deployed' });
    expect(houses.tags()).toEqual([
      'houses@v1.0.0',
      'houses@v1.1.0',
      'houses@v1.1.0!',
      'houses@v1.2.0',
      'houses@v1.3.0',
    ]);
  });

  test('keeps its commit, too: deployed there again it is refused, and a later commit gets the next number', async () => {
    await using houses = await versions();
    await houses.push(0);
    const { commit } = await houses.push(1);
    await houses.scene.plantTag('houses@v1.1.0!', commit, 'annotated');
    for (const l2 of [1, 2]) {
      expect(await refusalOf(houses.deployAt(commit, l2))).toMatch(
        /was registered as houses@v1\.1\.0, which was taken back: .* deploy a later commit, which gets the next number$/,
      );
    }
    expect(await houses.push(1)).toMatchObject({ version: 'v1.2.0', change: 'deployed' });
  });

  test('after it was rolled back, does not come back by a push under another number', async () => {
    await using houses = await versions();
    await houses.push(0);
    const { commit } = await houses.push(1);
    await houses.rollback('previous');
    await houses.scene.plantTag('houses@v1.1.0!', commit, 'annotated');
    expect(await refusalOf(houses.push(1))).toMatch(
      /^houses@v1\.1\.0, which is this very model, was taken away from production by hand, .* was deregistered since/,
    );
    expect(await houses.live()).toBe('houses@v1.0.0');
  });
});

describe('a revert, which makes the bytes of an older version', () => {
  test('assigns that version again, whose release stays as it is; so does the revert of the revert', async () => {
    await using houses = await versions();
    const first = await houses.push(0);
    const second = await houses.push(1);
    const reverted = await houses.push(0);
    expect(reverted).toMatchObject({
      version: 'v1.0.0',
      replaced: 'v1.1.0',
      change: 'deployed',
      ownBundle: false,
    });
    expect(reverted.reasons).toEqual([
      `production had houses@v1.0.0 before, and the commit ${reverted.commit.slice(0, 7)} makes this very model again`,
    ]);
    expect(reverted.bundle).toEqual(first.bundle);
    expect(await houses.push(1)).toMatchObject({
      ...{ version: 'v1.1.0', replaced: 'v1.0.0', change: 'deployed', bundle: second.bundle },
    });
    expect(houses.tags()).toEqual(['houses@v1.0.0', 'houses@v1.1.0']);
    expect((await houses.rollback('previous')).version).toBe('v1.0.0');
  });

  test('does not bring back what a person took away, until a person does', async () => {
    await using houses = await versions();
    await houses.push(0);
    await houses.push(1);
    await houses.rollback('v1.0.0');
    const refusal =
      'houses@v1.1.0, which is this very model, was taken away from production by hand, so a push does not bring it back; assign it by hand if it should be: rollback-to v1.1.0';
    expect(await refusalOf(houses.push(1))).toBe(refusal);
    await houses.push(2);
    expect(await refusalOf(houses.push(1))).toBe(refusal);
    await houses.rollback('v1.1.0');
    await houses.push(2);
    expect(await houses.push(1)).toMatchObject({ version: 'v1.1.0', change: 'deployed' });
  });

  test('does not bring back what failed its smoke test', async () => {
    await using houses = await versions();
    const { scene } = houses;
    await houses.push(0);
    await houses.push(1);
    const broken = spoilt(scene.forge);
    expect((await houses.rollback('v1.0.0', broken)).change).toBe('failed');
    expect(await refusalOf(houses.push(0))).toMatch(
      /^houses@v1\.0\.0, which is this very model, failed when it was deployed \(record 1: .*\), so a push does not try it again; .* rollback-to v1\.0\.0$/,
    );
    // By hand it comes back, and has not failed when it was last tried.
    expect((await houses.rollback('v1.0.0')).change).toBe('deployed');
    await houses.push(2);
    expect(await houses.push(0)).toMatchObject({ version: 'v1.0.0', change: 'deployed' });
  });

  test('and a deployment of an older commit that runs again do not: newer versions stay', async () => {
    await using houses = await versions();
    const first = await houses.push(0);
    await houses.push(1);
    expect(await refusalOf(houses.deployAt(first.commit, 0))).toMatch(
      /^production had houses@v1\.0\.0 from the commit [0-9a-f]{7} and has a newer version since, so deploying that commit again does not bring it back; .* rollback-to v1\.0\.0$/,
    );
    const reverted = await houses.push(0);
    await houses.push(2);
    expect(await refusalOf(houses.deployAt(reverted.commit, 0))).toMatch(
      /^production had houses@v1\.0\.0 from/,
    );
    expect(await houses.live()).toBe('houses@v1.2.0');
  });
});

describe('one commit', () => {
  test('has one version: another model is refused there, and the same one again makes nothing', async () => {
    await using houses = await versions();
    const { commit } = await houses.push(0);
    expect(await refusalOf(houses.deployAt(commit, 1))).toBe(
      `the commit ${commit} is houses@v1.0.0 already, and this is another model: one commit can have one version of houses, so commit what made the difference, and deploy that`,
    );
    expect((await houses.deployAt(commit, 0)).change).toBe('unchanged');
    expect(houses.tags()).toEqual(['houses@v1.0.0']);
  });
});

test('a number that a lightweight tag has taken is reported, with what to do', async () => {
  await using houses = await versions();
  await houses.scene.plantTag('houses@v1.0.0', houses.scene.mainCommit, 'lightweight');
  expect(await refusalOf(houses.push(0))).toBe(
    '"houses@v1.0.0" cannot be tagged: a lightweight tag, which registers nothing, has the name; delete it, and deploy again',
  );
});

/** A forge on which something happens just before a deployment is opened, which is after all was read and compared. */
function meanwhile(forge: DeployForge, happens: () => Promise<unknown>): DeployForge {
  const { deployments } = forge;
  const create: typeof deployments.create = async (one) => {
    await happens();
    return deployments.create(one);
  };
  return { ...forge, deployments: { ...deployments, create } };
}

test('a stage’s tag whose name a lightweight tag has taken is named as what it is', async () => {
  await using houses = await versions();
  await houses.scene.plantTag('houses#production#1', houses.scene.mainCommit, 'lightweight');
  expect(await refusalOf(houses.push(0))).toMatch(
    /^production cannot be given to houses@v1\.0\.0: the name of the tag that would say so, "houses#production#1", is taken by a lightweight tag on [0-9a-f]{7}, which somebody made by hand and which assigns nothing: delete it/,
  );
});

test('going back to the previous version, asked twice, is done once and says so', async () => {
  await using houses = await versions();
  await houses.push(0);
  await houses.push(1);
  expect(await houses.rollback('previous')).toMatchObject({ version: 'v1.0.0', change: 'deployed' });
  expect(await houses.rollback('previous')).toMatchObject({
    ...{ version: 'v1.0.0', change: 'unchanged' },
    reasons: [
      'production was rolled back to houses@v1.0.0 already, and had no other version before it: nothing to do',
    ],
  });
  expect(await houses.live()).toBe('houses@v1.0.0');
});

describe('a stage that moves between reading and assigning', () => {
  test('stays where another one put it: a rollback is refused, and so is a deployment', async () => {
    await using houses = await versions();
    const { scene, folder } = houses;
    const first = await houses.push(0);
    await houses.push(1);
    const third = await houses.push(2);
    const away = meanwhile(scene.forge, () =>
      scene.plantTag('houses#production#4', first.commit, 'annotated'),
    );
    expect(await refusalOf(houses.rollback('previous', away))).toBe(
      'another deployment changed production meanwhile: it has houses@v1.0.0 now, and houses@v1.1.0 was to replace houses@v1.2.0; see what should be there now',
    );
    expect(await houses.live()).toBe('houses@v1.0.0');
    const inProgress = async (): Promise<number> => {
      const all = await scene.forge.deployments.list({ environment: 'production' });
      const newest = await Promise.all(all.map(({ id }) => scene.forge.deployments.statuses(id)));
      return newest.filter(([status]) => status!.state === 'in_progress').length;
    };
    expect(await inProgress()).toBe(0);

    await folder.write('ciclo.yml', passingConfig({ train: { candidates: [{ type: 'linear', l2: 3 }] } }));
    await judge(folder, scene.forge);
    const commit = await scene.push({ 'count.txt': 'more' });
    const back = meanwhile(scene.forge, () =>
      scene.plantTag('houses#production#5', third.commit, 'annotated'),
    );
    expect(await refusalOf(deployHouses(folder, back, commit))).toBe(
      'another deployment changed production meanwhile: it has houses@v1.2.0 now, and houses@v1.3.0 was to replace houses@v1.0.0; validate and deploy again',
    );
    expect(await houses.live()).toBe('houses@v1.2.0');
    expect(await inProgress()).toBe(0);
    expect(await houses.deployAt(commit, 3)).toMatchObject({ version: 'v1.3.0', replaced: 'v1.2.0' });
  });

  test('is assigned all the same when only another stage took its number', async () => {
    await using houses = await versions();
    const { scene, folder } = houses;
    const { commit } = await houses.push(0);
    await folder.write('ciclo.yml', passingConfig({ train: { candidates: [{ type: 'linear', l2: 1 }] } }));
    await judge(folder, scene.forge);
    const { tags } = scene.forge;
    const taking: DeployForge = {
      ...scene.forge,
      tags: {
        ...tags,
        async create(tag) {
          if (tag.name === 'houses#production#2')
            await scene.plantTag('houses#staging#2', commit, 'annotated');
          return tags.create(tag);
        },
      },
    };
    const next = await scene.push({ 'count.txt': 'more' });
    expect(await deployHouses(folder, taking, next)).toMatchObject({ version: 'v1.1.0', change: 'deployed' });
    expect(await houses.live()).toBe('houses@v1.1.0');
  });
});
