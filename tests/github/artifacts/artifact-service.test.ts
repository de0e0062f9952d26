import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type GitHub, startGitHub } from '../server.ts';
import { type ArtifactService, createArtifactService } from './artifact-service.ts';
import type { ArtifactRun } from './artifact-state.ts';
import { formatRuntimeToken, parseRuntimeToken } from './runtime-token.ts';

let github: GitHub;
let service: ArtifactService;
let run: ArtifactRun;
beforeEach(async () => {
  github = await startGitHub();
  service = createArtifactService();
  github.routes(service.routes);
  run = service.addRun({ id: 7, repository: 'ciclo-ml/fuel' });
});
afterEach(() => github[Symbol.asyncDispose]());

/** One call of the results service, without its client. */
async function call(method: string, message: object, token = service.runtimeToken(run)) {
  const ids = { workflow_run_backend_id: run.backendId, workflow_job_run_backend_id: 'job' };
  const response = await fetch(
    `${github.origin}/twirp/github.actions.results.api.v1.ArtifactService/${method}`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...ids, ...message }),
    },
  );
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

async function create(name = 'a'): Promise<string> {
  return (await call('CreateArtifact', { name, version: 7 })).body.signed_upload_url!;
}

async function put(address: string, body: string): Promise<number> {
  const headers = { 'x-ms-blob-type': 'BlockBlob' };
  return (await fetch(address, { method: 'PUT', headers, body })).status;
}

describe('the emulated artifact service', () => {
  test('keeps what was put as one blob, from finalisation on', async () => {
    const address = await create();
    expect(await put(address, 'bytes')).toBe(201);
    expect((await call('ListArtifacts', {})).body.artifacts).toEqual([]);
    expect((await call('FinalizeArtifact', { name: 'a', size: '5' })).body.ok).toBe(true);
    const { signed_url } = (await call('GetSignedArtifactURL', { name: 'a' })).body;
    expect(await (await fetch(signed_url!)).text()).toBe('bytes');
  });

  test('lets nothing be written after finalisation, nor a name be used twice in the run', async () => {
    const address = await create();
    await put(address, 'bytes');
    await call('FinalizeArtifact', { name: 'a', size: '5' });
    expect(await put(address, 'other')).toBe(409);
    expect(await call('CreateArtifact', { name: 'a', version: 7 })).toMatchObject({
      status: 409,
      body: { code: 'already_exists' },
    });
  });

  test('takes a field that the protocol does not know as a violation', async () => {
    expect((await call('CreateArtifact', { name: 'a', version: 7, overwrite: true })).status).toBe(400);
    expect(service.state.violations).toEqual([expect.stringContaining('overwrite')]);
  });

  test('takes a size that is not the blob’s as a violation', async () => {
    await put(await create(), 'bytes');
    expect((await call('FinalizeArtifact', { name: 'a', size: '4' })).status).toBe(400);
    expect(service.state.violations).toEqual(['FinalizeArtifact: the blob has 5 bytes, 4 are stated']);
  });

  test('refuses the token of another run, and what is no token', async () => {
    const other = service.runtimeToken(service.addRun({ id: 8, repository: 'ciclo-ml/fuel' }));
    expect((await call('ListArtifacts', {}, other)).status).toBe(403);
    expect((await call('ListArtifacts', {}, 'gibberish')).status).toBe(401);
  });

  test('refuses blobs without their signature, and a token beside one', async () => {
    const address = await create();
    expect(await put(address.replace(/sig=[^&]+/, 'sig=forged'), 'x')).toBe(403);
    expect((await fetch(address)).status).toBe(403);
    const leaked = await fetch(address, { method: 'PUT', headers: { authorization: 'Bearer t' }, body: 'x' });
    expect(leaked.status).toBe(400);
    expect(service.state.violations).toEqual([expect.stringContaining('a token was sent to the blob store')]);
  });

  test('shows one artifact by the REST API as GitHub describes it, and none of another repository', async () => {
    const { id } = service.plant(run, { name: 'a', bytes: new Uint8Array(3) });
    const get = (path: string) =>
      fetch(`${github.url}/repos/${path}`, { headers: { authorization: 'Bearer t' } });
    const shown = (await (await get(`ciclo-ml/fuel/actions/artifacts/${id}`)).json()) as object;
    expect(shown).toMatchObject({ id, name: 'a', size_in_bytes: 3, workflow_run: { id: 7 } });
    expect((await get(`ciclo-ml/other/actions/artifacts/${id}`)).status).toBe(404);
    const bare = await fetch(`${github.url}/repos/ciclo-ml/fuel/actions/artifacts/${id}/zip`);
    expect(bare.status).toBe(401);
  });
});

test('a runtime token says again of which run and job it is', () => {
  const ids = { run: '00000000-0000-4000-8000-000000000007', job: 'job-1' };
  expect(parseRuntimeToken(`Bearer ${formatRuntimeToken(ids)}`)).toEqual(ids);
  expect(parseRuntimeToken(undefined)).toBeUndefined();
});
