import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../platform/clock.ts';
import { formatCommentFile, parseCommentFile } from './local-comment-file.ts';
import { createLocalForge } from './local-forge.ts';
import type { LocalPlace } from './local-place.ts';
import { openPullRequest } from './local-pull-requests.ts';
import { upsertRelease } from './release-upsert.ts';
import { describeBranches, sampleCommit } from './testing/branch-contract.ts';
import { deploy, describeDeployments, wantedDeployment } from './testing/deployment-contract.ts';
import { describeForge } from './testing/forge-contract.ts';
import { changedFiles, type Files, type ForgeScene, mainFiles, sampleCheck } from './testing/forge-scene.ts';
import { describeIssues } from './testing/issue-contract.ts';
import { describeProposals, samplePullRequest } from './testing/proposal-contract.ts';
import { describeReleases, sampleRelease } from './testing/release-contract.ts';
import { describeTags, sampleTag } from './testing/tag-contract.ts';
import { describeUpserts } from './testing/upsert-contract.ts';

interface LocalScene extends ForgeScene {
  readonly place: LocalPlace;
}

async function openScene(): Promise<LocalScene> {
  const root = await mkdtemp(path.join(tmpdir(), 'ciclo forge '));
  const repository = path.join(root, 'repository');
  await mkdir(repository);
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      encoding: 'utf8',
    });
  git('init', '--quiet', '--initial-branch=main');
  async function commit(files: Files): Promise<string> {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(repository, name)), { recursive: true });
      await writeFile(path.join(repository, name), content);
    }
    git('add', '--all');
    git('commit', '--quiet', '--message=change');
    return git('rev-parse', 'HEAD').trim();
  }
  const mainCommit = await commit(mainFiles);
  git('checkout', '--quiet', '-b', 'change');
  const head = await commit(changedFiles);
  const place = { repository, folder: path.join(root, 'forge'), author: 'ciclo', name: 'ciclo-ml/fuel' };
  const { number } = await openPullRequest(
    { ...place, author: 'octocat' },
    { head: 'change', base: 'main', title: 'Another file' },
  );
  const fork = await openPullRequest(place, { head: 'main', base: 'main', from: 'visitor/fuel' });
  return {
    forge: createLocalForge(place),
    place,
    owner: 'ciclo-ml',
    repository: place.name,
    pullRequest: number,
    forkPullRequest: fork.number,
    commit: head,
    mainCommit,
    push: commit,
    plantTag: async (name, at, kind) => {
      if (kind === 'annotated') git('tag', '--annotate', `--message=${name}`, name, at);
      else git('tag', name, at);
    },
    commitAs: async (author, branch, files) => {
      const { branches } = createLocalForge({ ...place, author });
      const expectedHead = await branches.head(branch);
      const by = { pipeline: 'fuel', message: 'by hand', files: new Map(Object.entries(files)) };
      return branches.commit({ ...by, branch, expectedHead });
    },
    merge: async (one) => (await createLocalForge(place).pullRequests.merge(one)).mergedCommit!,
    comment: async (author, body) =>
      (await createLocalForge({ ...place, author }).comments.create(number, body)).id,
    openIssue: async (author, issue) =>
      (await createLocalForge({ ...place, author }).issues.create(issue)).number,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

describeForge('local', openScene);
describeUpserts('local', openScene);
describeTags('local', openScene);
describeReleases('local', openScene);
describeDeployments('local', openScene);
describeBranches('local', openScene);
describeProposals('local', openScene);
describeIssues('local', openScene);

describe('the files of a local forge', () => {
  test('are readable, and hold nothing half written', async () => {
    await using scene = await openScene();
    const { forge, place, commit, pullRequest } = scene;
    await forge.comments.create(pullRequest, '# Fine');
    await forge.checks.create(commit, sampleCheck());
    const files = await readdir(place.folder, { recursive: true, withFileTypes: true });
    const names = files
      .filter((file) => file.isFile())
      .map((file) => path.relative(place.folder, path.join(file.parentPath, file.name)));
    expect(names.sort()).toEqual([
      `checks/${commit}/ciclo %2F fuel.json`,
      'pull-requests/1/comments/1.md',
      'pull-requests/1/pull-request.json',
      'pull-requests/2/pull-request.json',
    ]);
    const comment = await readFile(path.join(place.folder, 'pull-requests/1/comments/1.md'), 'utf8');
    expect(comment).toBe('---\nauthor: "ciclo"\n---\n\n# Fine\n');
  });

  test('of releases and deployments are readable too', async () => {
    await using scene = await openScene();
    const { forge, place, mainCommit: commit } = scene;
    await forge.tags.create(sampleTag({ commit }));
    const { release } = await upsertRelease(forge.releases, sampleRelease());
    await forge.releases.createDraft({ tag: 'fuel@v2.0.0', title: 'two', body: '' });
    await forge.releases.createDraft({ tag: 'fuel@v2.0.0', title: 'two again', body: '' });
    const { deployment } = await deploy(forge, wantedDeployment({ commit }));
    const files = await readdir(place.folder, { recursive: true, withFileTypes: true });
    const names = files
      .filter((file) => file.isFile())
      .map((file) => path.relative(place.folder, path.join(file.parentPath, file.name)));
    expect(names.filter((name) => !name.startsWith('pull-requests')).sort()).toEqual([
      'deployments/1/deployment.json',
      'deployments/1/statuses/1.json',
      'deployments/1/statuses/2.json',
      'latest-release',
      'releases/fuel@v1.0.0/assets/card.md',
      'releases/fuel@v1.0.0/assets/fuel-v1.0.0.zip',
      'releases/fuel@v1.0.0/notes.md',
      'releases/fuel@v1.0.0/release.json',
      'releases/fuel@v2.0.0 #2/notes.md',
      'releases/fuel@v2.0.0 #2/release.json',
      'releases/fuel@v2.0.0/notes.md',
      'releases/fuel@v2.0.0/release.json',
    ]);
    const drafts = await forge.releases.drafts('fuel@v2.0.0');
    expect(drafts.map(({ title }) => title)).toEqual(['two', 'two again']);
    expect(await readFile(fileURLToPath(release.url), 'utf8')).toContain('"draft": false');
    expect(await readFile(fileURLToPath(deployment.url), 'utf8')).toContain('"creator": "ciclo"');
  });

  test('and a folder of a release without its last file is none', async () => {
    await using scene = await openScene();
    await scene.forge.tags.create(sampleTag({ commit: scene.mainCommit }));
    const half = path.join(scene.place.folder, 'releases/fuel@v1.0.0');
    await mkdir(half, { recursive: true });
    await writeFile(path.join(half, 'notes.md'), 'half');
    expect(await scene.forge.releases.drafts('fuel@v1.0.0')).toEqual([]);
    expect((await upsertRelease(scene.forge.releases, sampleRelease())).change).toBe('published');
  });

  test('twenty writers at once write twenty comments', async () => {
    await using scene = await openScene();
    const { forge, pullRequest } = scene;
    const bodies = Array.from({ length: 20 }, (_, i) => `comment ${i}`);
    await Promise.all(bodies.map((body) => forge.comments.create(pullRequest, body)));
    const found = (await forge.comments.list(pullRequest)).map(({ body }) => body);
    expect(found.sort()).toEqual(bodies.sort());
  });

  test.each([
    ['pull-requests/1/pull-request.json', '{"number": 1}', /pull-request\.json: .*title/s],
    ['pull-requests/1/comments/7.md', 'no author', /7\.md: it does not begin with its author/],
    ['releases/a/release.json', '{"tag": 1}', /release\.json: .*tag/s],
    ['deployments/1/deployment.json', '{', /deployment\.json: /],
  ])('that somebody broke are named: %s', async (name, text, message) => {
    await using scene = await openScene();
    const file = path.join(scene.place.folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    const { comments, releases, deployments } = scene.forge;
    const all = [comments.list(1), releases.drafts('a'), deployments.list({ environment: 'production' })];
    await expect(Promise.all(all)).rejects.toThrow(message);
  });

  test('a comment’s file comes back for any author and text', () => {
    const any = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(fc.record({ author: any, body: any }), (comment) => {
        expect(parseCommentFile(formatCommentFile(comment))).toEqual(comment);
      }),
    );
    expect(parseCommentFile('---\nauthor: octocat\n---\nhello')).toEqual({
      author: 'octocat',
      body: 'hello',
    });
  });

  test('a closed pull request stays at the commit where it was closed, and is not found by its head', async () => {
    await using scene = await openScene();
    const { forge, place, pullRequest, commit } = scene;
    const file = path.join(place.folder, 'pull-requests/1/pull-request.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"open"', '"closed"'));
    await scene.push({ 'ciclo.yml': 'name: fuel # later\n' });
    expect(await forge.pullRequests.get(pullRequest)).toMatchObject({ state: 'closed', head: { commit } });
    expect(await forge.pullRequests.withHead('ciclo-ml', 'change')).toEqual([]);
  });

  test('names of refs and paths are never options or other objects', async () => {
    await using scene = await openScene();
    const { contents } = scene.forge;
    for (const ref of ['--help', 'main:ciclo.yml', 'main^{tree}', '', 'a\nb']) {
      await expect(contents.read('ciclo.yml', ref)).rejects.toThrow(/no commit found|unknown revision/i);
    }
    for (const outside of ['../outside', 'data/../../outside', '/etc/passwd', './ciclo.yml']) {
      expect(await contents.read(outside, 'main')).toBeUndefined();
    }
    expect(await contents.read('ciclo.yml\nmain:data', 'main')).toBeUndefined();
  });

  test('without git’s repository the error says so', async () => {
    await using scene = await openScene();
    const forge = createLocalForge({ ...scene.place, repository: path.join(scene.place.folder, 'none') });
    await expect(forge.contents.read('ciclo.yml', 'main')).rejects.toThrow(/none/);
  });
});

describe('a pull request that is merged in the local forge', () => {
  async function openProposal() {
    const clock = fixedClock(Date.UTC(1974, 0, 1));
    const scene = await openScene();
    const place = { ...scene.place, clock };
    const forge = createLocalForge(place);
    await forge.branches.commit(sampleCommit({ base: scene.mainCommit }));
    const { number } = await forge.pullRequests.create(samplePullRequest());
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', place.repository, ...args], { encoding: 'utf8' }).trimEnd();
    return Object.assign(scene, { forge, place, clock, number, git });
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
    const { forge, number, git, place } = scene;
    const file = path.join(place.folder, `pull-requests/${number}/pull-request.json`);
    const before = await readFile(file, 'utf8');
    const { mergedCommit } = await forge.pullRequests.merge(number);
    await writeFile(file, before);
    expect(await forge.pullRequests.merge(number)).toMatchObject({ merged: true, mergedCommit });
    expect(git('rev-parse', 'main')).toBe(mergedCommit);
  });

  test('moves the work tree that shows the base branch, unless something in it is changed', async () => {
    await using scene = await openProposal();
    const { forge, number, git, place } = scene;
    git('switch', '--quiet', 'main');
    const changed = path.join(place.repository, 'ciclo.yml');
    await writeFile(changed, 'mine\n');
    await expect(forge.pullRequests.merge(number)).rejects.toThrow(
      /main is checked out with changes; commit them/,
    );
    expect(await readFile(changed, 'utf8')).toBe('mine\n');
    git('checkout', '--quiet', '--', 'ciclo.yml');
    await forge.pullRequests.merge(number);
    expect(await readFile(path.join(place.repository, 'ciclo.lock'), 'utf8')).toBe('{"rows": 61}\n');
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

describe('the tags of a local forge', () => {
  test('are git’s own: its checks find nothing, and it shows tagger, time and message', async () => {
    await using scene = await openScene();
    const { place, mainCommit: commit } = scene;
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', place.repository, ...args], { encoding: 'utf8' });
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
    await using scene = await openScene();
    const { place, mainCommit: commit } = scene;
    const tree = `${commit}^{tree}`;
    execFileSync('git', [
      ...['-C', place.repository, '-c', 'user.name=t', '-c', 'user.email=t@t'],
      ...['tag', '--annotate', '--message=tree', 'fuel@v1.0.0', tree],
    ]);
    expect(await scene.forge.tags.list('fuel')).toEqual([]);
    const create = scene.forge.tags.create(sampleTag({ commit }));
    await expect(create).rejects.toThrow(/fuel@v1\.0\.0 .*expected commit type/);
  });

  test('made by twenty at once are one', async () => {
    await using scene = await openScene();
    const writers = Array.from({ length: 20 }, (_, i) =>
      scene.forge.tags.create(sampleTag({ commit: scene.mainCommit, message: `writer ${i}` })),
    );
    const outcomes = await Promise.all(writers);
    expect(outcomes.filter(({ change }) => change === 'created')).toHaveLength(1);
    expect(new Set(outcomes.map(({ tag }) => tag?.message)).size).toBe(1);
  });
});
