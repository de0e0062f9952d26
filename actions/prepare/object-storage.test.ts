import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { haveS3, type S3Server, s3Server } from '../../shared/source/testing/s3-server.ts';
import { housesConfig, housesCsv } from '../testing/houses.ts';
import { type PipelineFolder, pipelineFolder, quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { planLock, writeLock } from './lock.ts';
import { prepare } from './prepare.ts';

const secrets = ['of-the-laboratory', 'and-only-for-an-hour'];

/** Everything in a folder, its own `ciclo.yml` among it. */
async function contentOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((name) => name.isFile());
  const texts = files.map((file) => readFile(path.join(file.parentPath, file.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}

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

  test('shows its credentials nowhere: not in logs, lock, snapshot, dataset, nor in errors', async () => {
    await using folder = await pipelineFolder(config());
    const ports = quietPorts(environment());
    await writeLock(await planLock({ pipeline: await folder.pipeline() }, ports));
    await prepare({ pipeline: await folder.pipeline() }, ports);
    await server.lock();
    const { CICLO_S3_SESSION_TOKEN: token, ...lasting } = environment();
    const shown = [await contentOf(folder.path), JSON.stringify(ports.log)];
    for (const [given, code] of [
      [{ ...lasting, CICLO_S3_SECRET_ACCESS_KEY: secrets[0]! }, 'SignatureDoesNotMatch'],
      [{ ...lasting, CICLO_S3_SESSION_TOKEN: token }, 'InvalidToken'],
    ] as const) {
      const wrong = quietPorts(given);
      const message = await refusalOf(planLock({ pipeline: await folder.pipeline() }, wrong));
      expect(message).toContain(code);
      shown.push(message, JSON.stringify(wrong.log));
    }
    expect(shown.join()).toContain('s3://houses/data/a.csv');
    for (const secret of [...secrets, keys.id, keys.secret, 'AWS4-HMAC', 'X-Amz-']) {
      expect(shown.join('\n').toLowerCase()).not.toContain(secret.toLowerCase());
    }
  });
});
