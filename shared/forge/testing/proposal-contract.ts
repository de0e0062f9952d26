import { describe, expect, test } from 'vitest';
import type { NewPullRequest } from '../forge.ts';
import { AlreadyExistsError } from '../forge-error.ts';
import { upsertIssue } from '../issue-upsert.ts';
import { formatMarker } from '../marker.ts';
import { upsertPullRequest } from '../pull-request-upsert.ts';
import { retrain, sampleCommit } from './branch-contract.ts';
import type { ForgeScene } from './forge-scene.ts';
import { refused, thrown } from './refusal.ts';

const marker = { pipeline: 'fuel', kind: 'retraining' };

export function samplePullRequest(overrides: Partial<NewPullRequest> = {}): NewPullRequest {
  return {
    title: 'Retrain fuel: rmse 3.1, was 3.6',
    body: '# Why\n\ndrift',
    head: retrain,
    base: 'main',
    ...overrides,
  };
}

export const wantedPullRequest = { ...samplePullRequest(), marker };
export const wantedIssue = {
  marker,
  title: 'fuel drifts',
  body: 'no better model',
  labels: ['ciclo', 'drift'],
  label: 'ciclo',
};

/** Pull requests and issues that Ciclo opens, on every host alike. */
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

    test('are kept current: one, opened, left alone, updated, opened anew once closed', async () => {
      await using scene = await openWithBranch();
      const { pullRequests } = scene.forge;
      const upsert = (body: string) => upsertPullRequest(pullRequests, { ...wantedPullRequest, body });
      const outcomes = [await upsert('a'), await upsert('a'), await upsert('b')];
      expect(outcomes.map(({ change }) => change)).toEqual(['created', 'unchanged', 'updated']);
      const { number, body } = outcomes[2]!.pullRequest;
      expect(body).toBe(`${formatMarker(marker)}\nb`);
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

  describe(`${host}: issues`, () => {
    test('are listed by label and state without pull requests, and changed in place', async () => {
      await using scene = await openWithBranch();
      const { issues, labels, pullRequests } = scene.forge;
      expect(await labels.ensure('ciclo', { color: '1d76db', description: 'Ciclo' })).toBe('created');
      expect(await labels.ensure('ciclo', { color: 'ffffff', description: 'x' })).toBe('exists');
      const { number } = await pullRequests.create(samplePullRequest());
      await labels.add(number, ['ciclo', 'drift']);
      await labels.add(number, ['ciclo']);
      const [found] = await pullRequests.ofHead(retrain, { state: 'open' });
      expect(found!.labels).toEqual(['ciclo', 'drift']);
      const first = await issues.create({ title: 'one', body: 'größe', labels: ['ciclo'] });
      const second = await issues.create({ title: 'two', body: '', labels: ['other'] });
      expect(first).toMatchObject({
        title: 'one',
        body: 'größe',
        state: 'open',
        labels: ['ciclo'],
        own: true,
      });
      expect(new Set([number, first.number, second.number]).size).toBe(3);
      expect(await issues.list({ label: 'ciclo', state: 'open' })).toEqual([first]);
      const closed = await issues.update(first.number, {
        state: 'closed',
        title: 'done',
        labels: ['ciclo', 'b'],
      });
      expect(closed).toMatchObject({ title: 'done', body: 'größe', state: 'closed', labels: ['ciclo', 'b'] });
      expect(closed.closedAt).toBeGreaterThanOrEqual(closed.createdAt);
      await labels.add(second.number, ['ciclo']);
      const all = await issues.list({ label: 'ciclo', state: 'all' });
      expect(all.map((issue) => issue.number)).toEqual([first.number, second.number]);
      expect((await issues.list({ label: 'ciclo', state: 'open' })).map(({ title }) => title)).toEqual([
        'two',
      ]);
      await refused(issues.update(4711, { title: 'x' }), 404, /updating issue 4711/);
      await refused(labels.add(4711, ['ciclo']), 404, /labelling 4711/);
      await refused(issues.create({ title: '', body: '', labels: [] }), 422, /blank/);
    });

    test('are kept current: one, opened, left alone, updated, opened anew once closed', async () => {
      await using scene = await open();
      const { issues } = scene.forge;
      const upsert = (body: string) => upsertIssue(issues, { ...wantedIssue, body });
      const outcomes = [await upsert('a'), await upsert('a'), await upsert('b')];
      expect(outcomes.map(({ change }) => change)).toEqual(['created', 'unchanged', 'updated']);
      const { number } = outcomes[2]!.issue;
      await issues.update(number, { state: 'closed' });
      expect((await upsert('b')).change).toBe('created');
      expect(await issues.list({ label: 'ciclo', state: 'all' })).toHaveLength(2);
    });

    test('of two with the marker the older is kept current, the other closed; labels that were added stay', async () => {
      await using scene = await open();
      const { issues } = scene.forge;
      const body = `${formatMarker(marker)}\nold`;
      const older = await issues.create({ title: 'a', body, labels: ['ciclo', 'mine'] });
      const copy = await issues.create({ title: 'b', body, labels: ['ciclo'] });
      const { issue } = await upsertIssue(issues, wantedIssue);
      expect(issue).toMatchObject({ number: older.number, labels: ['ciclo', 'mine', 'drift'] });
      const closed = await issues.list({ label: 'ciclo', state: 'closed' });
      expect(closed).toMatchObject([{ number: copy.number, body: `Kept current in #${older.number}.` }]);
    });
  });
}
