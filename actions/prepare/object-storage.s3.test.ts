import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readArrivals } from '../../cli/replay/arrivals.ts';
import { haveS3, type S3Server, s3Server } from '../../shared/source/testing/s3-server.ts';
import { whyRowsWithheld } from '../deploy/withheld-rows.ts';
import { housesConfig, housesCsv } from '../testing/houses.ts';
import { filesOf, leaksIn } from '../testing/leaks.ts';
import { type PipelineFolder, pipelineFolder, quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { collect } from './collect.ts';
import { planLock, writeLock } from './lock.ts';
import { prepare } from './prepare.ts';

const secrets = ['of-the-laboratory', 'and-only-for-an-hour'];

describe.skipIf(!haveS3())('a pipeline whose data is in object storage', () => {
  let server: S3Server;
  let keys: { id: string; secret: string };
  beforeAll(async () => {
    server = await s3Server();
    const [head, ...rows] = housesCsv().trimEnd().split('\n');
    const part = (from: number, to: number): string => `${[head, ...rows.slice(from, to)].join('\n')}\n`;
    await server.fill('houses', { 'data/a.csv': part(0, 120), 'data/b.csv': part(120, 200) });
    keys = await server.user('ciclo', {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['s3:*'], Resource: ['arn:aws:s3:::houses', 'arn:aws:s3:::houses/*'] },
      ],
    });
    return () => server[Symbol.asyncDispose]();
  });

  const config = (): string =>
    housesConfig({
      data: {
        source: { type: 'file', path: 's3://houses/data/*.csv', storage: { endpoint: server.url } },
        key: 'id',
      },
    });
  const environment = () => ({
    CICLO_S3_ACCESS_KEY_ID: keys.id,
    CICLO_S3_SECRET_ACCESS_KEY: keys.secret,
    CICLO_S3_SESSION_TOKEN: secrets[1]!,
  });
  const lockOf = async (folder: PipelineFolder) =>
    writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts(environment())));

  test('has the digests of its objects in the lock, its rows in a snapshot, and the dataset that files would give', async () => {
    await using folder = await pipelineFolder(config());
    await using local = await pipelineFolder(housesConfig(), { 'data/houses.csv': housesCsv() });
    const { lock } = await lockOf(folder);
    expect(lock.data.parts.map(({ name, rows }) => [name, rows])).toEqual([
      ['s3://houses/data/a.csv', 120],
      ['s3://houses/data/b.csv', 80],
    ]);
    expect(lock.data.snapshot).toMatch(/^sha256:/);
    const made = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    const expected = await prepare({ pipeline: await local.pipeline() }, quietPorts());
    for (const name of ['train.arrow', 'validation.arrow', 'test.arrow', 'recipe.json', 'schema.json']) {
      const bytes = await readFile(path.join(made.folder, name));
      expect(bytes.equals(await readFile(path.join(expected.folder, name)))).toBe(true);
    }
  });

  test('is an error where an object is no longer what the lock pins, and the snapshot is not here', async () => {
    await server.fill('changed', { 'a.csv': housesCsv() });
    const there = config().replace('s3://houses/data/*.csv', 's3://changed/a.csv');
    await using folder = await pipelineFolder(there);
    const pipeline = await lockOf(folder);
    await server.fill('changed', { 'a.csv': housesCsv().replace(/\n.*\n$/, '\n') });
    await using elsewhere = await pipelineFolder(there, {
      'ciclo.lock': await readFile(pipeline.lockFile, 'utf8'),
    });
    const read = prepare({ pipeline: await elsewhere.pipeline() }, quietPorts(environment()));
    expect(await refusalOf(read)).toContain('s3://changed/a.csv: changed, 200 rows before, 199 now');
  });

  test('is not in the repository: a release says nothing of its rows, and replay writes them', async () => {
    await server.fill('years', { '2001.csv': 't,y\n2001,1\n', '2002.csv': 't,y\n2002,2\n' });
    const source = { type: 'file', path: 's3://years/*.csv', storage: { endpoint: server.url } };
    const text = stringify({ task: 'regression', target: 'y', data: { source, time: 't' } });
    await using years = await pipelineFolder(text);
    const arrivals = await readArrivals(await years.pipeline(), quietPorts(environment()));
    expect(arrivals.periods).toEqual(['2001', '2002']);
    const [[name, bytes]] = [...(await arrivals.files('2002'))] as [[string, Uint8Array]];
    expect([name, Buffer.from(bytes).toString()]).toEqual(['data/2002.ndjson', '{"t":2002,"y":2}\n']);

    await using folder = await pipelineFolder(config());
    const pipeline = await lockOf(folder);
    await rm(path.join(folder.path, '.ciclo/snapshots'), { recursive: true });
    const deployed = { pipeline, commit: '0'.repeat(40) };
    expect(await whyRowsWithheld(deployed, pipeline.lock.data.digest, quietPorts(environment()))).toBe(
      'rows come from object storage, and no snapshot of them (data.snapshot) is in the repository',
    );
  });

  test('may be one of several sources, which the lock then has a snapshot of', async () => {
    await server.fill('prices', { 'p.csv': 'id,since,price\na,2000,1\n' });
    const prices = { type: 'file', path: 's3://prices/p.csv', storage: { endpoint: server.url } };
    const join = { with: 'prices', on: 'id', 'as-of': { time: { t: 'since' } } };
    const rows = Array.from({ length: 40 }, (_, i) => `a,${2001 + (i % 20)},${i}`);
    const text = stringify({
      ...{ task: 'regression', target: 'y' },
      data: {
        sources: { orders: { type: 'file', path: 'orders.csv' }, prices },
        steps: [{ join }],
        time: 't',
      },
    });
    await using folder = await pipelineFolder(text, { 'orders.csv': ['id,t,y', ...rows, ''].join('\n') });
    const { lock } = await lockOf(folder);
    expect(lock.data.sources).toMatchObject({
      prices: { rows: 1, snapshot: expect.stringMatching(/^sha256:/) },
    });
    expect(lock.data.sources!.orders).not.toHaveProperty('snapshot');
    // Without keys: the snapshot has the rows.
    const { table } = await collect(await folder.pipeline(), quietPorts());
    expect(table.rows).toBe(40);
  });

  test('shows its credentials nowhere: not in logs, lock, snapshot, dataset, nor in errors', async () => {
    await using folder = await pipelineFolder(config());
    const ports = quietPorts(environment());
    await writeLock(await planLock({ pipeline: await folder.pipeline() }, ports));
    await prepare({ pipeline: await folder.pipeline() }, ports);
    await server.lock();
    const { CICLO_S3_SESSION_TOKEN: token, ...lasting } = environment();
    const shown = new Map<string, string | Uint8Array>([
      ...(await filesOf(folder.path)),
      ['log', JSON.stringify(ports.log)],
    ]);
    for (const [given, code] of [
      [{ ...lasting, CICLO_S3_SECRET_ACCESS_KEY: secrets[0]! }, 'SignatureDoesNotMatch'],
      [{ ...lasting, CICLO_S3_SESSION_TOKEN: token }, 'InvalidToken'],
    ] as const) {
      const wrong = quietPorts(given);
      const message = await refusalOf(planLock({ pipeline: await folder.pipeline() }, wrong));
      expect(message).toContain(code);
      shown.set(`error ${code}`, message).set(`log of ${code}`, JSON.stringify(wrong.log));
    }
    expect(String(shown.get('ciclo.lock'))).toContain('s3://houses/data/a.csv');
    expect(leaksIn(shown, [...secrets, keys.id, keys.secret, 'AWS4-HMAC', 'X-Amz-'])).toEqual([]);
  });
});
