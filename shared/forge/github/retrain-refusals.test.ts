import { describe, expect, test } from 'vitest';
import { MissingPermissionError, RateLimitedError } from '../ports/forge-error.ts';
import { retrain, sampleCommit } from '../testing/branch-contract.ts';
import { type GitHubScene, openRetrainScene, retrainGrants } from '../testing/github-scene.ts';
import { wantedIssue } from '../testing/issue-contract.ts';
import { samplePullRequest } from '../testing/proposal-contract.ts';
import { refused, thrown } from '../testing/refusal.ts';

describe('what GitHub refuses to a job that retrains', () => {
  test.each([
    [
      'commits',
      'contents',
      (s: GitHubScene) => s.forge.branches.commit(sampleCommit({ base: s.mainCommit })),
    ],
    ['pull requests', 'pull_requests', (s: GitHubScene) => s.forge.pullRequests.create(samplePullRequest())],
    ['issues', 'issues', (s: GitHubScene) => s.forge.issues.create(wantedIssue)],
  ] as const)('%s without the right: the permission is named', async (_, right, work) => {
    await using scene = await openRetrainScene({
      token: { permissions: { ...retrainGrants, [right]: 'read' } },
    });
    const error = await thrown(work(scene));
    const permission = `${right.replace('_', '-')}: write`;
    expect(error).toBeInstanceOf(MissingPermissionError);
    expect(error).toMatchObject({ permission, message: expect.stringContaining(`\n  ${permission}`) });
  });

  test('pull requests, when the repository does not let workflows open them: the setting is named', async () => {
    await using scene = await openRetrainScene();
    scene.seeded.workflowsMayOpenPullRequests = false;
    await scene.forge.branches.commit(sampleCommit({ base: scene.mainCommit }));
    const error = await thrown(scene.forge.pullRequests.create(samplePullRequest()));
    expect(error).toBeInstanceOf(MissingPermissionError);
    expect((error as Error).message).toMatch(
      /^opening a pull request of ciclo\/retrain\/fuel into main: .*Settings → Actions → General → Workflow permissions, "Allow GitHub Actions to create and approve pull requests"/,
    );
  });

  test('pull requests of an app are another matter', async () => {
    await using scene = await openRetrainScene({
      token: { permissions: retrainGrants, login: 'ciclo[bot]', app: { id: 7, slug: 'ciclo' } },
    });
    scene.seeded.workflowsMayOpenPullRequests = false;
    await scene.forge.branches.commit(sampleCommit({ base: scene.mainCommit }));
    expect(await scene.forge.pullRequests.create(samplePullRequest())).toMatchObject({ own: true });
  });

  test('commits to a branch that a rule protects: the rule and what to do about it are named', async () => {
    await using scene = await openRetrainScene();
    scene.seeded.protectedBranches.add(retrain);
    const commit = scene.forge.branches.commit(sampleCommit({ base: scene.mainCommit }));
    await refused(commit, 422, /a rule of the repository forbids it .*Repository rule violations.*exempt it/);
  });

  test('commits while it limits how often the token may ask: when to try again is said', async () => {
    await using scene = await openRetrainScene();
    const reset = Date.UTC(2036, 0, 5, 1) / 1000;
    scene.github.fault({ method: 'POST', path: /git\/commits/, kind: { rateLimit: { reset } } });
    const error = await thrown(scene.forge.branches.commit(sampleCommit({ base: scene.mainCommit })));
    expect(error).toBeInstanceOf(RateLimitedError);
  });
});

describe('whose a commit is on GitHub', () => {
  test('an unsigned one in a bot’s name, or without the trailer, counts as somebody else’s', async () => {
    await using scene = await openRetrainScene();
    const { forge, seeded } = scene;
    const own = await forge.branches.commit(sampleCommit({ base: scene.mainCommit }));
    expect(seeded.commits.get(own)).toMatchObject({ verified: true });
    const planted = await scene.commitAs('github-actions[bot]', retrain, { 'notes.md': 'planted' });
    Object.assign(seeded.commits.get(planted)!, { message: 'x\n\nCiclo-Pipeline: fuel' });
    const found = await forge.branches.commitsSince(retrain, 'main');
    expect(found.map((one) => one.own)).toEqual([true, false]);
    Object.assign(seeded.commits.get(planted)!, { message: 'x', verified: true });
    expect((await forge.branches.commitsSince(retrain, 'main')).map((one) => one.own)).toEqual([true, false]);
  });

  test('250 commits come in pages', async () => {
    await using scene = await openRetrainScene();
    for (let i = 0; i < 250; i++) await scene.commitAs('visitor', 'change', { a: String(i) });
    expect(await scene.forge.branches.commitsSince('change', 'main')).toHaveLength(1 + 250);
  });
});
