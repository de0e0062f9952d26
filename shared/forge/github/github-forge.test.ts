import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { addCheckRun } from '../../../tests/github/run-seed.ts';
import { addComment } from '../../../tests/github/seed.ts';
import { systemClock } from '../../platform/clock.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { silentLogger } from '../../platform/logger.ts';
import { ForgeError, MissingPermissionError } from '../ports/forge-error.ts';
import { describeForge } from '../testing/forge-contract.ts';
import { sampleAnnotation, sampleCheck } from '../testing/forge-scene.ts';
import { openGitHubScene, testToken } from '../testing/github-scene.ts';
import { thrown } from '../testing/refusal.ts';
import { describeUpserts } from '../testing/upsert-contract.ts';
import { upsertCheck } from '../upsert/check-upsert.ts';
import { formatMarker } from '../upsert/marker.ts';
import { upsertComment } from '../upsert/sticky-comment.ts';
import { createGitHubForge } from './github-forge.ts';

describeForge('GitHub', openGitHubScene);
describeUpserts('GitHub', openGitHubScene);

const marker = { pipeline: 'fuel', kind: 'evaluation' };

describe('pages', () => {
  test('among 250 comments the one on the last page is found and updated', async () => {
    await using scene = await openGitHubScene();
    const { github, seeded, forge, pullRequest } = scene;
    for (let i = 0; i < 250; i++)
      addComment(github.state, seeded, { issue: pullRequest, body: `comment ${i}` });
    const author = 'github-actions[bot]';
    addComment(github.state, seeded, { issue: pullRequest, author, body: `${formatMarker(marker)}\nold` });
    expect((await upsertComment(forge.comments, { pullRequest, marker, body: 'new' })).change).toBe(
      'updated',
    );
    expect(seeded.comments.size).toBe(251);
    const pages = github.requests.filter(({ method }) => method === 'GET').map(({ query }) => query);
    expect(pages).toEqual(['per_page=100', 'per_page=100&page=2', 'per_page=100&page=3']);
  });
});

describe('whose a comment is', () => {
  test('a workflow’s token takes bots’ comments for its own, never a person’s, and asks nobody', async () => {
    await using scene = await openGitHubScene();
    await scene.comment('visitor', formatMarker(marker));
    await scene.comment('github-actions[bot]', formatMarker(marker));
    const found = await scene.forge.comments.list(scene.pullRequest);
    expect(found.map(({ own }) => own)).toEqual([false, true]);
    expect(scene.github.requests.map(({ path }) => path)).not.toContain('/user');
  });

  test('an installation’s token that does not look like one is refused an answer, and is a bot', async () => {
    await using scene = await openGitHubScene({ tokenValue: 'v1.0123' });
    await scene.comment('another[bot]', 'hello');
    const found = await scene.forge.comments.list(scene.pullRequest);
    expect(found.map(({ own }) => own)).toEqual([true]);
    await scene.forge.comments.list(scene.pullRequest);
    expect(scene.github.requests.filter(({ path }) => path === '/user')).toHaveLength(1);
  });

  test('a person’s token takes that person’s comments, not a bot’s', async () => {
    const token = { kind: 'pat', login: 'octocat' } as const;
    await using scene = await openGitHubScene({ tokenValue: 'github_pat_0123', token });
    await scene.comment('visitor', 'hello');
    await scene.comment('github-actions[bot]', formatMarker(marker));
    await scene.forge.comments.create(scene.pullRequest, 'mine');
    const found = await scene.forge.comments.list(scene.pullRequest);
    expect(found.map(({ own }) => own)).toEqual([false, false, true]);
  });
});

describe('whose a check is', () => {
  test('a run of the same name that is not Ciclo’s is left alone', async () => {
    await using scene = await openGitHubScene();
    const job = addCheckRun(scene.github.state, scene.seeded, { name: 'ciclo / fuel', sha: scene.commit });
    const made = await upsertCheck(scene.forge.checks, scene.commit, sampleCheck());
    expect(made.id).not.toBe(job.id);
    expect(job.conclusion).toBe('success');
  });

  test('a run that another app made with Ciclo is replaced by one of our own', async () => {
    await using scene = await openGitHubScene();
    const seed = {
      name: 'ciclo / fuel',
      sha: scene.commit,
      app: { id: 7, slug: 'other' },
      externalId: 'ciclo',
    };
    const other = addCheckRun(scene.github.state, scene.seeded, seed);
    const made = await upsertCheck(scene.forge.checks, scene.commit, sampleCheck());
    expect(made.id).not.toBe(other.id);
    expect(other.conclusion).toBe('success');
    expect((await upsertCheck(scene.forge.checks, scene.commit, sampleCheck({ title: 'again' }))).id).toBe(
      made.id,
    );
  });

  test('the annotations go in portions of fifty', async () => {
    await using scene = await openGitHubScene();
    const annotations = Array.from({ length: 101 }, (_, i) => sampleAnnotation({ line: i + 1 }));
    await upsertCheck(scene.forge.checks, scene.commit, sampleCheck({ annotations }));
    expect(scene.github.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'PATCH', 'PATCH']);
  });
});

describe('what GitHub refuses', () => {
  test.each([
    ['comments', 'pull-requests: write', (s: Scene) => s.forge.comments.create(s.pullRequest, 'hello')],
    ['checks', 'checks: write', (s: Scene) => s.forge.checks.create(s.commit, sampleCheck())],
    ['lists of comments', 'pull-requests: read', (s: Scene) => s.forge.comments.list(s.pullRequest)],
    ['lists of checks', 'checks: read', (s: Scene) => s.forge.checks.list(s.commit, 'ciclo / fuel')],
    ['pull requests', 'pull-requests: read', (s: Scene) => s.forge.pullRequests.get(s.pullRequest)],
    ['contents', 'contents: read', (s: Scene) => s.forge.contents.read('ciclo.yml', 'main')],
  ])('for lack of a permission names it and the line to add: %s', async (_, permission, work) => {
    await using scene = await openGitHubScene({ token: { permissions: {} } });
    const error = await thrown(work(scene));
    expect(error).toBeInstanceOf(MissingPermissionError);
    expect(error).toMatchObject({ permission, status: 403 });
    expect((error as Error).message).toContain(`add to the job's permissions:\n  ${permission}`);
    const name = permission.replace('-', '_').replace(': ', '=');
    const { github } = scene;
    const [call] = github.requests;
    const response = await fetch(`${github.url}${call!.path}?${call!.query}`, {
      method: call!.method,
      headers: { authorization: `token ${testToken}`, 'content-type': 'application/json' },
      ...(call!.body === undefined ? {} : { body: JSON.stringify(call!.body) }),
    });
    // What GitHub itself says would do.
    expect(response.headers.get('x-accepted-github-permissions')).toContain(name);
  });

  test('a fork’s token may read; the error of a write says that a fork’s token is read-only', async () => {
    const permissions = { contents: 'read', pull_requests: 'read', checks: 'read' } as const;
    await using scene = await openGitHubScene({ token: { permissions } });
    await scene.forge.comments.list(scene.pullRequest);
    const error = await thrown(upsertComment(scene.forge.comments, { ...scene, marker, body: 'pass' }));
    expect((error as Error).message).toMatch(/for a pull request from a fork the token is read-only/);
    expect(await thrown(upsertCheck(scene.forge.checks, scene.commit, sampleCheck()))).toBeInstanceOf(
      MissingPermissionError,
    );
  });

  test('a check by a person’s token says that it takes an app', async () => {
    const token = { kind: 'pat', login: 'octocat' } as const;
    await using scene = await openGitHubScene({ tokenValue: 'github_pat_0123', token });
    const error = await thrown(scene.forge.checks.create(scene.commit, sampleCheck()));
    expect(error).toBeInstanceOf(MissingPermissionError);
    expect((error as Error).message).toMatch(/only an app may do it.*github\.token/);
  });

  test('an unknown token: 401, and no error shows it', async () => {
    await using scene = await openGitHubScene({ forge: { token: 'ghp_secretsecret' } });
    const error = await thrown(scene.forge.comments.create(scene.pullRequest, 'hello'));
    expect(error).toMatchObject({ status: 401, message: expect.stringMatching(/does not know the token/) });
    expect(inspect(error, { depth: 20 })).not.toContain('secretsecret');
    const dropped = { method: 'GET', path: /./, kind: { drop: 'before' } } as const;
    scene.github.fault(dropped);
    const broken = await thrown(scene.forge.contents.read('ciclo.yml', 'main'));
    expect(inspect(broken, { depth: 20 })).not.toContain('secretsecret');
  });

  test.each(['', 'ghp_secret\n', 'ghp_sec ret'])(
    'a token that cannot be one is the user’s mistake: %j',
    (token) => {
      const create = () =>
        createGitHubForge({
          token,
          repository: { owner: 'a', name: 'b' },
          apiUrl: 'https://api.github.com',
          logger: silentLogger,
        });
      expect(create).toThrow(ConfigurationError);
      expect(create).not.toThrow(/secret|sec ret/);
    },
  );

  test('422 says what GitHub says, and is not repeated', async () => {
    await using scene = await openGitHubScene();
    const error = await thrown(scene.forge.comments.create(scene.pullRequest, ' '));
    expect((error as Error).message).toMatch(
      /commenting on pull request 1: GitHub answered 422: Validation Failed .*blank/,
    );
    expect(scene.github.requests).toHaveLength(1);
  });

  test('a page of HTML from a failing proxy is cut to one line', async () => {
    await using scene = await openGitHubScene();
    const body = Buffer.from(`<html>\n${'<p>Bad gateway</p>\n'.repeat(1000)}`);
    scene.github.fault({
      method: 'GET',
      path: /./,
      kind: { status: 502, body, headers: { 'content-type': 'text/html' } },
    });
    const error = await thrown(scene.forge.contents.read('ciclo.yml', 'main'));
    expect((error as Error).message.length).toBeLessThan(600);
    expect((error as Error).message).not.toContain('\n');
  });
});

type Scene = Awaited<ReturnType<typeof openGitHubScene>>;

describe('GitHub Enterprise Server', () => {
  test('is requested below its base path, pages too', async () => {
    await using scene = await openGitHubScene({ basePath: '/api/v3' });
    const { github, seeded, forge, pullRequest } = scene;
    for (let i = 0; i < 101; i++)
      addComment(github.state, seeded, { issue: pullRequest, body: `comment ${i}` });
    expect(await forge.comments.list(pullRequest)).toHaveLength(101);
  });

  test('takes a base address with a slash at its end', async () => {
    await using scene = await openGitHubScene({ basePath: '/api/v3' });
    const forge = createGitHubForge({
      token: testToken,
      repository: { owner: 'ciclo-ml', name: 'fuel' },
      apiUrl: `${scene.github.url}/`,
      logger: silentLogger,
      clock: systemClock,
    });
    expect(await forge.contents.read('ciclo.yml', 'main')).toBe('name: fuel\n');
    expect(scene.github.requests[0]!.headers).toMatchObject({
      'x-github-api-version': '2022-11-28',
      'user-agent': expect.stringMatching(/^ciclo\/\d/),
    });
  });
});

test('every refusal is a ForgeError with its cause', async () => {
  await using scene = await openGitHubScene();
  const error = await thrown(scene.forge.comments.update(4711, 'hello'));
  expect(error).toBeInstanceOf(ForgeError);
  expect((error as Error).cause).toBeInstanceOf(Error);
});
