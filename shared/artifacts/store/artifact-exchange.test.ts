import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../platform/digest.ts';
import { ConfigurationError, IntegrityError } from '../../platform/errors.ts';
import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import type { FolderKind } from '../folders/manifest.ts';
import { readFolder } from '../folders/run-folder.ts';
import { createFolderArtifactStore } from '../testing/artifact-folder-store.ts';
import { startRun, type TestRun } from '../testing/artifact-run.ts';
import { writeResult } from '../testing/result-folder.ts';
import { fetchFolder, publishFolder } from './artifact-exchange.ts';
import { createGitHubArtifactStore } from './artifact-github-store.ts';
import type { ArtifactStore } from './artifact-store.ts';

let directory: string;
let log: LogEntry[];
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'ciclo exchange '));
  log = [];
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** The run directory of one job: another machine than the other jobs'. */
const jobDirectory = (name: string): string => path.join(directory, name, '.ciclo');
const warnings = (): readonly string[] =>
  log.filter(({ level }) => level === 'warn').map(({ message }) => message);
const publish = (store: ArtifactStore, folder: string) =>
  publishFolder(store, folder, { retentionDays: 5, logger: recordingLogger(log), pause: 5 });
const fetchInto = (store: ArtifactStore, job: string, kind: FolderKind = 'model') =>
  fetchFolder(store, {
    ...{ pipeline: 'fuel', kind },
    runDirectory: jobDirectory(job),
    logger: recordingLogger(log),
  });
const name = `ciclo-fuel-model-${sha256('what determines it').slice(7, 23)}`;

describe.each(['on GitHub', 'on a folder'])('results between jobs, the store being %s', (place) => {
  let run: TestRun | undefined;
  let store: ArtifactStore;
  beforeEach(async () => {
    run = place === 'on GitHub' ? await startRun() : undefined;
    store = run
      ? createGitHubArtifactStore({ logger: recordingLogger([]) })
      : createFolderArtifactStore(path.join(directory, 'store'));
  });
  afterEach(async () => {
    await run?.[Symbol.asyncDispose]();
  });

  test('a result of one job is fetched whole by another, once', async () => {
    const { folder, manifest } = await writeResult(jobDirectory('train'));
    const kept = await publish(store, folder);
    expect(kept).toMatchObject({ name, reused: false });
    expect(await fetchInto(store, 'validate')).toBe('fetched');
    const got = await readFolder(path.join(jobDirectory('validate'), 'model'), 'model');
    expect(got.manifest).toEqual(manifest);
    expect(await readdir(jobDirectory('validate'))).toEqual(['.gitignore', 'model']);
    expect(await fetchInto(store, 'validate')).toBe('present');
    expect(warnings()).toEqual([]);
  });

  test('a re-run with the same bytes reuses the artifact', async () => {
    const { folder } = await writeResult(jobDirectory('attempt 1'));
    const first = await publish(store, folder);
    const again = await publish(store, (await writeResult(jobDirectory('attempt 2'))).folder);
    expect(again).toEqual({ ...first, reused: true });
    expect(await store.list('')).toHaveLength(1);
    expect(warnings()).toEqual([]);
  });

  test('a re-run with other bytes replaces the artifact and says why', async () => {
    const first = await publish(store, (await writeResult(jobDirectory('attempt 1'))).folder);
    const other = { bytes: 'other weights', engine: 'node', reproducible: false };
    const { folder, manifest } = await writeResult(jobDirectory('attempt 2'), other);
    const again = await publish(store, folder);
    expect(again.reused).toBe(false);
    expect(again.id).toBeGreaterThan(first.id);
    expect(warnings()).toEqual([
      expect.stringMatching(
        /^the artifact ciclo-fuel-model-[0-9a-f]{16} of this run holds other bytes under the same fingerprint \(digest sha256:[0-9a-f]{64}, now sha256:[0-9a-f]{64}\): the engine node does not give the same bytes twice, so this attempt's model is another; it is replaced$/,
      ),
    ]);
    await fetchInto(store, 'validate');
    const got = await readFolder(path.join(jobDirectory('validate'), 'model'), 'model');
    expect(got.manifest.digest).toBe(manifest.digest);
  });

  test('other bytes of an engine that is reproducible are said to be a surprise', async () => {
    await publish(store, (await writeResult(jobDirectory('attempt 1'))).folder);
    await publish(store, (await writeResult(jobDirectory('attempt 2'), { bytes: 'x' })).folder);
    expect(warnings()[0]).toContain(
      'something that the fingerprint does not cover has changed between the attempts',
    );
  });

  test('two jobs that publish the same result at once end with one artifact', async () => {
    const folders = await Promise.all(['a', 'b'].map((job) => writeResult(jobDirectory(job))));
    const kept = await Promise.all(folders.map(({ folder }) => publish(store, folder)));
    expect(kept.map(({ reused }) => reused).sort()).toEqual([false, true]);
    expect(await store.list('')).toHaveLength(1);
  });

  test('of several results the newest is fetched, and only of this pipeline and kind', async () => {
    await publish(store, (await writeResult(jobDirectory('1'), { fingerprint: sha256('1') })).folder);
    await publish(store, (await writeResult(jobDirectory('2'), { fingerprint: sha256('2') })).folder);
    // Its name begins as that of a model of the pipeline fuel.
    const other = { pipeline: 'fuel-model', kind: 'dataset' } as const;
    await publish(store, (await writeResult(jobDirectory('3'), other)).folder);
    await fetchInto(store, 'validate');
    const got = await readFolder(path.join(jobDirectory('validate'), 'model'), 'model');
    expect(got.manifest.fingerprint).toBe(sha256('2'));
  });

  test('nothing to fetch says what was looked for, what there is, and what to do', async () => {
    await expect(fetchInto(store, 'validate')).rejects.toThrow(
      new ConfigurationError(
        `there is no model of the pipeline fuel: there is none at ${jobDirectory('validate')}/model, and no artifact of this run is named ciclo-fuel-model-… (the run has no artifacts): run train earlier in this job, or in a job that this one needs`,
      ),
    );
    for (let i = 0; i < 11; i++) {
      await publish(store, (await writeResult(jobDirectory(`${i}`), { pipeline: `p${i}` })).folder);
    }
    await expect(fetchInto(store, 'validate')).rejects.toThrow(
      /\(the run has "ciclo-p10-model-[0-9a-f]{16}", .+ and 1 more\): run train earlier/,
    );
  });

  test('a damaged folder is replaced by the artifact; without one it is named', async () => {
    const { folder } = await writeResult(jobDirectory('train'));
    const damaged = await writeResult(jobDirectory('validate'));
    await writeFile(path.join(damaged.folder, 'weights.bin'), 'WEIGHTS');
    await expect(fetchInto(store, 'validate')).rejects.toThrow(
      /there is no model of the pipeline fuel: .+weights\.bin is not what its manifest says/,
    );
    await publish(store, folder);
    expect(await fetchInto(store, 'validate')).toBe('fetched');
    expect(await readFile(path.join(damaged.folder, 'weights.bin'), 'utf8')).toBe('weights');
    expect(warnings()[0]).toMatch(
      /weights\.bin is not what its manifest says.+ of this run takes its place$/,
    );
  });

  test("another pipeline's result in the run directory is not taken for this one's", async () => {
    await writeResult(jobDirectory('validate'), { pipeline: 'other' });
    await publish(store, (await writeResult(jobDirectory('train'))).folder);
    expect(await fetchInto(store, 'validate')).toBe('fetched');
    expect(warnings()[0]).toMatch(/is the model of the pipeline other, not of fuel/);
  });

  test('an artifact whose manifest is not what its name says is refused; a re-run replaces it', async () => {
    const forged = await writeResult(jobDirectory('forger'), { fingerprint: sha256('another') });
    const files = await readdir(forged.folder);
    await store.upload(name, forged.folder, files, {});
    await expect(fetchInto(store, 'validate')).rejects.toThrow(IntegrityError);
    await expect(fetchInto(store, 'validate')).rejects.toThrow(
      /holds the model of the pipeline fuel with the fingerprint sha256:.+: it is refused/,
    );
    expect(await readdir(jobDirectory('validate'))).toEqual(['.gitignore']);
    const kept = await publish(store, (await writeResult(jobDirectory('train'))).folder);
    expect(kept.reused).toBe(false);
    expect(warnings()[0]).toMatch(/of this run cannot be used: .+; it is replaced$/);
    expect(await fetchInto(store, 'validate')).toBe('fetched');
  });

  test('a store is made only when something is missing', async () => {
    await writeResult(jobDirectory('validate'));
    const never = (): Promise<ArtifactStore> => Promise.reject(new Error('not needed'));
    const request = { pipeline: 'fuel', kind: 'model', runDirectory: jobDirectory('validate') } as const;
    expect(await fetchFolder(never, { ...request, logger: recordingLogger(log) })).toBe('present');
  });

  test('what is not a whole result is not published', async () => {
    const { folder } = await writeResult(jobDirectory('train'));
    await writeFile(path.join(folder, 'weights.bin'), 'half');
    await expect(publish(store, folder)).rejects.toThrow(/has 4 bytes, its manifest says 7/);
    await expect(publish(store, path.join(directory, 'elsewhere'))).rejects.toThrow(/is not a result folder/);
  });
});

describe('bytes that were changed in the store', () => {
  test('are refused by who fetches, with nothing left in the run directory, and replaced by a re-run', async () => {
    await using run = await startRun();
    const store = createGitHubArtifactStore({ logger: recordingLogger([]) });
    const { folder } = await writeResult(jobDirectory('train'));
    await publish(store, folder);
    const [record] = run.service.artifactsOf(run.run);
    const changed = Uint8Array.from(record!.blob.bytes!);
    changed[50]! ^= 1;
    run.service.replaceBytes(record!, changed);
    await expect(fetchInto(store, 'validate')).rejects.toThrow(/is not what its store states: digest/);
    expect(await readdir(jobDirectory('validate'))).toEqual(['.gitignore']);
    expect((await publish(store, folder)).reused).toBe(false);
    expect(await fetchInto(store, 'validate')).toBe('fetched');
  });
});

test('an upload that a former attempt began and never ended is named', async () => {
  await using run = await startRun();
  const store = createGitHubArtifactStore({ logger: recordingLogger([]) });
  const { folder } = await writeResult(jobDirectory('train'));
  const unfinished = run.service.plant(run.run, { name, bytes: new Uint8Array() });
  unfinished.pending = true;
  await expect(publishFolder(store, folder, { logger: recordingLogger(log), pause: 0 })).rejects.toThrow(
    new ConfigurationError(
      `cannot keep the artifact ${name}: another job or attempt of this run has begun to upload it and does not end: start a new run of the workflow rather than this one again`,
    ),
  );
});
