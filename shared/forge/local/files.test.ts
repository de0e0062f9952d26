import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deploy, wantedDeployment } from '../testing/deployment-contract.ts';
import { sampleCheck } from '../testing/forge-scene.ts';
import { openLocalScene } from '../testing/local-scene.ts';
import { sampleRelease } from '../testing/release-contract.ts';
import { sampleTag } from '../testing/tag-contract.ts';
import { upsertRelease } from '../upsert/release-upsert.ts';
import { formatCommentFile, parseCommentFile } from './comment-file.ts';
import { createLocalForge } from './local-forge.ts';

describe('the files of a local forge', () => {
  test('are readable, and hold nothing half written', async () => {
    await using scene = await openLocalScene();
    const { forge, store, commit, pullRequest } = scene;
    await forge.comments.create(pullRequest, '# Fine');
    await forge.checks.create(commit, sampleCheck());
    const files = await readdir(store.folder, { recursive: true, withFileTypes: true });
    const names = files
      .filter((file) => file.isFile())
      .map((file) => path.relative(store.folder, path.join(file.parentPath, file.name)));
    expect(names.sort()).toEqual([
      `checks/${commit}/ciclo %2F fuel.json`,
      'pull-requests/1/comments/1.md',
      'pull-requests/1/pull-request.json',
      'pull-requests/2/pull-request.json',
    ]);
    const comment = await readFile(path.join(store.folder, 'pull-requests/1/comments/1.md'), 'utf8');
    expect(comment).toBe('---\nauthor: "ciclo"\n---\n\n# Fine\n');
  });

  test('of releases and deployments are readable too', async () => {
    await using scene = await openLocalScene();
    const { forge, store, mainCommit: commit } = scene;
    await forge.tags.create(sampleTag({ commit }));
    const { release } = await upsertRelease(forge.releases, sampleRelease());
    await forge.releases.createDraft({ tag: 'fuel@v2.0.0', title: 'two', body: '' });
    await forge.releases.createDraft({ tag: 'fuel@v2.0.0', title: 'two again', body: '' });
    const { deployment } = await deploy(forge, wantedDeployment({ commit }));
    const files = await readdir(store.folder, { recursive: true, withFileTypes: true });
    const names = files
      .filter((file) => file.isFile())
      .map((file) => path.relative(store.folder, path.join(file.parentPath, file.name)));
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
    await using scene = await openLocalScene();
    await scene.forge.tags.create(sampleTag({ commit: scene.mainCommit }));
    const half = path.join(scene.store.folder, 'releases/fuel@v1.0.0');
    await mkdir(half, { recursive: true });
    await writeFile(path.join(half, 'notes.md'), 'half');
    expect(await scene.forge.releases.drafts('fuel@v1.0.0')).toEqual([]);
    expect((await upsertRelease(scene.forge.releases, sampleRelease())).change).toBe('published');
  });

  test('twenty writers at once write twenty comments', async () => {
    await using scene = await openLocalScene();
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
    await using scene = await openLocalScene();
    const file = path.join(scene.store.folder, name);
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
    await using scene = await openLocalScene();
    const { forge, store, pullRequest, commit } = scene;
    const file = path.join(store.folder, 'pull-requests/1/pull-request.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"open"', '"closed"'));
    await scene.push({ 'ciclo.yml': 'name: fuel # later\n' });
    expect(await forge.pullRequests.get(pullRequest)).toMatchObject({ state: 'closed', head: { commit } });
    expect(await forge.pullRequests.withHead('ciclo-ml', 'change')).toEqual([]);
  });

  test('names of refs and paths are never options or other objects', async () => {
    await using scene = await openLocalScene();
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
    await using scene = await openLocalScene();
    const forge = createLocalForge({ ...scene.store, repository: path.join(scene.store.folder, 'none') });
    await expect(forge.contents.read('ciclo.yml', 'main')).rejects.toThrow(/none/);
  });
});
