import { describe, expect, test } from 'vitest';
import { addDeployment, addDeploymentStatus } from '../../../tests/github/deployment-seed.ts';
import type { FaultKind } from '../../../tests/github/fault.ts';
import { addRelease, addReleaseAsset } from '../../../tests/github/release-seed.ts';
import { addToken } from '../../../tests/github/seed.ts';
import { addTag } from '../../../tests/github/tag-seed.ts';
import { ForgeError } from '../ports/forge-error.ts';
import { calls, deployGrants, type GitHubScene, openDeployScene } from '../testing/github-scene.ts';
import { thrown } from '../testing/refusal.ts';
import { sampleFile, sampleRelease } from '../testing/release-contract.ts';
import { deployWhole, outcomeOf } from '../testing/whole-deployment.ts';
import { ReleaseConflictError, upsertRelease } from '../upsert/release-upsert.ts';
import { createGitHubForge } from './github-forge.ts';

/** 2026-01-05T10:00:00Z in seconds. */
const ten = Date.UTC(2026, 0, 5, 10) / 1000;

/** A scene in which a version is in production, about to be replaced. */
async function openLiveScene(): Promise<GitHubScene> {
  const scene = await openDeployScene();
  const { github, seeded, mainCommit: commit } = scene;
  const version = 'fuel@v0.9.0';
  const assignment = 'fuel#production#1';
  for (const name of [version, assignment]) addTag(seeded, { name, commit });
  addRelease(github.state, seeded, { tag: version });
  const payload = { ciclo: { pipeline: 'fuel', version, assignment } };
  const seed = { environment: 'production', sha: commit, ref: version, payload };
  const deployment = addDeployment(github.state, seeded, seed);
  addDeploymentStatus(github.state, deployment, { state: 'success', description: version });
  return scene;
}

/** The deployment under test, as a process of its own would run it at some time. */
function next({ options, commit }: GitHubScene, { later = 0, token = options.token } = {}) {
  const forge = createGitHubForge({ ...options, token });
  return deployWhole(forge, { commit, version: '1.0.0', count: 2, time: ten + 60 + later });
}

/** What it writes when nothing happens to it. */
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

function writesOf(scene: GitHubScene, start: number): readonly string[] {
  return calls(scene)
    .slice(start)
    .filter((call) => !call.startsWith('GET') && !call.endsWith('/graphql'))
    .map((call) => call.replace(/\d+/, '{}'));
}

/** The end state of an undisturbed run, once for all tests. */
const undisturbed = (async () => {
  await using scene = await openLiveScene();
  const start = scene.github.requests.length;
  const changes = await next(scene);
  return { changes, writes: writesOf(scene, start), outcome: outcomeOf(scene.seeded) };
})();

test('a deployment writes what it must, once; run again, it writes nothing', async () => {
  const { changes, writes: written, outcome } = await undisturbed;
  expect(written).toEqual(writes);
  expect(changes).toEqual(['created', 'published', 'created']);
  expect(outcome.deployments.map(({ state, ref }) => [ref, state])).toEqual([
    ['fuel@v0.9.0', 'inactive'],
    ['fuel@v1.0.0', 'success'],
  ]);
  await using scene = await openLiveScene();
  await next(scene);
  const start = scene.github.requests.length;
  expect(await next(scene, { later: 60 })).toEqual(['exists', 'unchanged', 'exists']);
  // An object without a ref is nothing.
  expect(writesOf(scene, start).filter((call) => call !== 'POST /git/tags')).toEqual([
    'POST /git/refs',
    'POST /git/refs',
  ]);
  expect(outcomeOf(scene.seeded)).toEqual(outcome);
});

describe.concurrent.each(['before', 'after'] as const)(
  'a deployment that dies %s a write takes effect',
  (cut) => {
    test.each(writes.map((write, i) => [i + 1, write]))(
      'number %i, %s, ends as if nothing had happened when it is run again',
      async (count) => {
        await using scene = await openLiveScene();
        const crash = scene.github.crashAfter(count, { cut });
        expect(await thrown(next(scene))).toBeInstanceOf(ForgeError);
        expect(crash.happened).toBe(true);
        crash.recover();
        await next(scene, { later: 60 });
        expect(outcomeOf(scene.seeded)).toEqual((await undisturbed).outcome);
      },
    );
  },
);

describe.concurrent('two deployments at once', () => {
  test.each(writes.map((write, i) => [i + 1, write]))(
    'one that stands still before write %i, %s, while the other does everything: both end the same',
    async (count) => {
      await using scene = await openLiveScene();
      addToken(scene.github.state, 'ghs_other', { permissions: deployGrants });
      let left = count;
      let other: Promise<unknown> | undefined;
      scene.github.onRequest(async ({ method, path, headers }) => {
        if (method === 'GET' || path === '/graphql' || headers.authorization === 'token ghs_other') return;
        left -= 1;
        if (left > 0 || other) return;
        other = next(scene, { later: 60, token: 'ghs_other' });
        await other;
      });
      await next(scene);
      expect(other).toBeDefined();
      expect(outcomeOf(scene.seeded)).toEqual((await undisturbed).outcome);
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
    await using scene = await openLiveScene();
    const [method = '', path = ''] = write.split(' ');
    const expression = new RegExp(`^/repos/ciclo-ml/fuel${path.replace('{}', '\\d+')}$`);
    scene.github.fault({ method, path: expression, times: 2, kind });
    expect(await next(scene)).toEqual(['created', 'published', 'created']);
    expect(outcomeOf(scene.seeded)).toEqual((await undisturbed).outcome);
  });
});

describe('a release’s file', () => {
  test('of which an upload left a half is deleted and uploaded again, even when that breaks off too', async () => {
    await using scene = await openLiveScene();
    const { github, seeded } = scene;
    let planted = 0;
    github.onRequest(({ method, path, query }) => {
      if (method !== 'POST' || !path.endsWith('/assets') || !query.includes('card.md') || planted === 2)
        return;
      planted += 1;
      const release = [...seeded.releases.values()].at(-1)!;
      const half = { state: 'starter', digest: null, bytes: Buffer.alloc(0) } as const;
      addReleaseAsset(github.state, release, { name: 'card.md', ...half });
      github.fault({ method, path: /assets$/, times: 1, kind: { status: 502 } });
    });
    github.fault({ method: 'DELETE', path: /assets/, times: 1, kind: { drop: 'after' } });
    expect(await next(scene)).toEqual(['created', 'published', 'created']);
    expect(planted).toBe(2);
    expect(outcomeOf(seeded)).toEqual((await undisturbed).outcome);
  });

  test('is not taken out of a release that somebody publishes while its draft is looked at', async () => {
    await using scene = await openLiveScene();
    const { github, seeded, forge } = scene;
    await scene.plantTag('fuel@v1.0.0', scene.commit, 'annotated');
    const draft = await forge.releases.createDraft(sampleRelease());
    await forge.releases.upload(draft, sampleFile({ bytes: new Uint8Array([1]) }));
    const end = github.onRequest(({ method, path }) => {
      if (method === 'GET' && path.endsWith('/assets')) seeded.releases.get(draft.id)!.draft = false;
    });
    const error = await thrown(upsertRelease(forge.releases, sampleRelease()));
    end();
    expect(error).toBeInstanceOf(ReleaseConflictError);
    expect(await forge.releases.assets(draft.id)).toHaveLength(1);
    expect(calls(scene).filter((call) => call.startsWith('DELETE'))).toEqual([]);
  });
});
