import { describe, expect, test } from 'vitest';
import { createGitHubAgreements } from '../../shared/forge/github/agreements.ts';
import { type GitHubScene, openGitHubScene } from '../../shared/forge/testing/github-scene.ts';
import { agreementLabel } from '../../shared/report/pull-request/agreement.ts';
import { addReview, setLabel } from '../../tests/github/agreement-seed.ts';
import type { Role } from '../../tests/github/agreement-state.ts';
import { push } from '../../tests/github/commit-seed.ts';
import { type Agreement, agreementOn } from './agreement.ts';

const gateRights = { contents: 'read', pull_requests: 'write', checks: 'write' } as const;

/** The pull request of `change`, whose author octocat may write, as may these. */
async function openScene(
  roles: Readonly<Record<string, Role>> = { reviewer: 'write' },
): Promise<GitHubScene> {
  const scene = await openGitHubScene({ token: { permissions: gateRights } });
  for (const [login, role] of Object.entries({ octocat: 'write' as const, ...roles })) {
    scene.seeded.roles.set(login, role);
  }
  return scene;
}

const pullOf = ({ seeded, pullRequest }: GitHubScene) => seeded.pullRequests.get(pullRequest)!;
const ask = (scene: GitHubScene, commit: string | undefined = pullOf(scene).head.sha): Promise<Agreement> =>
  agreementOn(scene.pullRequest, commit, createGitHubAgreements(scene.options));
const label = (scene: GitHubScene, actor: string, event: 'labeled' | 'unlabeled' = 'labeled') =>
  setLabel(scene.github.state, scene.seeded, scene.pullRequest, { label: agreementLabel, actor, event });
const review = (scene: GitHubScene, seed: Parameters<typeof addReview>[3] = {}) =>
  addReview(scene.github.state, scene.seeded, pullOf(scene), seed);
const awaited = (why: RegExp) => ({ state: 'awaited', why: [expect.stringMatching(why)] });

describe('a review agrees', () => {
  test.each(['write', 'maintain', 'admin'] as const)(
    'when one who has the role %s approves the head',
    async (role) => {
      await using scene = await openScene({ reviewer: role });
      review(scene);
      expect(await ask(scene)).toEqual({ state: 'agreed', by: 'reviewer', how: 'review' });
    },
  );

  test.each(['triage', 'read'] as const)('not when one who has the role %s does', async (role) => {
    await using scene = await openScene({ reviewer: role });
    review(scene);
    expect(await ask(scene)).toEqual(awaited(/reviewer, who approved it, has no write access/));
  });

  test('not once the head has moved', async () => {
    await using scene = await openScene();
    review(scene);
    await scene.push({ 'ciclo.yml': 'name: fuel # looser\n' });
    expect(await ask(scene)).toEqual(
      awaited(/the approval by reviewer is of [0-9a-f]{8}, not of [0-9a-f]{8}/),
    );
  });

  test('not a stranger, an app, the author, a comment, or one that was dismissed', async () => {
    await using scene = await openScene();
    review(scene, { author: 'stranger' });
    review(scene, { author: 'ciclo-app[bot]' });
    review(scene, { author: 'octocat' });
    review(scene, { author: null });
    review(scene, { state: 'COMMENTED' });
    review(scene, { author: 'reviewer', state: 'DISMISSED' });
    expect(await ask(scene)).toEqual(awaited(/stranger, who approved it, has no write access/));
  });

  test('by the last word of each: changes requested take an approval back, a comment does not', async () => {
    await using scene = await openScene({ reviewer: 'write', other: 'admin' });
    review(scene);
    review(scene, { state: 'CHANGES_REQUESTED' });
    expect(await ask(scene)).toMatchObject({ state: 'awaited' });
    review(scene, { author: 'other' });
    review(scene, { author: 'other', state: 'COMMENTED' });
    expect(await ask(scene)).toMatchObject({ state: 'agreed', by: 'other' });
  });
});

describe('the label agrees', () => {
  test('when one who may write put it on after the last push, the author too', async () => {
    await using scene = await openScene();
    label(scene, 'octocat');
    expect(await ask(scene)).toEqual({ state: 'agreed', by: 'octocat', how: 'label' });
  });

  test('not once somebody pushed, until it is put on again', async () => {
    await using scene = await openScene();
    label(scene, 'octocat');
    await scene.push({ 'ciclo.yml': 'name: fuel # looser\n' });
    expect(await ask(scene)).toEqual(awaited(/is older than the last push to change/));
    label(scene, 'octocat', 'unlabeled');
    expect(await ask(scene)).toEqual({ state: 'awaited', why: [] });
    label(scene, 'octocat');
    expect(await ask(scene)).toMatchObject({ state: 'agreed' });
  });

  test('not when the commit was pushed elsewhere before, and only then to the branch', async () => {
    await using scene = await openScene();
    const { state } = scene.github;
    const seed = { files: { 'ciclo.yml': 'name: fuel # looser\n' }, sha: 'e'.repeat(40) };
    push(state, scene.seeded, { ...seed, branch: 'elsewhere' });
    label(scene, 'octocat');
    push(state, scene.seeded, { ...seed, branch: 'change' });
    expect(pullOf(scene).head.sha).toBe(seed.sha);
    expect(await ask(scene)).toEqual(awaited(/is older than the last push/));
  });

  test('not a stranger’s or a workflow’s, not another label, not for a commit that is no longer the head', async () => {
    await using scene = await openScene();
    label(scene, 'stranger');
    expect(await ask(scene)).toEqual(awaited(/put on by stranger, who has no write access/));
    label(scene, 'github-actions[bot]');
    expect(await ask(scene)).toEqual(awaited(/put on by github-actions\[bot\], which is no person/));
    label(scene, 'octocat');
    const old = pullOf(scene).head.sha;
    await scene.push({ 'ciclo.yml': 'name: fuel # looser\n' });
    label(scene, 'octocat');
    expect(await ask(scene, old)).toEqual(awaited(/is on [0-9a-f]{8}, not on [0-9a-f]{8}/));
    setLabel(scene.github.state, scene.seeded, scene.forkPullRequest, { label: 'bug', actor: 'octocat' });
    const fork = agreementOn(scene.forkPullRequest, undefined, createGitHubAgreements(scene.options));
    expect(await fork).toEqual({ state: 'awaited', why: [] });
  });

  test('not where the code host does not say when the branch moved', async () => {
    await using scene = await openScene();
    label(scene, 'octocat');
    scene.seeded.moves.length = 0;
    expect(await ask(scene)).toEqual(awaited(/counts only where the code host says when change came to/));
  });
});

test('in a merge queue the pull request’s head is what was agreed to', async () => {
  await using scene = await openScene();
  review(scene);
  const agreements = createGitHubAgreements(scene.options);
  expect(await agreementOn(scene.pullRequest, undefined, agreements)).toMatchObject({ state: 'agreed' });
});

test('what cannot be asked is no agreement, and says why', async () => {
  await using scene = await openGitHubScene({ token: { permissions: { contents: 'read' } } });
  review(scene);
  expect(await ask(scene)).toMatchObject({
    state: 'awaited',
    why: [expect.stringContaining('pull-requests: read'), expect.any(String)],
  });
  expect(await agreementOn(4711, undefined, createGitHubAgreements(scene.options))).toMatchObject({
    state: 'awaited',
  });
});
