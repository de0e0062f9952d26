import { describe, expect, test } from 'vitest';
import { addCommit } from '../../../tests/github/commit-seed.ts';
import { addDeployment } from '../../../tests/github/deployment-seed.ts';
import { addRelease, addReleaseAsset } from '../../../tests/github/release-seed.ts';
import type { Token } from '../../../tests/github/state.ts';
import { addTag } from '../../../tests/github/tag-seed.ts';
import { ForgeError, MissingPermissionError, WorkflowsDifferError } from '../ports/forge-error.ts';
import { describeDeployments } from '../testing/deployment-contract.ts';
import { calls, deployGrants, type GitHubScene, openDeployScene } from '../testing/github-scene.ts';
import { thrown } from '../testing/refusal.ts';
import { describeReleases, sampleFile, sampleRelease } from '../testing/release-contract.ts';
import { describeTags, sampleTag } from '../testing/tag-contract.ts';
import { upsertRelease } from '../upsert/release-upsert.ts';

describeTags('GitHub', openDeployScene);
describeReleases('GitHub', openDeployScene);
describeDeployments('GitHub', openDeployScene);

const tag = 'fuel@v1.0.0';

describe('what comes in pages', () => {
  test('250 tags take a request for the names and one for each hundred, the second time only the names', async () => {
    await using scene = await openDeployScene();
    for (let i = 1; i <= 250; i++) {
      const date = new Date(Date.UTC(2026, 0, 1, 0, 0, i)).toISOString();
      addTag(scene.seeded, { name: `fuel@v1.0.${i}`, commit: scene.mainCommit, date });
    }
    const found = await scene.forge.tags.list('fuel@');
    expect(found.map(({ name }) => name)).toEqual(
      Array.from({ length: 250 }, (_, i) => `fuel@v1.0.${i + 1}`),
    );
    expect(await scene.forge.tags.list('fuel@')).toEqual(found);
    const names = 'GET /git/matching-refs/tags%2Ffuel%40';
    expect(calls(scene)).toEqual([names, 'POST /graphql', 'POST /graphql', 'POST /graphql', names]);
  });

  test('what tags say is asked for again when GitHub breaks off: the query only reads', async () => {
    await using scene = await openDeployScene();
    addTag(scene.seeded, { name: tag, commit: scene.mainCommit });
    const query = { method: 'POST', path: /graphql/, times: 1 } as const;
    scene.github.fault({ ...query, kind: { status: 502 } });
    scene.github.fault({ ...query, kind: { drop: 'during' } });
    expect(await scene.forge.tags.list('fuel')).toHaveLength(1);
  });

  test('the names of tags are followed over pages, should GitHub send them so', async () => {
    await using scene = await openDeployScene();
    const { github, seeded, mainCommit } = scene;
    const shas = ['fuel@v1.0.0', 'fuel@v1.0.1'].map(
      (name) => addTag(seeded, { name, commit: mainCommit }).sha,
    );
    github.routes([
      {
        method: 'GET',
        path: '/repos/{owner}/{repo}/git/matching-refs/{ref}',
        contract: 'own',
        answer({ query, origin, path }) {
          const page = Number(query.get('page') ?? 1);
          const body = [
            { ref: `refs/tags/fuel@v1.0.${page - 1}`, object: { type: 'tag', sha: shas[page - 1] } },
          ];
          const link = `<${origin}${path}?page=2>; rel="next"`;
          return { status: 200, body, headers: page === 1 ? { link } : {} };
        },
      },
    ]);
    expect((await scene.forge.tags.list('fuel@')).map(({ name }) => name)).toEqual([
      'fuel@v1.0.0',
      'fuel@v1.0.1',
    ]);
  });

  test('a draft is found behind 250 releases, a file and a deployment behind 150', async () => {
    await using scene = await openDeployScene();
    const { github, seeded, forge, mainCommit } = scene;
    const draft = addRelease(github.state, seeded, { tag, draft: true });
    for (let i = 0; i < 250; i++) addRelease(github.state, seeded, { tag: `other@v1.0.${i}` });
    for (let i = 0; i < 150; i++)
      addReleaseAsset(github.state, draft, { name: `${i}.bin`, bytes: Buffer.from([i]) });
    for (let i = 0; i < 150; i++)
      addDeployment(github.state, seeded, { environment: 'production', sha: mainCommit });
    expect((await forge.releases.drafts(tag)).map(({ id }) => id)).toEqual([draft.id]);
    expect(await forge.releases.assets(draft.id)).toHaveLength(150);
    expect(await forge.deployments.list({ environment: 'production' })).toHaveLength(150);
  });
});

describe('a commit whose workflow files differ from those of the default branch', () => {
  async function withOlderCommit(token: Partial<Token>) {
    const scene = await openDeployScene({ token });
    addCommit(scene.seeded, { branch: 'main', files: { '.github/workflows/model.yml': 'on: push\n' } });
    return scene;
  }

  test('is not tagged by a workflow’s own token: the error says why, and what to do', async () => {
    await using scene = await withOlderCommit({ permissions: deployGrants });
    const error = await thrown(scene.forge.tags.create(sampleTag({ commit: scene.mainCommit })));
    expect(error).toBeInstanceOf(WorkflowsDifferError);
    expect(error).toMatchObject({ status: 403 });
    expect((error as Error).message).toMatch(/files in \.github\/workflows differ.*workflows: write/);
    expect((error as Error).message).toContain(`git tag --annotate 'fuel@v1.0.0' ${scene.mainCommit}`);
    expect(scene.seeded.refs.has(`tags/${tag}`)).toBe(false);
    // Not repeated: it would be refused again.
    expect(calls(scene)).toEqual(['POST /git/tags', 'POST /git/refs']);
    const tip = scene.seeded.refs.get('heads/main')!;
    expect(await scene.forge.tags.create(sampleTag({ commit: tip }))).toMatchObject({ change: 'created' });
  });

  test('is tagged by a token that may change workflows', async () => {
    await using scene = await withOlderCommit({ permissions: { ...deployGrants, workflows: 'write' } });
    const made = await scene.forge.tags.create(sampleTag({ commit: scene.mainCommit }));
    expect(made.change).toBe('created');
  });

  test('gets a release by any token once it has its tag', async () => {
    await using scene = await withOlderCommit({ permissions: deployGrants });
    addTag(scene.seeded, { name: tag, commit: scene.mainCommit });
    expect((await upsertRelease(scene.forge.releases, sampleRelease())).change).toBe('published');
  });
});

describe('what GitHub refuses for lack of a permission names it and the line to add', () => {
  test.each([
    ['lists of tags', 'contents: read', (s: GitHubScene) => s.forge.tags.list('fuel')],
    ['tags', 'contents: write', (s: GitHubScene) => s.forge.tags.create(sampleTag({ commit: s.commit }))],
    ['looking for releases', 'contents: read', (s: GitHubScene) => s.forge.releases.published(tag)],
    ['drafts', 'contents: write', (s: GitHubScene) => s.forge.releases.createDraft(sampleRelease())],
    [
      'lists of deployments',
      'deployments: read',
      (s: GitHubScene) => s.forge.deployments.list({ environment: 'a' }),
    ],
    [
      'deployments',
      'deployments: write',
      (s: GitHubScene) =>
        s.forge.deployments.create({
          environment: 'a',
          ref: 'main',
          description: '',
          payload: {},
          production: true,
        }),
    ],
    [
      'statuses',
      'deployments: write',
      (s: GitHubScene) => s.forge.deployments.addStatus(1, { state: 'success' }),
    ],
  ])('%s', async (_, permission, work) => {
    await using scene = await openDeployScene({ token: { permissions: {} } });
    const error = await thrown(work(scene));
    expect(error).toBeInstanceOf(MissingPermissionError);
    expect(error).toMatchObject({ permission, status: 403 });
    expect((error as Error).message).toContain(`add to the job's permissions:\n  ${permission}`);
  });

  test('files, and everything that changes a release, with a token that only reads', async () => {
    await using scene = await openDeployScene({ token: { permissions: { contents: 'read' } } });
    const { github, seeded } = scene;
    addTag(seeded, { name: tag, commit: scene.mainCommit });
    const { id } = addRelease(github.state, seeded, { tag });
    const release = (await scene.forge.releases.published(tag))!;
    const { releases } = scene.forge;
    for (const work of [
      () => releases.upload(release, sampleFile()),
      () => releases.update(id, { title: '', body: '' }),
      () => releases.publish(release, { latest: true }),
      () => releases.deleteAsset(4711),
    ]) {
      expect(await thrown(work())).toMatchObject({ permission: 'contents: write' });
    }
    addRelease(github.state, seeded, { tag: 'fuel@v2.0.0', draft: true });
    // Not an error for GitHub: such a token sees none.
    expect(await releases.drafts('fuel@v2.0.0')).toEqual([]);
  });

  test('a query that GitHub refuses though the names were listed', async () => {
    await using scene = await openDeployScene();
    addTag(scene.seeded, { name: tag, commit: scene.mainCommit });
    const errors = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }];
    const refusal = { method: 'POST', path: /graphql/, times: 1 } as const;
    scene.github.fault({ ...refusal, kind: { status: 200, body: { data: null, errors } } });
    expect(await thrown(scene.forge.tags.list('fuel'))).toMatchObject({ permission: 'contents: read' });
    const other = [{ type: 'SOME', message: 'Field does not exist' }];
    scene.github.fault({ ...refusal, kind: { status: 200, body: { data: null, errors: other } } });
    const error = await thrown(scene.forge.tags.list('fuel'));
    expect(error).toBeInstanceOf(ForgeError);
    expect((error as Error).message).toBe('reading the tags fuel*: GitHub answered: Field does not exist');
  });
});

test('a GitHub Enterprise Server is asked for tags and releases below its base path', async () => {
  await using scene = await openDeployScene({ basePath: '/api/v3' });
  const { forge, mainCommit: commit } = scene;
  await forge.tags.create(sampleTag({ commit }));
  expect(await forge.tags.list('fuel')).toHaveLength(1);
  expect((await upsertRelease(forge.releases, sampleRelease())).change).toBe('published');
  expect(calls(scene)).toContain('POST /api/graphql');
});
