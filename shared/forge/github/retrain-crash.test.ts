import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../../tests/github/fault.ts';
import { fixedClock } from '../../platform/clock.ts';
import type { Forge } from '../ports/forge.ts';
import { BranchMovedError, ForgeError } from '../ports/forge-error.ts';
import { retrain, sampleCommit, sampleLine } from '../testing/branch-contract.ts';
import { calls, type GitHubScene, openRetrainScene } from '../testing/github-scene.ts';
import { wantedIssue } from '../testing/issue-contract.ts';
import { wantedPullRequest } from '../testing/proposal-contract.ts';
import { thrown } from '../testing/refusal.ts';
import { appendLine } from '../upsert/append-line.ts';
import { upsertIssue } from '../upsert/issue-upsert.ts';
import { upsertPullRequest } from '../upsert/pull-request-upsert.ts';

/** All that a check which retrains writes, as a process of its own would. */
async function retrainOnce(forge: Forge, base: string): Promise<void> {
  const clock = fixedClock(0);
  const bytes = new Uint8Array([0xff, 0x00]);
  const files = new Map<string, string | Uint8Array>([
    ['ciclo.lock', '{"rows": 61}\n'],
    ['bytes.bin', bytes],
  ]);
  await forge.labels.ensure('ciclo', { color: '1d76db', description: 'Ciclo' });
  const expectedHead = await forge.branches.head(retrain);
  await forge.branches.commit(sampleCommit({ base, expectedHead, files }));
  const { pullRequest } = await upsertPullRequest(forge.pullRequests, wantedPullRequest, { clock });
  await forge.labels.add(pullRequest.number, ['ciclo']);
  await upsertIssue(forge.issues, wantedIssue, { clock });
  await appendLine(forge, sampleLine('a'), { clock });
}

/** What is there in the end, without what a clock or a counter says. */
function outcomeOf({ seeded }: GitHubScene) {
  const branch = (name: string) => {
    const commit = seeded.commits.get(seeded.refs.get(`heads/${name}`) ?? '');
    return commit && { files: [...commit.files].sort(), before: commit.parents, message: commit.message };
  };
  return {
    branches: [...seeded.refs.keys()].filter((name) => name.startsWith('heads/')).sort(),
    retrain: branch(retrain),
    history: branch('ciclo-history'),
    labels: [...seeded.labels.keys()],
    pullRequests: [...seeded.pullRequests.values()].map(({ number, state, title, body, labels }) => [
      ...[number, state, title, body],
      ...labels,
    ]),
    issues: [...seeded.issues.values()].map(({ number, state, title, body, labels }) => [
      ...[number, state, title, body],
      ...labels,
    ]),
  };
}

const writes = [
  'POST /labels',
  'POST /git/blobs',
  'POST /git/trees',
  'POST /git/commits',
  'POST /git/refs',
  'POST /pulls',
  'POST /issues/3/labels',
  'POST /issues',
  'POST /git/trees',
  'POST /git/commits',
  'POST /git/refs',
];

const undisturbed = (async () => {
  await using scene = await openRetrainScene();
  await retrainOnce(scene.forge, scene.mainCommit);
  return { outcome: outcomeOf(scene), writes: calls(scene).filter((call) => !call.startsWith('GET')) };
})();

test('what retraining writes is written once; run again, nothing is', async () => {
  const { outcome, writes: written } = await undisturbed;
  expect(written).toEqual(writes);
  expect(outcome).toMatchObject({
    pullRequests: [
      expect.anything(),
      expect.anything(),
      [3, 'open', wantedPullRequest.title, expect.any(String), 'ciclo'],
    ],
    issues: [[4, 'open', wantedIssue.title, expect.any(String), 'ciclo', 'drift']],
  });
  await using scene = await openRetrainScene();
  await retrainOnce(scene.forge, scene.mainCommit);
  await retrainOnce(scene.forge, scene.mainCommit);
  expect(outcomeOf(scene)).toEqual(outcome);
});

describe.concurrent.each(['before', 'after'] as const)('a check that dies %s a write takes effect', (cut) => {
  test.each(writes.map((write, i) => [i + 1, write]))(
    'number %i, %s, ends as if nothing had happened when it is run again',
    async (count) => {
      await using scene = await openRetrainScene();
      const crash = scene.github.crashAfter(count, { cut });
      expect(await thrown(retrainOnce(scene.forge, scene.mainCommit))).toBeInstanceOf(ForgeError);
      expect(crash.happened).toBe(true);
      crash.recover();
      await retrainOnce(scene.forge, scene.mainCommit);
      expect(outcomeOf(scene)).toEqual((await undisturbed).outcome);
    },
  );
});

const broken: readonly [string, FaultKind][] = [
  ['the connection drops before the change', { drop: 'before' }],
  ['the connection drops after the change', { drop: 'after' }],
  ['500', { status: 500 }],
];

describe.concurrent.each(broken)('nothing is lost and nothing doubled when, twice: %s', (_, kind) => {
  test.each([...new Set(writes)])('%s', async (write) => {
    await using scene = await openRetrainScene();
    const [method = '', path = ''] = write.split(' ');
    scene.github.fault({ method, path: new RegExp(`^/repos/ciclo-ml/fuel${path}$`), times: 2, kind });
    await retrainOnce(scene.forge, scene.mainCommit);
    expect(outcomeOf(scene)).toEqual((await undisturbed).outcome);
  });
});

describe('a branch that somebody moves while a commit is made', () => {
  test.each([
    ['grows', sampleCommit({ files: new Map([['c', '3']]) })],
    ['is made', sampleCommit()],
  ])('%s: the commit is not put over it', async (what, commit) => {
    await using scene = await openRetrainScene();
    const { forge, mainCommit, github } = scene;
    const first =
      what === 'grows' ? await forge.branches.commit(sampleCommit({ base: mainCommit })) : undefined;
    let theirs: string | undefined;
    github.onRequest(async ({ method, path }) => {
      if (theirs === undefined && method !== 'GET' && /\/git\/refs/.test(path))
        theirs = await scene.commitAs('visitor', retrain, { 'notes.md': 'mine' });
    });
    const base = first === undefined ? { base: mainCommit } : {};
    const error = await thrown(forge.branches.commit({ ...commit, ...base, expectedHead: first }));
    expect(error).toBeInstanceOf(BranchMovedError);
    expect(scene.seeded.refs.get(`heads/${retrain}`)).toBe(theirs);
  });
});
