import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  calls,
  deployGrants,
  type GitHubScene,
  openDeployScene,
} from '../../shared/forge/testing/github-scene.ts';
import { thrown } from '../../shared/forge/testing/refusal.ts';
import type { FaultKind } from '../../tests/github/fault.ts';
import { addReleaseAsset } from '../../tests/github/release-seed.ts';
import { addToken } from '../../tests/github/seed.ts';
import { registryOf } from '../pipeline/registry.ts';
import { refusalOf } from '../testing/pipeline-folder.ts';
import type { DeployOutputs } from './deploy-outputs.ts';
import { outcomeOf } from './testing/deployment-outcome.ts';
import { deployHouses, housesOf, release } from './testing/houses-production.ts';
import { type HowToDeploy, type LiveHouses, liveHouses } from './testing/live-houses.ts';

/** What replacing a version writes when nothing happens to it. */
const writes = [
  'POST /git/tags',
  'POST /git/refs',
  'POST /releases',
  'POST /releases/{}/assets',
  'POST /releases/{}/assets',
  'PATCH /releases/{}',
  'POST /deployments',
  'POST /deployments/{}/statuses',
  'POST /git/tags',
  'POST /git/refs',
  'POST /deployments/{}/statuses',
  'POST /deployments/{}/statuses',
];
/** The one that gives the stage away. */
const swap = 10;
const numbered = writes.map((write, i) => [i + 1, write] as const);

let houses: LiveHouses;
let undisturbed: {
  readonly outputs: DeployOutputs;
  readonly writes: readonly string[];
  readonly outcome: ReturnType<typeof outcomeOf>;
};
beforeAll(async () => {
  houses = await liveHouses();
  await using scene = await houses.open();
  const start = scene.github.requests.length;
  const outputs = await houses.deploy(scene);
  undisturbed = { outputs, writes: writesOf(scene, start), outcome: outcomeOf(scene.seeded) };
}, 60_000);
afterAll(() => houses[Symbol.asyncDispose]());

function writesOf(scene: GitHubScene, start: number): readonly string[] {
  return calls(scene)
    .slice(start)
    .filter((call) => !call.startsWith('GET') && !call.endsWith('/graphql'))
    .map((call) => call.replace(/\d+/, '{}'));
}

/** Lets another deployment run from beginning to end before the n-th write of the one that is begun after. */
function standStillBefore(scene: GitHubScene, count: number, other: HowToDeploy) {
  const token = 'ghs_other';
  addToken(scene.github.state, token, { permissions: deployGrants });
  let left = count;
  let ended: Promise<DeployOutputs> | undefined;
  scene.github.onRequest(async ({ method, path, headers }) => {
    if (method === 'GET' || path === '/graphql' || headers.authorization === `token ${token}`) return;
    left -= 1;
    if (left > 0 || ended) return;
    ended = houses.deploy(scene, { later: 60, token, ...other });
    await ended.catch(() => undefined); // looked at by the test
  });
  return { other: () => ended! };
}

test('a deployment writes what it must, once; run again, it writes nothing', async () => {
  const { outputs, writes: written, outcome } = undisturbed;
  expect(written).toEqual(writes);
  expect(outputs).toMatchObject({ tag: 'houses@v1.1.0', replaced: 'v1.0.0', change: 'deployed' });
  expect(outcome.deployments.map(({ state, ref }) => [ref, state])).toEqual([
    ['houses@v1.0.0', 'inactive'],
    ['houses@v1.1.0', 'success'],
  ]);
  await using scene = await houses.open();
  await houses.deploy(scene);
  const start = scene.github.requests.length;
  expect(await houses.deploy(scene, { later: 60 })).toMatchObject({ change: 'unchanged' });
  expect(writesOf(scene, start)).toEqual([]);
  expect(outcomeOf(scene.seeded)).toEqual(outcome);
});

describe.concurrent.each(['before', 'after'] as const)(
  'a deployment that dies %s a write takes effect',
  (cut) => {
    test.each(numbered)(
      'number %i, %s, ends as if nothing had happened when it is run again',
      async (count) => {
        await using scene = await houses.open();
        const crash = scene.github.crashAfter(count, { cut });
        expect(await thrown(houses.deploy(scene))).toMatchObject({ name: 'ForgeError' });
        expect(crash.happened).toBe(true);
        crash.recover();
        await houses.deploy(scene, { later: 60 });
        expect(outcomeOf(scene.seeded)).toEqual(undisturbed.outcome);
      },
    );
  },
);

describe.concurrent('two deployments of one model at once', () => {
  test.each(numbered)(
    'one that stands still before write %i, %s, while the other does everything: both end the same',
    async (count) => {
      await using scene = await houses.open();
      const { other } = standStillBefore(scene, count, {});
      const outputs = await houses.deploy(scene);
      expect(outputs.tag).toBe('houses@v1.1.0');
      expect(await other()).toMatchObject({ tag: 'houses@v1.1.0' });
      expect(outcomeOf(scene.seeded)).toEqual(undisturbed.outcome);
    },
  );
});

describe.concurrent('two deployments of different models at once', () => {
  test.each(numbered)(
    'one that stands still before write %i, %s, while the other does everything: one wins, the other is refused',
    async (count) => {
      await using scene = await houses.open();
      const commit = await scene.push({ 'notes.md': 'another commit' });
      const { other } = standStillBefore(scene, count, { model: 'other', commit });
      const own = houses.deploy(scene);
      // What has given the stage away before the other begins has won.
      if (count <= swap) {
        expect(await refusalOf(own)).toMatch(/another deployment (changed production|took the version)/);
        expect(await other()).toMatchObject({ change: 'deployed', replaced: 'v1.0.0' });
      } else {
        expect(await own).toMatchObject({ change: 'deployed', replaced: 'v1.0.0' });
        expect(await refusalOf(other())).toMatch(
          /^the model was judged against .*, and now it has houses@v1/,
        );
      }
      const winner = await (count <= swap ? other() : own);
      const { stages, assignments } = await registryOf({ name: 'houses' }, scene.forge);
      expect(stages.get('production')?.tag).toBe(winner.tag);
      expect(assignments).toHaveLength(2);
    },
  );
});

const broken: readonly [string, FaultKind][] = [
  ['the connection drops before the change', { drop: 'before' }],
  ['the connection drops after the change', { drop: 'after' }],
  ['the connection drops in the middle of the answer', { drop: 'during' }],
  ['500', { status: 500 }],
];

describe.concurrent.each(broken)('nothing is lost and nothing doubled when, twice: %s', (_, kind) => {
  test.each([...new Set(writes)])('%s', async (write) => {
    await using scene = await houses.open();
    const [method = '', path = ''] = write.split(' ');
    const expression = new RegExp(`^/repos/ciclo-ml/fuel${path.replace('{}', '\\d+')}$`);
    scene.github.fault({ method, path: expression, times: 2, kind });
    expect(await houses.deploy(scene)).toEqual({ ...undisturbed.outputs, folders: expect.anything() });
    expect(outcomeOf(scene.seeded)).toEqual(undisturbed.outcome);
  });
});

test('a half that an upload left is deleted and uploaded again, even when that breaks off too', async () => {
  await using scene = await houses.open();
  const { github, seeded } = scene;
  let planted = 0;
  github.onRequest(({ method, path, query }) => {
    if (method !== 'POST' || !path.endsWith('/assets') || planted === 2) return;
    planted += 1;
    const release = [...seeded.releases.values()].at(-1)!;
    const half = { state: 'starter', digest: null, bytes: Buffer.alloc(0) } as const;
    addReleaseAsset(github.state, release, { name: new URLSearchParams(query).get('name')!, ...half });
    github.fault({ method, path: /assets$/, times: 1, kind: { status: 502 } });
  });
  github.fault({ method: 'DELETE', path: /assets/, times: 1, kind: { drop: 'after' } });
  expect(await houses.deploy(scene)).toMatchObject({ change: 'deployed' });
  expect(planted).toBe(2);
  expect(outcomeOf(seeded)).toEqual(undisturbed.outcome);
});

describe('a first deployment that dies', () => {
  test.each(['before', 'after'] as const)(
    'at any one of its writes, %s it is done, and runs again: it ends as if nothing had happened',
    async (cut) => {
      await using folder = await housesOf();
      await using whole = await openDeployScene();
      await release(folder, whole.forge, whole.mainCommit);
      const expected = outcomeOf(whole.seeded);
      let n = 1;
      for (; ; n++) {
        await using scene = await openDeployScene();
        const crash = scene.github.crashAfter(n, { cut });
        const ended = await deployHouses(folder, scene.forge, scene.mainCommit).then(
          () => 'done',
          () => 'died',
        );
        if (!crash.happened) break;
        expect(ended).toBe('died');
        crash.recover();
        await deployHouses(folder, scene.forge, scene.mainCommit);
        expect(outcomeOf(scene.seeded)).toEqual(expected);
      }
      expect(n).toBeGreaterThan(8);
    },
  );
});
