import { describe, expect, test } from 'vitest';
import { upsertIssue } from '../upsert/issue-upsert.ts';
import { formatMarker } from '../upsert/marker.ts';
import { retrain, sampleCommit } from './branch-contract.ts';
import type { ForgeScene } from './forge-scene.ts';
import { retrainingMarker, samplePullRequest } from './proposal-contract.ts';
import { refused } from './refusal.ts';

export const wantedIssue = {
  marker: retrainingMarker,
  title: 'fuel drifts',
  body: 'no better model',
  labels: ['ciclo', 'drift'],
  label: 'ciclo',
};

/** Issues that Ciclo opens, on every host alike. */
export function describeIssues(host: string, open: () => Promise<ForgeScene>): void {
  describe(`${host}: issues`, () => {
    test('are listed by label and state without pull requests, and changed in place', async () => {
      await using scene = await open();
      await scene.forge.branches.commit(sampleCommit({ base: scene.mainCommit }));
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

    test('are kept current: one, opened, left alone, updated, opened again once closed', async () => {
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
      const body = `${formatMarker(retrainingMarker)}\nold`;
      const older = await issues.create({ title: 'a', body, labels: ['ciclo', 'mine'] });
      const copy = await issues.create({ title: 'b', body, labels: ['ciclo'] });
      const { issue } = await upsertIssue(issues, wantedIssue);
      expect(issue).toMatchObject({ number: older.number, labels: ['ciclo', 'mine', 'drift'] });
      const closed = await issues.list({ label: 'ciclo', state: 'closed' });
      expect(closed).toMatchObject([{ number: copy.number, body: `Kept current in #${older.number}.` }]);
    });

    test('are found by their marker where the label was taken off, which comes back', async () => {
      await using scene = await open();
      const { issues } = scene.forge;
      const { issue } = await upsertIssue(issues, wantedIssue);
      await issues.update(issue.number, { title: 'ours, renamed', labels: ['mine'] });
      const again = await upsertIssue(issues, wantedIssue);
      expect(again).toMatchObject({
        change: 'updated',
        issue: { number: issue.number, title: 'fuel drifts' },
      });
      expect(again.issue.labels).toEqual(['mine', 'ciclo', 'drift']);
      expect(await issues.list({ state: 'all' })).toHaveLength(1);
    });

    test('of somebody else are left as they are, whatever their title, labels and first line', async () => {
      await using scene = await open();
      const { issues } = scene.forge;
      const theirs = { title: wantedIssue.title, labels: wantedIssue.labels };
      const byHand = await scene.openIssue('octocat', { ...theirs, body: 'I saw it too' });
      const copied = await scene.openIssue('visitor', {
        ...theirs,
        body: `${formatMarker(retrainingMarker)}\nmine`,
      });
      const first = await upsertIssue(issues, wantedIssue);
      const second = await upsertIssue(issues, { ...wantedIssue, body: 'later' });
      expect([first.change, second.change]).toEqual(['created', 'updated']);
      const found = await issues.list({ state: 'open' });
      expect(found.map(({ number, body, own }) => ({ number, body: body.split('\n').at(-1), own }))).toEqual([
        { number: byHand, body: 'I saw it too', own: false },
        { number: copied, body: 'mine', own: false },
        { number: first.issue.number, body: 'later', own: true },
      ]);
    });

    test('whose marker somebody took out, or that was closed, are left to them and another is opened', async () => {
      await using scene = await open();
      const { issues } = scene.forge;
      const taken = (await upsertIssue(issues, wantedIssue)).issue.number;
      await issues.update(taken, { body: 'now a note of ours' });
      const closed = (await upsertIssue(issues, wantedIssue)).issue.number;
      await issues.update(closed, { state: 'closed' });
      const { issue, change } = await upsertIssue(issues, { ...wantedIssue, body: 'news' });
      expect(change).toBe('created');
      const texts = (await issues.list({ label: 'ciclo', state: 'all' })).map(({ number, state, body }) => [
        number,
        state,
        body.split('\n').at(-1),
      ]);
      expect(texts).toEqual([
        [taken, 'open', 'now a note of ours'],
        [closed, 'closed', 'no better model'],
        [issue.number, 'open', 'news'],
      ]);
    });

    test('of two pipelines under one label are one each', async () => {
      await using scene = await open();
      const { issues } = scene.forge;
      const other = { ...wantedIssue, marker: { ...retrainingMarker, pipeline: 'fuel-2' } };
      const fuel = await upsertIssue(issues, wantedIssue);
      const second = await upsertIssue(issues, { ...other, body: 'second' });
      expect(second).toMatchObject({ change: 'created' });
      expect((await upsertIssue(issues, wantedIssue)).change).toBe('unchanged');
      const { issue, change } = await upsertIssue(issues, { ...other, body: 'changed' });
      expect({ change, number: issue.number }).toEqual({ change: 'updated', number: second.issue.number });
      const found = await issues.list({ label: 'ciclo', state: 'open' });
      expect(found.map(({ number }) => number)).toEqual([fuel.issue.number, second.issue.number]);
    });
  });
}
