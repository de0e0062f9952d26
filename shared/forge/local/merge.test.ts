import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../platform/clock.ts';
import { sampleCommit } from '../testing/branch-contract.ts';
import { openLocalScene } from '../testing/local-scene.ts';
import { samplePullRequest } from '../testing/proposal-contract.ts';
import { createLocalForge } from './local-forge.ts';

describe('a pull request that is merged in the local forge', () => {
  async function openProposal() {
    const clock = fixedClock(Date.UTC(1974, 0, 1));
    const scene = await openLocalScene();
    const store = { ...scene.store, clock };
    const forge = createLocalForge(store);
    await forge.branches.commit(sampleCommit({ base: scene.mainCommit }));
    const { number } = await forge.pullRequests.create(samplePullRequest());
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', store.repository, ...args], { encoding: 'utf8' }).trimEnd();
    return Object.assign(scene, { forge, store, clock, number, git });
  }

  test('is a merge of git’s own, at the clock’s time; again it is the same', async () => {
    await using scene = await openProposal();
    const { forge, number, git, mainCommit } = scene;
    const { mergedCommit, closedAt } = await forge.pullRequests.merge(number, { message: 'retrained' });
    expect(closedAt).toBe(Date.UTC(1974, 0, 1));
    const head = await forge.branches.head('ciclo/retrain/fuel');
    expect(git('log', '-1', '--format=%P|%an|%aI|%s', 'main')).toBe(
      `${mainCommit} ${head}|ciclo|1974-01-01T00:00:00+00:00|retrained`,
    );
    expect((await forge.pullRequests.merge(number)).mergedCommit).toBe(mergedCommit);
    expect(git('fsck', '--strict')).toBe('');
    // Neither the work tree nor the index of `change`, which is checked out, was touched.
    expect(git('status', '--porcelain')).toBe('');
  });

  test('that broke off before its file was written is found merged', async () => {
    await using scene = await openProposal();
    const { forge, number, git, store } = scene;
    const file = path.join(store.folder, `pull-requests/${number}/pull-request.json`);
    const before = await readFile(file, 'utf8');
    const { mergedCommit } = await forge.pullRequests.merge(number);
    await writeFile(file, before);
    expect(await forge.pullRequests.merge(number)).toMatchObject({ merged: true, mergedCommit });
    expect(git('rev-parse', 'main')).toBe(mergedCommit);
  });

  test.each([
    ['forward', []],
    ['with a commit of its own', ['--no-ff']],
  ])('by hand, %s, is merged for whoever looks, and its branch may propose again', async (_, flags) => {
    await using scene = await openProposal();
    const { forge, number, git, mainCommit } = scene;
    git('switch', '--quiet', 'main');
    git('merge', '--quiet', ...flags, '-m', 'by hand', 'ciclo/retrain/fuel');
    const mergedCommit = git('rev-parse', 'main');
    expect(await forge.pullRequests.ofHead('ciclo/retrain/fuel', { state: 'open' })).toEqual([]);
    expect(await forge.pullRequests.ofHead('ciclo/retrain/fuel', { state: 'all' })).toMatchObject([
      { number, state: 'closed', merged: true, mergedCommit, closedAt: Date.UTC(1974, 0, 1) },
    ]);
    expect(await forge.pullRequests.mergedAs(mergedCommit)).toMatchObject([{ number }]);
    // The branch goes on from somewhere else: what was merged stays merged.
    git('branch', '--force', 'ciclo/retrain/fuel', mainCommit);
    git('commit', '--quiet', '--allow-empty', '-m', 'more');
    git('branch', '--force', 'ciclo/retrain/fuel', 'HEAD');
    git('reset', '--quiet', '--hard', mergedCommit);
    const again = await forge.pullRequests.create(samplePullRequest());
    expect(again.number).toBeGreaterThan(number);
    expect(await forge.pullRequests.get(number)).toMatchObject({ state: 'closed' });
  });

  test('is not merged where its branch was only set back to the base', async () => {
    await using scene = await openProposal();
    const { forge, number, git, mainCommit } = scene;
    git('branch', '--force', 'ciclo/retrain/fuel', mainCommit);
    expect(await forge.pullRequests.get(number)).toMatchObject({ state: 'open' });
  });

  test('moves the work tree that shows the base branch, unless something in it is changed', async () => {
    await using scene = await openProposal();
    const { forge, number, git, store } = scene;
    git('switch', '--quiet', 'main');
    const changed = path.join(store.repository, 'ciclo.yml');
    await writeFile(changed, 'mine\n');
    await expect(forge.pullRequests.merge(number)).rejects.toThrow(
      /main is checked out with changes; commit them/,
    );
    expect(await readFile(changed, 'utf8')).toBe('mine\n');
    git('checkout', '--quiet', '--', 'ciclo.yml');
    await forge.pullRequests.merge(number);
    expect(await readFile(path.join(store.repository, 'ciclo.lock'), 'utf8')).toBe('{"rows": 61}\n');
    expect(git('status', '--porcelain')).toBe('');
  });

  test('is refused where the branches conflict, when closed, and when there is none', async () => {
    await using scene = await openProposal();
    const { forge, number, commitAs } = scene;
    await commitAs('visitor', 'main', { 'ciclo.lock': 'other\n' });
    await expect(forge.pullRequests.merge(number)).rejects.toThrow(/conflict in ciclo\.lock/);
    await forge.pullRequests.update(number, { state: 'closed' });
    await expect(forge.pullRequests.merge(number)).rejects.toThrow(/it is closed/);
    await expect(forge.pullRequests.merge(4711)).rejects.toThrow(/no pull request 4711/);
  });

  test('and its branch are not moved under the feet of whoever has it checked out', async () => {
    await using scene = await openProposal();
    const { forge, git } = scene;
    const expectedHead = (await forge.branches.head('ciclo/retrain/fuel'))!;
    git('switch', '--quiet', 'ciclo/retrain/fuel');
    const commit = sampleCommit({ expectedHead, files: new Map([['b', '2']]) });
    await expect(forge.branches.commit(commit)).rejects.toThrow(/is checked out in .*switch --detach/);
    expect(git('status', '--porcelain')).toBe('');
  });
});
