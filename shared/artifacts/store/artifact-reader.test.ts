import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlantedArtifact } from '../../../tests/github/artifacts/artifact-state.ts';
import type { Fault } from '../../../tests/github/fault.ts';
import { addRepository, addToken } from '../../../tests/github/seed.ts';
import { startGitHub } from '../../../tests/github/server.ts';
import { ConfigurationError, IntegrityError } from '../../platform/errors.ts';
import { sampleGate } from '../../report/testing/sample-evaluation.ts';
import { startRun, type TestRun } from '../testing/artifact-run.ts';
import { evaluationArchive } from '../testing/evaluation-archive.ts';
import { buildZip, zipOf } from '../testing/zip-builder.ts';
import { PassingError } from './artifact-http.ts';
import {
  createEvaluationReader,
  type EvaluationReader,
  listRunArtifacts,
  readRunArtifact,
} from './artifact-reader.ts';

let stage: TestRun;
let reader: EvaluationReader;
beforeEach(async () => {
  stage = await startRun();
  addRepository(stage.github.state, 'ciclo-ml/fuel');
  addToken(stage.github.state, 'job-token');
  reader = createEvaluationReader(access());
});
afterEach(() => stage[Symbol.asyncDispose]());

const access = (overrides: { readonly token?: string; readonly repository?: string } = {}) => ({
  ...{ apiUrl: stage.github.url, token: 'job-token', repository: 'ciclo-ml/fuel', pause: 1 },
  ...overrides,
});
/** The next GET of a path goes wrong. */
const fail = (path: string | RegExp, kind: Fault['kind']): void =>
  stage.github.fault({ method: 'GET', path, times: 1, kind });
const sound = evaluationArchive();
const plant = (planted: Partial<PlantedArtifact> = {}) =>
  stage.service.plant(stage.run, { name: sound.name, bytes: zipOf(sound.files), ...planted });
/** Reads what a fork's run holds, as comment.yml does. */
const readFirst = async () => reader.read((await reader.list(7))[0]!);

describe("another run's evaluation, by the REST API", () => {
  test('is found, downloaded and read', async () => {
    plant();
    const { evaluation } = await readFirst();
    expect(evaluation.pipeline).toBe('fuel');
  });

  test('is the newest of each pipeline; other artifacts and expired ones are left out', async () => {
    const other = evaluationArchive().name.replace('fuel', 'house');
    plant();
    plant({ name: 'dist' });
    plant({ name: 'ciclo-fuel-model-0123456789abcdef' });
    plant({ name: other });
    const newest = plant();
    plant({ expired: true });
    expect((await reader.list(7)).map(({ id }) => id)).toEqual([newest.id, newest.id - 1]);
  });

  test('is found among more artifacts than one page holds', async () => {
    plant();
    for (let i = 0; i < 205; i++) plant({ name: `dist-${i}` });
    expect(await listRunArtifacts(access(), 7)).toHaveLength(206);
    expect(await reader.list(7)).toHaveLength(1);
    const pages = stage.service.state.calls.filter((call) => call === 'GET runs/{run_id}/artifacts');
    expect(pages).toHaveLength(6);
  });

  test('of a run with artifacts without end: no more than ten pages are read', async () => {
    for (let i = 0; i < 1100; i++) plant({ name: `dist-${i}` });
    expect(await listRunArtifacts(access(), 7)).toHaveLength(1000);
  });

  test('of more than twenty pipelines: twenty are read', async () => {
    for (let i = 0; i < 30; i++) plant({ name: sound.name.replace('fuel', `p${i}`) });
    expect(await reader.list(7)).toHaveLength(20);
  });
});

describe('a hostile artifact is refused:', () => {
  const evil = Buffer.from('evil');
  const failing = evaluationArchive({ evaluation: { gates: [sampleGate({ outcome: 'fail' })] } });
  const refused: readonly (readonly [string, Partial<PlantedArtifact>, RegExp])[] = [
    [
      'a path that leaves the folder',
      { bytes: buildZip([{ name: '../evil', bytes: evil }]) },
      /"\.\.\/evil" leaves the folder/,
    ],
    [
      'a symbolic link',
      { bytes: buildZip([{ name: 'evaluation.json', mode: 0o120777, bytes: evil }]) },
      /is a symbolic link/,
    ],
    [
      '5 GB inside',
      { bytes: buildZip([{ name: 'evaluation.json', claimedSize: 4_294_967_290 }]) },
      /claims 4294967290 bytes/,
    ],
    ['another digest than stated', { digest: `sha256:${'0'.repeat(64)}` }, /is not what its store states/],
    ['no digest at all', { digest: null }, /states no digest/],
    ['no zip archive', { bytes: evil }, /not a zip archive that can be read/],
    [
      'no evaluation inside',
      { bytes: buildZip([{ name: 'evil.js', bytes: evil }]) },
      /has no manifest\.json/,
    ],
    ['a verdict that its gates do not give', { bytes: zipOf(failing.files) }, /its gates give fail/],
    [
      "another pipeline's name",
      { name: sound.name.replace('fuel', 'other') },
      /holds the evaluation of the pipeline "fuel"/,
    ],
  ];
  test.each(refused)('%s', async (_what, planted, message) => {
    plant(planted);
    const error = await readFirst().catch((e: unknown) => e);
    expect(error).toBeInstanceOf(IntegrityError);
    expect((error as Error).message).toMatch(message);
  });

  test('5 GB claimed, which are not even asked for', async () => {
    plant({ size: 5_000_000_000 });
    await expect(readFirst()).rejects.toThrow(/has 5000000000 bytes; Ciclo downloads at most 268435456/);
    expect(stage.service.state.calls).toEqual(['GET runs/{run_id}/artifacts']);
  });

  test('more bytes than claimed: it is cut off', async () => {
    const record = plant();
    stage.service.replaceBytes(record, new Uint8Array(3_000_000));
    const [artifact] = await reader.list(7);
    await expect(readRunArtifact(access(), artifact!, 1_000_000)).rejects.toThrow(
      /sends more than 1000000 bytes, though it claims fewer/,
    );
  });
});

describe('reading by the REST API', () => {
  test('sends the token only to the API, never to where the bytes are', async () => {
    await using blobs = await startGitHub();
    blobs.routes(stage.service.routes);
    stage.github.routes([
      {
        method: 'GET',
        path: '/repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
        contract: 'openapi',
        answer: async (exchange) => {
          const route = stage.service.routes.find(({ path }) => path.endsWith('{archive_format}'))!;
          return route.answer({ ...exchange, origin: blobs.origin });
        },
      },
    ]);
    plant();
    await readFirst();
    expect(stage.github.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer job-token',
      'Bearer job-token',
    ]);
    expect(blobs.requests.map(({ path, headers }) => [path.slice(0, 16), headers.authorization])).toEqual([
      ['/artifact-blobs/', undefined],
    ]);
  });

  test('tries again after what passes: a failing server, a cut connection, a rate limit that says when', async () => {
    plant();
    const list = '/repos/ciclo-ml/fuel/actions/runs/7/artifacts';
    fail(list, { status: 502 });
    fail(list, { status: 429, headers: { 'retry-after': '0' } });
    const [artifact] = await reader.list(7);
    fail(/\/zip$/, { drop: 'before' });
    fail(/^\/artifact-blobs\//, { drop: 'during' });
    expect((await reader.read(artifact!)).evaluation.pipeline).toBe('fuel');
  });

  test('gives up after three attempts, and at once when the pause asked for is long', async () => {
    for (let i = 0; i < 3; i++) fail(/artifacts$/, { status: 500 });
    await expect(reader.list(7)).rejects.toThrow(PassingError);
    fail(/artifacts$/, { status: 403, headers: { 'retry-after': '3600' } });
    await expect(reader.list(7)).rejects.toThrow(/GitHub answered 403 \(its rate limit is used up\)/);
    fail(/artifacts$/, { rateLimit: { reset: 1_800_000_000 } });
    await expect(reader.list(7)).rejects.toThrow(/\(its rate limit is used up\)/);
    expect(stage.github.requests).toHaveLength(5);
  });

  test('without the permission, or of a run that is gone, names the line to add', async () => {
    await expect(reader.list(8)).rejects.toThrow(
      new ConfigurationError(
        'cannot read the artifacts of run 8 in ciclo-ml/fuel: GitHub answered 404: it is gone, or the token may not see it: give the job permissions: actions: read',
      ),
    );
    fail(/artifacts$/, { status: 403 });
    await expect(reader.list(7)).rejects.toThrow(/GitHub answered 403.+permissions: actions: read/);
  });

  test('of an artifact that expired since it was listed says so', async () => {
    const record = plant();
    const [artifact] = await reader.list(7);
    record.expired = true;
    await expect(reader.read(artifact!)).rejects.toThrow(/has expired: run the workflow again/);
  });

  test('follows no address that is neither https nor of the kind of the API', async () => {
    plant();
    fail(/zip$/, { status: 302, headers: { location: 'ftp://example.com/evil' } });
    await expect(readFirst()).rejects.toThrow(
      /sent an address of "ftp:\/\/example\.com", which is not https/,
    );
  });
});
