import { expect, test } from 'vitest';
import { send, start } from './client.ts';
import { addCommit } from './commit-seed.ts';
import { addCheckRun, addWorkflowRun } from './run-seed.ts';
import { addComment, addToken } from './seed.ts';
import type { Repository } from './state.ts';

const comments = '/repos/ciclo-ml/fuel/issues/1/comments';
const checks = '/repos/ciclo-ml/fuel/check-runs';

function headOf(repository: Repository): string {
  return repository.refs.get('heads/change')!;
}

test("every operation answers as GitHub's own description says", async () => {
  const { github, repository } = await start();
  const run = addWorkflowRun(github.state, repository);
  const made = await send(github, comments, { method: 'POST', body: { body: 'hello' } });
  expect(made.status).toBe(201);
  const check = { name: 'ciclo / fuel', head_sha: headOf(repository), conclusion: 'success' };
  const { body: created } = await send(github, checks, { method: 'POST', body: check });
  const output = { title: 'passed', summary: 'fine' };
  expect((await send(github, `${checks}/${created.id}`, { method: 'PATCH', body: { output } })).status).toBe(
    200,
  );
  const update = { method: 'PATCH', body: { body: 'changed' } };
  const changed = await send(github, `/repos/ciclo-ml/fuel/issues/comments/${made.body.id}`, update);
  expect(changed.body.body).toBe('changed');
  for (const path of [
    '/repos/ciclo-ml/fuel',
    '/repos/ciclo-ml/fuel/pulls/1',
    '/repos/ciclo-ml/fuel/pulls?state=open&head=ciclo-ml:change',
    comments,
    `/repos/ciclo-ml/fuel/commits/${headOf(repository)}/check-runs?check_name=ciclo%20%2F%20fuel`,
    '/repos/ciclo-ml/fuel/contents/ciclo.yml?ref=main',
    '/repos/ciclo-ml/fuel/contents/data',
    `/repos/ciclo-ml/fuel/actions/runs/${run.id}`,
  ]) {
    expect((await send(github, path)).status, path).toBe(200);
  }
  expect((await send(github, '/user', { token: 'person' })).body.login).toBe('octocat');
  await github[Symbol.asyncDispose]();
});

test('a route with a contract of its own is not held against that of GitHub', async () => {
  const { github } = await start();
  const body = { ok: true };
  github.routes([
    { method: 'POST', path: '/twirp/{method}', contract: 'own', answer: () => ({ status: 200, body }) },
  ]);
  expect((await send(github, '/twirp/Create', { method: 'POST', body: {} })).body).toEqual(body);
  await github[Symbol.asyncDispose]();
});

test('tokens: unknown, without the permission, an installation that is nobody, a person who makes no checks', async () => {
  const { github, repository } = await start();
  const write = { method: 'POST', body: { body: 'hello' } };
  expect(await send(github, comments, { token: 'wrong' })).toMatchObject({
    status: 401,
    body: { message: 'Bad credentials' },
  });
  const refused = await send(github, comments, { ...write, token: 'fork' });
  expect(refused).toMatchObject({ status: 403, body: { message: 'Resource not accessible by integration' } });
  expect(refused.headers.get('x-accepted-github-permissions')).toBe('issues=write; pull_requests=write');
  expect(await send(github, '/user')).toMatchObject({ status: 403 });
  const check = { name: 'n', head_sha: headOf(repository), conclusion: 'success' };
  addToken(github.state, 'person', { kind: 'pat', login: 'octocat', permissions: { checks: 'write' } });
  expect(await send(github, checks, { method: 'POST', body: check, token: 'person' })).toMatchObject({
    status: 403,
    body: { message: 'You must authenticate via a GitHub App.' },
  });
  await github[Symbol.asyncDispose]();
});

test('limits: characters of a comment, characters and message of a check, pages of at most a hundred', async () => {
  const { github, repository } = await start();
  for (let i = 0; i < 103; i++) addComment(github.state, repository, { issue: 1, body: `${i}` });
  expect((await send(github, comments)).body).toHaveLength(30);
  const page = await send(github, `${comments}?per_page=500&page=1`);
  expect(page.body).toHaveLength(100);
  expect(page.headers.get('link')).toContain(`<${github.url}${comments}?per_page=500&page=2>; rel="next"`);
  const long = await send(github, comments, { method: 'POST', body: { body: 'x'.repeat(65_537) } });
  expect(long).toMatchObject({ status: 422, body: { message: 'Validation Failed' } });
  expect((await send(github, comments, { method: 'POST', body: { body: 'x'.repeat(65_536) } })).status).toBe(
    201,
  );
  const check = { name: 'n', head_sha: headOf(repository), conclusion: 'success' };
  const annotation = {
    path: 'a',
    start_line: 1,
    end_line: 1,
    annotation_level: 'notice',
    message: 'x'.repeat(65_537),
  };
  const output = { title: 't', summary: 's', annotations: [annotation] };
  expect((await send(github, checks, { method: 'POST', body: { ...check, output } })).status).toBe(422);
  const body = { ...check, output: { title: 't', summary: 'x'.repeat(65_536) } };
  expect((await send(github, checks, { method: 'POST', body })).status).toBe(422);
  expect(github.takeViolations().map(({ message }) => message)).toEqual([
    expect.stringMatching(/65535 characters/),
  ]);
  await github[Symbol.asyncDispose]();
});

test('contents: by commit, raw, above a megabyte without content, unknown path and ref', async () => {
  const { github, repository } = await start();
  const file = '/repos/ciclo-ml/fuel/contents/ciclo.yml';
  const { body } = await send(github, `${file}?ref=${headOf(repository)}`);
  expect(Buffer.from(body.content, 'base64').toString()).toBe('name: fuel # changed\n');
  expect((await send(github, file, { accept: 'application/vnd.github.raw+json' })).body).toBe('name: fuel\n');
  addCommit(repository, { branch: 'main', files: { 'large.csv': Buffer.alloc(1024 * 1024 + 1) } });
  const large = await send(github, '/repos/ciclo-ml/fuel/contents/large.csv');
  expect(large.body).toMatchObject({ content: '', encoding: 'none', size: 1024 * 1024 + 1 });
  expect(await send(github, '/repos/ciclo-ml/fuel/contents/none')).toMatchObject({ status: 404 });
  const unknown = await send(github, `${file}?ref=none`);
  expect(unknown).toMatchObject({ status: 404, body: { message: 'No commit found for the ref none' } });
  await github[Symbol.asyncDispose]();
});

test('checks: the newest of each name, or all, and none of another app is changed', async () => {
  const { github, repository } = await start();
  const sha = headOf(repository);
  const app = { id: 7, slug: 'other' };
  for (const name of ['a', 'a', 'b']) addCheckRun(github.state, repository, { name, sha });
  const foreign = addCheckRun(github.state, repository, { name: 'a', sha, app });
  const path = `/repos/ciclo-ml/fuel/commits/${sha}/check-runs`;
  expect((await send(github, path)).body.total_count).toBe(3);
  expect((await send(github, `${path}?filter=all&check_name=a`)).body.total_count).toBe(3);
  expect((await send(github, `${path}?app_id=7`)).body.check_runs[0].id).toBe(foreign.id);
  const refused = await send(github, `${checks}/${foreign.id}`, { method: 'PATCH', body: { name: 'mine' } });
  expect(refused).toMatchObject({
    status: 403,
    body: { message: expect.stringContaining('Invalid app_id') },
  });
  await github[Symbol.asyncDispose]();
});

test('faults: a status, a delay, a rate limit, as often as asked', async () => {
  const { github } = await start();
  const fault = { method: 'GET', path: '/repos/{owner}/{repo}/pulls/{pull_number}', times: 1 };
  const pull = '/repos/ciclo-ml/fuel/pulls/1';
  github.fault({ ...fault, kind: { status: 502 } });
  github.fault({ ...fault, path: /pulls\/1$/, kind: { rateLimit: { retryAfter: 3 } } });
  github.fault({ ...fault, kind: { rateLimit: { reset: 1_800_000_000 } } });
  github.fault({ ...fault, kind: { delay: 1 } });
  expect((await send(github, pull)).status).toBe(502);
  const limited = await send(github, pull);
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([403, '3']);
  expect((await send(github, pull)).headers.get('x-ratelimit-remaining')).toBe('0');
  expect((await send(github, pull)).status).toBe(200);
  expect(github.requests.map(({ status }) => status)).toEqual([502, 403, 403, 200]);
  await github[Symbol.asyncDispose]();
});

test('a dropped connection: before the state changes, after it, in the middle of the answer', async () => {
  const { github, repository } = await start();
  for (const [drop, expected] of [
    ['before', 0],
    ['after', 1],
    ['during', 2],
  ] as const) {
    github.fault({
      method: 'POST',
      path: '/repos/{owner}/{repo}/issues/{n}/comments',
      times: 1,
      kind: { drop },
    });
    await expect(send(github, comments, { method: 'POST', body: { body: drop } })).rejects.toThrow();
    expect(repository.comments.size).toBe(expected);
  }
  await github[Symbol.asyncDispose]();
});

test('a GitHub Enterprise Server answers below its base path', async () => {
  const { github } = await start({ basePath: '/api/v3' });
  expect(github.url).toBe(`${github.origin}/api/v3`);
  const { body } = await send(github, '/repos/ciclo-ml/fuel');
  expect(body.url).toBe(`${github.url}/repos/ciclo-ml/fuel`);
  await github[Symbol.asyncDispose]();
});
