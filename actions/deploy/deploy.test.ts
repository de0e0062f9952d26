import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openDeployScene } from '../../shared/forge/testing/github-scene.ts';
import { readBundle } from '../../shared/release/bundle/bundle.ts';
import { registryOf } from '../pipeline/registry.ts';
import { housesCsv } from '../testing/houses.ts';
import { quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { deploy } from './deploy.ts';
import type { DeployForge } from './deploy-inputs.ts';
import { rollback } from './rollback.ts';
import { outcomeOf } from './testing/deployment-outcome.ts';
import { deployHouses, housesOf, judge, passingConfig, release } from './testing/houses-production.ts';
import { spoilt } from './testing/spoilt-releases.ts';

const name = 'houses';

/** Which version the environment has. */
async function live(forge: DeployForge): Promise<string | undefined> {
  return (await registryOf({ name }, forge)).stages.get('production')?.tag;
}

const states = async (forge: DeployForge): Promise<string[]> => {
  const all = await forge.deployments.list({ environment: 'production' });
  const statuses = await Promise.all(all.map(({ id }) => forge.deployments.statuses(id)));
  return statuses.map(([newest]) => newest!.state);
};

/** More rows of the same kind: only the data changes. */
async function takeInRows(folder: Awaited<ReturnType<typeof housesOf>>, rows: number): Promise<void> {
  await folder.write('data/houses.csv', housesCsv(rows));
  const { planLock, writeLock } = await import('../prepare/lock.ts');
  await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
}

describe('deploy', () => {
  test('makes the first version: a tag, a release with its bundle, a deployment, the stage', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    const outputs = await release(folder, scene.forge, scene.mainCommit);
    expect(outputs).toMatchObject({ version: 'v1.0.0', tag: 'houses@v1.0.0', change: 'deployed' });
    const tags = await scene.forge.tags.list('houses');
    expect(tags.map((tag) => tag.name)).toEqual(['houses@v1.0.0', 'houses#production#1']);
    expect(tags.every(({ commit }) => commit === scene.mainCommit)).toBe(true);
    const published = await scene.forge.releases.published('houses@v1.0.0');
    expect(published).toMatchObject({ title: 'houses v1.0.0', draft: false });
    expect(published!.body).toContain('it is the first version');
    const assets = await scene.forge.releases.assets(published!.id);
    expect(assets.map((asset) => asset.name)).toEqual(['houses-v1.0.0.zip', 'model-card.md']);
    expect(await states(scene.forge)).toEqual(['success']);
  });

  test('gives the release a card with metrics, gates, version and a command that predicts', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await release(folder, scene.forge, scene.mainCommit);
    const { releases } = scene.forge;
    const published = (await releases.published('houses@v1.0.0'))!;
    const [bundle, asset] = await Promise.all(
      (await releases.assets(published.id)).map((one) => releases.download(one)),
    );
    const card = new TextDecoder().decode(asset);
    expect(published.body).toContain(card.trim());
    expect(card).toMatch(
      /^# Model card: houses\n\nVersion v1.*0, released on \d{4}-\d\d-\d\d, from the commit /,
    );
    expect(card).toContain('## Gates');
    expect(card).not.toContain('ot evaluated on unseen rows');
    // What the bundle holds is the same for whoever releases it, and whenever.
    const inside = new TextDecoder().decode((await readBundle(bundle!, 'houses.zip')).files.get('card.md'));
    expect(inside.split('\n').filter((line) => line !== '')).toEqual(
      card.split('\n').filter((line) => line !== '' && !line.startsWith('Version ')),
    );
    await writeFile(path.join(folder.path, 'houses.zip'), bundle!);
    const command = /```sh\nciclo (.*) <<'END'\n(.*)\nEND\n```/.exec(card)!;
    const main = fileURLToPath(new URL('../../cli/ciclo.js', import.meta.url));
    const ran = spawnSync(process.execPath, [main, ...command[1]!.split(' ')], {
      cwd: folder.path,
      input: `${command[2]}\n`,
      encoding: 'utf8',
    });
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: '' });
    expect(Object.values(JSON.parse(ran.stdout))[0]).toEqual(expect.anything());
  });

  test('of the same model again makes nothing new', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await release(folder, scene.forge, scene.mainCommit);
    const before = outcomeOf(scene.seeded);
    const again = await deployHouses(folder, scene.forge, scene.commit);
    expect(again).toMatchObject({ version: 'v1.0.0', change: 'unchanged' });
    expect(outcomeOf(scene.seeded)).toEqual(before);
  });

  test('of a model that only other data made is a patch; the old deployment becomes inactive', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await release(folder, scene.forge, scene.mainCommit);
    await takeInRows(folder, 260);
    const outputs = await release(folder, scene.forge, scene.commit);
    expect(outputs).toMatchObject({ version: 'v1.0.1', replaced: 'v1.0.0', change: 'deployed' });
    expect(outputs.reasons).toEqual(['only the data changed']);
    expect(await live(scene.forge)).toBe('houses@v1.0.1');
    expect(await states(scene.forge)).toEqual(['success', 'inactive']);
  });

  test.each([
    ['minor', 'v1.1.0', { features: { size: { type: 'number', transform: 'log' } } }, 'the recipe changed'],
    [
      'minor',
      'v1.1.0',
      { train: { candidates: [{ type: 'linear', l2: 0.5 }] } },
      'the training configuration changed',
    ],
    ['major', 'v2.0.0', { prepare: { exclude: ['dear', 'year'] } }, 'the field year is gone'],
    ['major', 'v2.0.0', { prepare: { exclude: [] } }, 'the field dear is new and callers must send it'],
  ])('raises the %s part to %s for %j', async (_, version, sections, reason) => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await release(folder, scene.forge, scene.mainCommit);
    await folder.write('ciclo.yml', passingConfig(sections));
    const outputs = await release(folder, scene.forge, scene.commit);
    expect(outputs.version).toBe(version);
    expect(outputs.reasons).toContain(reason);
  });
});

describe('deploy refuses', () => {
  test('a verdict that is not a pass', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf({
      validate: { bootstrap: { resamples: 100 }, gates: [{ metric: 'rmse', max: 1 }] },
    });
    expect(await refusalOf(release(folder, scene.forge, scene.mainCommit))).toMatch(
      /^nothing is deployed, since the verdict is fail: One gate fails \(rmse at most 1\)/,
    );
    expect(await scene.forge.tags.list('houses')).toEqual([]);
  });

  test('an evaluation that is not the one which the judging job gave out', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await judge(folder, scene.forge);
    const inputs = {
      pipeline: await folder.pipeline(),
      commit: scene.mainCommit,
      evaluation: `sha256:${'0'.repeat(64)}`,
    };
    await expect(deploy(inputs, { ...quietPorts(), forge: scene.forge })).rejects.toThrow(
      /is sha256:[0-9a-f]{64}, not sha256:0{64}, which the job that judged gave out: nothing is deployed/,
    );
    expect(await scene.forge.tags.list('houses')).toEqual([]);
  });

  test('an evaluation of another model, and one under other rules', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await judge(folder, scene.forge);
    await folder.write('ciclo.yml', passingConfig({ validate: { gates: [{ metric: 'rmse', max: 300 }] } }));
    expect(await refusalOf(deployHouses(folder, scene.forge, scene.mainCommit))).toMatch(
      /went by other rules than the section validate .* run ciclo validate again$/,
    );
    await folder.write('ciclo.yml', passingConfig({ train: { candidates: [{ type: 'linear', l2: 1 }] } }));
    const { train } = await import('../train/train.ts');
    await train({ pipeline: await folder.pipeline() }, quietPorts());
    expect(await refusalOf(deployHouses(folder, scene.forge, scene.mainCommit))).toMatch(
      /judged another model .* run ciclo validate again$/,
    );
  });

  test('a model that was judged before production changed', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await using slow = await housesOf({}, 220);
    await judge(slow, scene.forge);
    await release(folder, scene.forge, scene.mainCommit);
    expect(await refusalOf(deployHouses(slow, scene.forge, scene.mainCommit))).toBe(
      'the model was judged without a champion, and now it has houses@v1.0.0: run ciclo validate again, which compares with what is in production',
    );
    expect(await live(scene.forge)).toBe('houses@v1.0.0');
  });
});

describe('a rollback', () => {
  test('assigns the previous version again, and sticks: a push does not undo it', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await release(folder, scene.forge, scene.mainCommit);
    await takeInRows(folder, 260);
    await release(folder, scene.forge, scene.commit);
    const ports = { ...quietPorts(), forge: scene.forge };
    const back = await rollback({ pipeline: await folder.pipeline(), to: 'previous' }, ports);
    expect(back).toMatchObject({ version: 'v1.0.0', replaced: 'v1.0.1', change: 'deployed' });
    expect(await live(scene.forge)).toBe('houses@v1.0.0');
    expect(await states(scene.forge)).toEqual(['success', 'inactive', 'inactive']);
    expect(await refusalOf(release(folder, scene.forge, scene.mainCommit))).toMatch(
      /^houses@v1\.0\.1, which is this very model, was taken away from production by hand, .* rollback-to v1\.0\.1$/,
    );
    const forth = await rollback({ pipeline: await folder.pipeline(), to: '1.0.1' }, ports);
    expect(forth).toMatchObject({ version: 'v1.0.1', change: 'deployed' });
  });

  test('to what was never there names what is', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await release(folder, scene.forge, scene.mainCommit);
    const pipeline = await folder.pipeline();
    const to = (version: string) =>
      refusalOf(rollback({ pipeline, to: version }, { ...quietPorts(), forge: scene.forge }));
    expect(await to('v9.0.0')).toBe('rollback-to: houses has no version "v9.0.0"; it has v1.0.0');
    expect(await to('newest')).toMatch(/^"vnewest" is not a version|"newest" is not a version/);
    expect(await to('previous')).toMatch(/production had no other version of houses before/);
  });
});

describe('a smoke test that fails', () => {
  test('leaves the stage where it was, marks the deployment failed, and is not tried again by a push', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await judge(folder, scene.forge);
    const broken = spoilt(scene.forge);
    const outputs = await deployHouses(folder, broken, scene.mainCommit);
    expect(outputs.change).toBe('failed');
    expect(outputs.reasons[0]).toMatch(/^record 1: \{"value":.*\} in place of \{"value":/);
    expect(await live(scene.forge)).toBeUndefined();
    expect(await states(scene.forge)).toEqual(['failure']);
    expect(await refusalOf(deployHouses(folder, scene.forge, scene.mainCommit))).toMatch(
      /^houses@v1\.0\.0, which is this very model, failed when it was deployed/,
    );
  });
});

describe('two deployments at once', () => {
  test('of one model end with one version; of two models one wins and the other says so', async () => {
    await using scene = await openDeployScene();
    await using folder = await housesOf();
    await using other = await housesOf({}, 220);
    await judge(folder, scene.forge);
    await judge(other, scene.forge);
    const ended = await Promise.allSettled(
      [folder, other].map((one) => deployHouses(one, scene.forge, scene.mainCommit)),
    );
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = ended.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    // It meets the other's tag while it writes its own, or finds it before.
    expect(String(lost.reason)).toMatch(/another deployment|the commit \w+ is houses@v1\.0\.0 already/);
    expect(await live(scene.forge)).toMatch(/^houses@v/);
    expect(await states(scene.forge)).toContain('success');
  });
});
