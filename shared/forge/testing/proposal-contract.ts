import { describe, expect, test } from 'vitest';
import type { NewPullRequest } from '../ports/forge.ts';
import { AlreadyExistsError } from '../ports/forge-error.ts';
import { formatMarker } from '../upsert/marker.ts';
import { upsertPullRequest } from '../upsert/pull-request-upsert.ts';
import { retrain, sampleCommit } from './branch-contract.ts';
import type { ForgeScene } from './forge-scene.ts';
import { refused, thrown } from './refusal.ts';

export const retrainingMarker = { pipeline: 'fuel', kind: 'retraining' };

export function samplePullRequest(overrides: Partial<NewPullRequest> = {}): NewPullRequest {
  return {
    title: 'Retrain fuel: rmse 3.1, was 3.6',
    body: '# Why\n\ndrift',
    head: retrain,
    base: 'main',
    ...overrides,
  };
}

export const wantedPullRequest = { ...samplePullRequest(), marker: retrainingMarker };
/** Pull requests that Ciclo opens, on every host alike. */
export function describeProposals(host: string, open: () => Promise<ForgeScene>): void {
  async function openWithBranch(): Promise<ForgeScene> {
    const scene = await open();
    await scene.forge.branches.commit(sampleCommit({ base: scene.mainCommit }));
    return scene;
  }

  describe(`${host}: pull requests that Ciclo opens`, () => {
    test('are found by their branch with all that they say, newest first', async () => {
      await using scene = await openWithBranch();
      const { pullRequests, branches } = scene.forge;
      const first = await pullRequests.create(samplePullRequest({ draft: true }));
      expect(first).toMatchObject({
        ...{ title: samplePullRequest().title, body: '# Why\n\ndrift', labels: [], draft: true, own: true },
        ...{ state: 'open', merged: false, mergedCommit: undefined, closedAt: undefined },
        head: { branch: retrain, commit: await branches.head(retrain), repository: scene.repository },
        base: { branch: 'main' },
      });
      const closed = await pullRequests.update(first.number, { state: 'closed' });
      expect(closed).toMatchObject({ state: 'closed', merged: false });
      expect(closed.closedAt).toBeGreaterThanOrEqual(closed.createdAt);
      const second = await pullRequests.create(samplePullRequest({ title: 'again' }));
      const numbers = async (state: 'open' | 'closed' | 'all') =>
        (await pullRequests.ofHead(retrain, { state })).map(({ number }) => number);
      expect(await numbers('all')).toEqual([second.number, first.number]);
      expect(await numbers('open')).toEqual([second.number]);
      expect(await numbers('closed')).toEqual([first.number]);
      expect((await pullRequests.ofHead('change', { state: 'all' })).map(({ own }) => own)).toEqual([false]);
      // A fork has a branch `main` too, whose pull request is not ours.
      expect(await pullRequests.ofHead('main', { state: 'all' })).toEqual([]);
    });

    test('that are merged say so, and by which commit', async () => {
      await using scene = await openWithBranch();
      const { pullRequests, branches, contents } = scene.forge;
      const { number } = await pullRequests.create(samplePullRequest());
      const mergedCommit = await scene.merge(number);
      const [found] = await pullRequests.ofHead(retrain, { state: 'all' });
      expect(found).toMatchObject({ number, state: 'closed', merged: true, mergedCommit });
      expect(await branches.head('main')).toBe(mergedCommit);
      expect(await contents.read('ciclo.lock', 'main')).toBe('{"rows": 61}\n');
      await refused(pullRequests.update(number, { state: 'open' }), 422, /updating pull request/);
    });

    test('are refused twice, without a commit between, without a branch, with too long a text', async () => {
      await using scene = await openWithBranch();
      const { pullRequests } = scene.forge;
      await pullRequests.create(samplePullRequest());
      expect(await thrown(pullRequests.create(samplePullRequest()))).toBeInstanceOf(AlreadyExistsError);
      await refused(
        pullRequests.create(samplePullRequest({ head: 'main' })),
        422,
        /No commits between main and main/,
      );
      await refused(pullRequests.create(samplePullRequest({ head: 'none' })), 422, /opening a pull request/);
      const title = 'x'.repeat(257);
      await refused(pullRequests.create(samplePullRequest({ title })), 422, /maximum is 256/);
      await refused(pullRequests.update(4711, { title: 'x' }), 404, /updating pull request 4711/);
    });

    test('are kept current: one, opened, left alone, updated, opened again once closed', async () => {
      await using scene = await openWithBranch();
      const { pullRequests } = scene.forge;
      const upsert = (body: string) => upsertPullRequest(pullRequests, { ...wantedPullRequest, body });
      const outcomes = [await upsert('a'), await upsert('a'), await upsert('b')];
      expect(outcomes.map(({ change }) => change)).toEqual(['created', 'unchanged', 'updated']);
      const { number, body } = outcomes[2]!.pullRequest;
      expect(body).toBe(`${formatMarker(retrainingMarker)}\nb`);
      await pullRequests.update(number, { state: 'closed' });
      expect((await upsert('b')).change).toBe('created');
      expect(await pullRequests.ofHead(retrain, { state: 'all' })).toHaveLength(2);
    });

    test('are not made of somebody’s for the branch', async () => {
      await using scene = await openWithBranch();
      const { pullRequests } = scene.forge;
      await pullRequests.create(samplePullRequest({ body: 'without a marker' }));
      const error = await thrown(upsertPullRequest(pullRequests, wantedPullRequest));
      expect(error).toBeInstanceOf(AlreadyExistsError);
      expect((await pullRequests.ofHead(retrain, { state: 'all' })).map(({ body }) => body)).toEqual([
        'without a marker',
      ]);
    });
  });
}
