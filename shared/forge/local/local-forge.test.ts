import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { describeBranches } from '../testing/branch-contract.ts';
import { describeDeployments } from '../testing/deployment-contract.ts';
import { describeForge } from '../testing/forge-contract.ts';
import { describeIssues } from '../testing/issue-contract.ts';
import { openLocalScene } from '../testing/local-scene.ts';
import { describeProposals } from '../testing/proposal-contract.ts';
import { describeReleases } from '../testing/release-contract.ts';
import { describeTags, sampleTag } from '../testing/tag-contract.ts';
import { describeUpserts } from '../testing/upsert-contract.ts';

describeForge('local', openLocalScene);
describeUpserts('local', openLocalScene);
describeTags('local', openLocalScene);
describeReleases('local', openLocalScene);
describeDeployments('local', openLocalScene);
describeBranches('local', openLocalScene);
describeProposals('local', openLocalScene);
describeIssues('local', openLocalScene);

describe('the tags of a local forge', () => {
  test('are git’s own: its checks find nothing, and it shows tagger, time and message', async () => {
    await using scene = await openLocalScene();
    const { store, mainCommit: commit } = scene;
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', store.repository, ...args], { encoding: 'utf8' });
    await scene.forge.tags.create(sampleTag({ commit }));
    const tagger = { name: 'Ci Clo', email: 'ciclo@example.com' };
    await scene.forge.tags.create(sampleTag({ commit, name: 'fuel#production#1', tagger }));
    expect(git('fsck', '--strict')).toBe('');
    expect(git('cat-file', 'tag', 'fuel#production#1')).toBe(
      `object ${commit}\ntype commit\ntag fuel#production#1\ntagger Ci Clo <ciclo@example.com> 1767607200 +0000\n\nRegistering artifact fuel version v1.0.0\n`,
    );
    expect(git('rev-parse', 'fuel@v1.0.0^{commit}').trim()).toBe(commit);
  });

  test('on anything but a commit are not listed, and stand in the way', async () => {
    await using scene = await openLocalScene();
    const { store, mainCommit: commit } = scene;
    const tree = `${commit}^{tree}`;
    execFileSync('git', [
      ...['-C', store.repository, '-c', 'user.name=t', '-c', 'user.email=t@t'],
      ...['tag', '--annotate', '--message=tree', 'fuel@v1.0.0', tree],
    ]);
    expect(await scene.forge.tags.list('fuel')).toEqual([]);
    const create = scene.forge.tags.create(sampleTag({ commit }));
    await expect(create).rejects.toThrow(/fuel@v1\.0\.0 .*expected commit type/);
  });

  test('made by twenty at once are one', async () => {
    await using scene = await openLocalScene();
    const writers = Array.from({ length: 20 }, (_, i) =>
      scene.forge.tags.create(sampleTag({ commit: scene.mainCommit, message: `writer ${i}` })),
    );
    const outcomes = await Promise.all(writers);
    expect(outcomes.filter(({ change }) => change === 'created')).toHaveLength(1);
    expect(new Set(outcomes.map(({ tag }) => tag?.message)).size).toBe(1);
  });
});
