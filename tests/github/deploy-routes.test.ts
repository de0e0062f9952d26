import { expect, test } from 'vitest';
import { send, start } from './client.ts';
import { addCommit } from './commit-seed.ts';
import { addDeployment, addDeploymentStatus } from './deployment-seed.ts';
import { addRelease, addReleaseAsset } from './release-seed.ts';
import { addCheckRun } from './run-seed.ts';
import { addToken } from './seed.ts';
import { addTag } from './tag-seed.ts';

const fuel = '/repos/ciclo-ml/fuel';
const refs = `${fuel}/git/refs`;
const tag = 'fuel@v1.0.0';
const zero = '0'.repeat(40);

async function startDeploy(options: Parameters<typeof start>[0] = {}) {
  const { github, repository } = await start(options);
  addToken(github.state, 'workflow', { permissions: { contents: 'write', deployments: 'write' } });
  addToken(github.state, 'reader', { permissions: { contents: 'read', deployments: 'read' } });
  const main = repository.refs.get('heads/main')!;
  const post = (path: string, body: unknown) => send(github, path, { method: 'POST', body });
  return { github, repository, main, post };
}

test("every operation of a deployment answers as GitHub's own description says", async () => {
  const { github, main, post } = await startDeploy();
  const tagger = { name: 'ciclo', email: 'ciclo@localhost', date: '2026-01-05T10:00:00Z' };
  const made = await post(`${fuel}/git/tags`, { tag, message: 'one', object: main, type: 'commit', tagger });
  expect(made.status).toBe(201);
  const ref = await post(refs, { ref: `refs/tags/${tag}`, sha: made.body.sha });
  expect(ref).toMatchObject({ status: 201, body: { object: { sha: made.body.sha, type: 'tag' } } });
  const { body: release } = await post(`${fuel}/releases`, { tag_name: tag, name: 'one', draft: true });
  const upload = release.upload_url.replace('{?name,label}', '?name=a%20b.zip');
  const headers = { authorization: 'token workflow', 'content-type': 'application/zip' };
  const uploaded = await fetch(upload, { method: 'POST', headers, body: 'bytes' });
  expect(uploaded.status).toBe(201);
  const asset = (await uploaded.json()) as { readonly id: number; readonly name: string };
  // As GitHub renames it.
  expect(asset.name).toBe('a.b.zip');
  const publish = { method: 'PATCH', body: { draft: false } };
  expect((await send(github, `${fuel}/releases/${release.id}`, publish)).status).toBe(200);
  const accept = 'application/octet-stream';
  const file = `${fuel}/releases/assets/${asset.id}`;
  expect((await send(github, file, { accept })).body).toBe('bytes');
  const { body: deployment } = await post(`${fuel}/deployments`, { ref: tag });
  expect(deployment).toMatchObject({ sha: main, environment: 'production', production_environment: true });
  const statuses = `${fuel}/deployments/${deployment.id}/statuses`;
  expect((await post(statuses, { state: 'success' })).status).toBe(201);
  for (const path of [
    `${fuel}/git/matching-refs/tags%2Ffuel`,
    `${fuel}/git/ref/tags%2F${encodeURIComponent(tag)}`,
    `${fuel}/releases`,
    `${fuel}/releases/latest`,
    `${fuel}/releases/${release.id}`,
    `${fuel}/releases/tags/${encodeURIComponent(tag)}`,
    `${fuel}/releases/${release.id}/assets`,
    file,
    `${fuel}/deployments?environment=production&sha=${main}`,
    statuses,
  ]) {
    expect((await send(github, path)).status, path).toBe(200);
  }
  for (const path of [file, `${fuel}/releases/${release.id}`]) {
    expect((await send(github, path, { method: 'DELETE' })).status).toBe(204);
    expect((await send(github, path, { method: 'DELETE' })).status).toBe(404);
  }
  await github[Symbol.asyncDispose]();
});

test('the SHA of a tag’s object is the one that git gives it', async () => {
  const { github, repository } = await startDeploy();
  // printf 'object 4b825dc6…\ntype commit\ntag a\ntagger t <t@t> 1767607200 +0000\n\nm' | git hash-object -t tag --stdin
  const commit = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
  addCommit(repository, { branch: 'other', files: {}, sha: commit });
  const tagger = { name: 't', email: 't@t', date: '2026-01-05T10:00:00Z' };
  const body = { tag: 'a', message: 'm', object: commit, type: 'commit', tagger };
  const made = await send(github, `${fuel}/git/tags`, { method: 'POST', body });
  expect(made.body.sha).toBe('0308836e9813367992bda9723baa7ebb5075bf9a');
  await github[Symbol.asyncDispose]();
});

test('refs: one of a name, of an object that is there, well named; workflow files as on the default branch', async () => {
  const { github, repository, main, post } = await startDeploy();
  addTag(repository, { name: tag, commit: main });
  addCommit(repository, { branch: 'main', files: { '.github/workflows/a.yml': 'on: push\n' } });
  for (const [ref, sha, status, message] of [
    [`refs/tags/${tag}`, main, 422, 'Reference already exists'],
    ['refs/tags/new', zero, 422, 'Object does not exist'],
    ['refs/tags/a b', main, 422, 'Reference name is invalid'],
    ['tags/new', main, 422, 'Reference name is invalid'],
    ['refs/tags/new', main, 403, 'Resource not accessible by integration'],
  ] as const) {
    expect(await post(refs, { ref, sha }), ref).toMatchObject({ status, body: { message } });
  }
  addToken(github.state, 'workflow', { permissions: { contents: 'write', workflows: 'write' } });
  expect((await post(refs, { ref: 'refs/tags/new', sha: main })).status).toBe(201);
  await github[Symbol.asyncDispose]();
});

test('releases: drafts only for those who may write, one published for a tag, a tag that is not there is made', async () => {
  const { github, repository, main, post } = await startDeploy();
  const { id } = addRelease(github.state, repository, { tag, draft: true });
  expect((await send(github, `${fuel}/releases`)).body).toHaveLength(1);
  const token = 'reader';
  expect((await send(github, `${fuel}/releases`, { token })).body).toEqual([]);
  expect((await send(github, `${fuel}/releases/${id}`, { token })).status).toBe(404);
  expect((await send(github, `${fuel}/releases/tags/${encodeURIComponent(tag)}`)).status).toBe(404);
  expect((await send(github, `${fuel}/releases/latest`)).status).toBe(404);
  const publish = { method: 'PATCH', body: { draft: false, make_latest: 'false' } };
  expect((await send(github, `${fuel}/releases/${id}`, publish)).body.draft).toBe(false);
  // A lightweight one, which GTO does not see.
  expect(repository.refs.get(`tags/${tag}`)).toBe(main);
  expect((await send(github, `${fuel}/releases/latest`)).status).toBe(404);
  const twice = await post(`${fuel}/releases`, { tag_name: tag });
  expect(twice).toMatchObject({ status: 422, body: { errors: [{ code: 'already_exists' }] } });
  expect(repository.releases.size).toBe(1);
  const long = await post(`${fuel}/releases`, { tag_name: 'b', draft: true, body: 'x'.repeat(125_001) });
  expect(long.status).toBe(422);
  await github[Symbol.asyncDispose]();
});

test('files: on their own host alone, one of a name, and no token to the storage', async () => {
  const { github, repository, post } = await startDeploy();
  const release = addRelease(github.state, repository, { tag });
  const half = { name: 'half.zip', bytes: Buffer.alloc(0), state: 'starter', digest: null } as const;
  addReleaseAsset(github.state, release, half);
  const assets = `${fuel}/releases/${release.id}/assets`;
  expect((await send(github, assets)).body[0]).toMatchObject({ state: 'starter', digest: null });
  expect((await post(`${assets}?name=a.zip`, { any: 'thing' })).status).toBe(404);
  expect(github.takeViolations().map(({ message }) => message)).toEqual([
    'the emulator has no such operation',
  ]);
  const { body } = await send(github, `${fuel}/releases/${release.id}`);
  const upload = body.upload_url.replace('{?name,label}', '?name=half.zip');
  const headers = { authorization: 'token workflow', 'content-type': 'application/zip' };
  const twice = await fetch(upload, { method: 'POST', headers, body: 'bytes' });
  expect(twice.status).toBe(422);
  expect(await twice.json()).toMatchObject({ errors: [{ code: 'already_exists', field: 'name' }] });
  const { origin } = new URL(upload);
  await expect(fetch(`${origin}/release-assets/1?sig=a`, { headers })).rejects.toThrow();
  expect(github.takeViolations()[0]!.message).toMatch(/a token was sent to the storage/);
  expect((await fetch(`${origin}/release-assets/1?sig=a`)).status).toBe(403);
  await github[Symbol.asyncDispose]();
});

test('deployments: checks must have passed unless none is required; others become inactive, production’s never', async () => {
  const { github, repository, main, post } = await startDeploy();
  addCheckRun(github.state, repository, { name: 'test', sha: main, conclusion: 'failure' });
  const deployments = `${fuel}/deployments`;
  expect((await post(deployments, { ref: 'main' })).status).toBe(409);
  expect((await post(deployments, { ref: 'main', required_contexts: [] })).status).toBe(201);
  expect((await post(deployments, { ref: 'none' })).body.message).toBe('No ref found for: none');
  for (const [environment, expected] of [
    ['staging', 'inactive'],
    ['production', 'success'],
  ] as const) {
    const before = addDeployment(github.state, repository, { environment, sha: main });
    addDeploymentStatus(github.state, before, { state: 'success' });
    const { id } = addDeployment(github.state, repository, { environment, sha: main });
    await post(`${deployments}/${id}/statuses`, { state: 'success' });
    expect(before.statuses.at(-1)!.state).toBe(expected);
  }
  const { id } = addDeployment(github.state, repository, { environment: 'a', sha: main });
  const waiting = addDeploymentStatus(github.state, repository.deployments.get(id)!, { state: 'waiting' });
  const statuses = `${deployments}/${id}/statuses`;
  expect((await send(github, statuses)).body[0]).toMatchObject({ id: waiting.id, log_url: '' });
  expect((await post(statuses, { state: 'success', description: 'x'.repeat(141) })).status).toBe(422);
  await github[Symbol.asyncDispose]();
});

test('a query of GraphQL’s that is not the one that is emulated is a violation', async () => {
  const { github, repository, main } = await startDeploy();
  const body = { query: 'query { viewer { login } }', variables: {} };
  await expect(send(github, '/graphql', { method: 'POST', body })).rejects.toThrow();
  expect(github.takeViolations()[0]!.message).toMatch(/a query that is not emulated/);
  const { sha } = addTag(repository, { name: tag, commit: main });
  const objects = `a: object(oid: "${sha}") { ...tag } b: object(oid: "${zero}") { ...tag }`;
  const fragment = 'fragment tag on Tag { message tagger { date } target { __typename oid } }';
  const query = `query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { ${objects} } } ${fragment}`;
  const ask = (repo: string, token: string) =>
    send(github, '/graphql', {
      method: 'POST',
      body: { query, variables: { owner: 'ciclo-ml', repo } },
      token,
    });
  expect((await ask('fuel', 'workflow')).body.data.repository).toMatchObject({
    a: { target: { __typename: 'Commit', oid: main } },
    b: null,
  });
  expect((await ask('none', 'workflow')).body.errors[0].type).toBe('NOT_FOUND');
  addToken(github.state, 'nobody', { permissions: {} });
  expect((await ask('fuel', 'nobody')).body.errors[0].type).toBe('FORBIDDEN');
  await github[Symbol.asyncDispose]();
});
