import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConfigurationError, IntegrityError } from '../../platform/errors.ts';
import { silentLogger } from '../../platform/logger.ts';
import { startRun, type TestRun } from '../testing/artifact-run.ts';
import { buildZip } from '../testing/zip-builder.ts';
import { createGitHubArtifactStore } from './artifact-github-store.ts';
import { ArtifactExistsError } from './artifact-upload.ts';

const store = createGitHubArtifactStore({ logger: silentLogger });
let directory: string;
let job: TestRun;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'ciclo github store '));
  job = await startRun();
});
afterEach(async () => {
  await job[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

async function folderOf(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = path.join(directory, name);
  await mkdir(folder);
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
  return folder;
}

async function upload(name: string, files: Readonly<Record<string, string>> = { 'a.json': '{}' }) {
  return store.upload(name, await folderOf(`up-${name}`, files), Object.keys(files), { retentionDays: 3 });
}

describe("the store of this run's artifacts, through the real client", () => {
  test('uploads a folder, lists it and downloads the same bytes', async () => {
    const files = { 'manifest.json': '{"format":1}', 'weights.bin': 'w'.repeat(10_000_000) };
    const uploaded = await upload('ciclo-fuel-model-0123456789abcdef', files);
    expect(uploaded.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await store.list('ciclo-fuel-')).toEqual([uploaded]);
    const folder = await folderOf('down', {});
    await store.download(uploaded, folder);
    expect((await readdir(folder)).sort()).toEqual(['manifest.json', 'weights.bin']);
    expect(await readFile(path.join(folder, 'weights.bin'), 'utf8')).toBe(files['weights.bin']);
    const [record] = job.service.artifactsOf(job.run);
    const days = (Date.parse(record!.expiresAt) - Date.parse(record!.createdAt)) / 86_400_000;
    expect(Math.round(days)).toBe(3);
  });

  test('lists what begins so, the newest first, and none of another run', async () => {
    const other = job.service.addRun({ id: 8, repository: 'ciclo-ml/fuel' });
    job.service.plant(other, { name: 'ciclo-other', bytes: new Uint8Array() });
    for (const name of ['ciclo-a', 'dist', 'ciclo-b']) await upload(name);
    expect((await store.list('ciclo-')).map(({ name }) => name)).toEqual(['ciclo-b', 'ciclo-a']);
    expect(await store.list('')).toHaveLength(3);
  });

  test('refuses a second artifact of the same name; deleted, it can be made again', async () => {
    await upload('ciclo-a');
    const again = store.upload('ciclo-a', path.join(directory, 'up-ciclo-a'), ['a.json'], {});
    await expect(again).rejects.toThrow(ArtifactExistsError);
    await store.delete('ciclo-a');
    expect(await store.list('')).toEqual([]);
    await store.upload('ciclo-a', path.join(directory, 'up-ciclo-a'), ['a.json'], {});
    await store.delete('never there');
  });

  test('refuses bytes that are not those of the stated digest, and leaves nothing of them', async () => {
    const uploaded = await upload('ciclo-a');
    const [record] = job.service.artifactsOf(job.run);
    job.service.replaceBytes(record!, buildZip([{ name: 'a.json', bytes: Buffer.from('evil') }]));
    const folder = await folderOf('down', {});
    await expect(store.download(uploaded, folder)).rejects.toThrow(IntegrityError);
    await expect(store.download(uploaded, folder)).rejects.toThrow(
      /artifact "ciclo-a" is not what its store states: digest sha256:[0-9a-f]{64}, stated "sha256:/,
    );
    expect(await readdir(folder)).toEqual([]);
  });

  test('refuses a hostile archive, and one that claims to be larger than the limit', async () => {
    const hostile = buildZip([{ name: '../evil', bytes: Buffer.from('evil') }]);
    job.service.plant(job.run, { name: 'hostile', bytes: hostile });
    job.service.plant(job.run, { name: 'huge', bytes: hostile, size: 9_000_000_000 });
    const [huge, leaving] = await store.list('h');
    const folder = await folderOf('down', {});
    await expect(store.download(leaving!, folder)).rejects.toThrow('"../evil" leaves the folder');
    await expect(store.download(huge!, folder)).rejects.toThrow(/9000000000 bytes; Ciclo downloads at most/);
    expect(await readdir(directory)).toEqual(['down']);
  });

  test('wants a retention that GitHub has', async () => {
    const folder = await folderOf('up', { a: '' });
    for (const retentionDays of [0, 91, 1.5, Number.NaN]) {
      await expect(store.upload('ciclo-a', folder, ['a'], { retentionDays })).rejects.toThrow(
        /^retention-days: artifacts cannot be kept .+ days: give a whole number from 1 to 90/,
      );
    }
  });
});

describe('where the store cannot work, it says what to do:', () => {
  const cannot = async (message: RegExp): Promise<void> => {
    const error = await store.list('').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as Error).message).toMatch(message);
  };

  test('without a runtime token, or with one that is none', async () => {
    const message =
      /^cannot list the artifacts of this run: there is no runtime token .+ rather than a step with run:/;
    for (const token of ['', 'gibberish', 'e30.e30.e30']) {
      vi.stubEnv('ACTIONS_RUNTIME_TOKEN', token);
      await cannot(message);
    }
    vi.stubEnv('ACTIONS_RUNTIME_TOKEN', job.service.runtimeToken(job.run));
    vi.stubEnv('ACTIONS_RESULTS_URL', '');
    await cannot(message);
  });

  test('on GitHub Enterprise Server', async () => {
    vi.stubEnv('GITHUB_SERVER_URL', 'https://github.example.com');
    await cannot(
      /GitHub Enterprise Server has no artifact service .+: run prepare, train and validate as steps of one job/,
    );
  });

  test("when the account's storage is used up", async () => {
    job.service.state.quotaExceeded = true;
    await expect(upload('ciclo-a')).rejects.toThrow(
      /^cannot upload the artifact ciclo-a: the account's storage for artifacts is used up: delete old artifacts/,
    );
  });
});
