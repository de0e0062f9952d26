import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sourceSchema } from '../../config/sections/sources/source.ts';
import { fixedClock } from '../../platform/clock.ts';
import { type LogEntry, recordingLogger, silentLogger } from '../../platform/logger.ts';
import { readSource } from '../read-source.ts';
import { forwardingServer } from '../testing/forwarding-server.ts';
import { messageFrom, readConfigured, readFiles, readOptions, rowsOf } from '../testing/read-helpers.ts';
import { haveS3, type S3Server, s3Server } from '../testing/s3-server.ts';
import type { ObjectCredentials } from '../types.ts';

const environment = { CICLO_S3_ACCESS_KEY_ID: 'AKIAEXAMPLE', CICLO_S3_SECRET_ACCESS_KEY: 'hush-hush' };
const files = z
  .object({ files: z.record(z.string(), z.base64()) })
  .transform((fixture) => fixture.files)
  .parse(JSON.parse(readFileSync(new URL('../fixtures/columnar.json', import.meta.url), 'utf8')));
const fixture = (name: string) => Buffer.from(files[name]!, 'base64');

type Given = NonNullable<Parameters<typeof readConfigured>[1]>;
const read = (endpoint: string, path: string | string[], storage: object = {}, given: Given = {}) =>
  readConfigured({ type: 'file', path, storage: { endpoint, ...storage } }, { environment, ...given });

/** A table of two columns, of so many bytes at least. */
function largeCsv(bytes: number): string {
  const line = '12345.5,abcdefghij\n';
  return `x,y\n${line.repeat(Math.ceil(bytes / line.length))}`;
}

describe.skipIf(!haveS3())('object storage, by moto', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await s3Server();
    await server.fill('sales', {
      'data/a.csv': 'x,y\n1,a\n2,b\n',
      'data/b.csv': 'x,y\n3,c\n',
      'data/_SUCCESS': '',
      'data/.hidden.csv': 'x,y\n4,d\n',
      'data/deep/c.csv': 'x,y\n5,e\n',
      'data2/z.csv': 'x,y\n6,f\n',
      'year=2024/p.csv': 'x\n1\n',
      'year=2025/p.csv': 'x\n2\n',
      'o%20dd/%C3%BC%2B%26%3D%5B1%5D.csv': 'x\n9\n',
      'packed/a.csv.gz': gzipSync('x,y\n7,g\n'),
      'rows/a.json': '[{"x":1,"y":"a"},{"x":2,"y":"b"}]',
      'rows/a.ndjson': '{"x":1,"y":"a"}\n{"x":2,"y":"b"}\n',
      'empty/a.csv': '',
      'lfs/a.csv': 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
      'tables/zstd.parquet': fixture('zstd.parquet'),
      'tables/two-groups.parquet': fixture('two-groups.parquet'),
    });
    return () => server[Symbol.asyncDispose]();
  });

  const ab = [
    { x: 1, y: 'a' },
    { x: 2, y: 'b' },
    { x: 3, y: 'c' },
  ];

  test.each([
    ['an object', 's3://sales/data/a.csv', ab.slice(0, 2)],
    ['a glob', 's3://sales/data/*.csv', ab],
    ['a glob over folders', 's3://sales/data/**/*.csv', [...ab, { x: 5, y: 'e' }]],
    ['a glob with choices', 's3://sales/data/[ab].{csv,tsv}', ab],
    ['a folder', 's3://sales/data', [...ab, { x: 5, y: 'e' }]],
    ['a folder with its slash', 's3://sales/data/', [...ab, { x: 5, y: 'e' }]],
    ['an object of which a glob could be said', 's3://sales/o dd/ü+&=[1].csv', [{ x: 9 }]],
    [
      'columns by folders',
      's3://sales/year=*/p.csv',
      [
        { x: 1, year: 2024 },
        { x: 2, year: 2025 },
      ],
    ],
    ['a packed object', 's3://sales/packed/*.gz', [{ x: 7, y: 'g' }]],
    ['JSON', 's3://sales/rows/a.json', ab.slice(0, 2)],
    ['NDJSON', 's3://sales/rows/a.ndjson', ab.slice(0, 2)],
  ])('%s is read as the same file of a disk would be', async (_, path, rows) => {
    expect(rowsOf((await read(server.url, path)).table)).toEqual(rows);
  });

  test('a bucket without a key is all that it holds', async () => {
    await server.fill('whole', { 'a.csv': 'x\n1\n', 'b/c.csv': 'x\n2\n', _SUCCESS: '' });
    for (const path of ['s3://whole', 's3://whole/']) {
      expect(rowsOf((await read(server.url, path)).table)).toEqual([{ x: 1 }, { x: 2 }]);
    }
    await server.fill('nothing');
    expect(await messageFrom(read(server.url, 's3://nothing'))).toContain(
      '"s3://nothing/" matches no object in s3://nothing/',
    );
  });

  test('keys of every kind are found by lists and by themselves', async () => {
    const keys = [
      ...[
        'a b.csv',
        'a  b.csv',
        'a+b.csv',
        '100%.csv',
        '%41.csv',
        'ü.csv',
        'u\u0308.csv',
        '日本.csv',
        '🙂.csv',
      ],
      ...[
        "it's (1)!*.csv",
        'a&b=c#d?e.csv',
        'a;b,c.csv',
        'a\\b.csv',
        '"q".csv',
        '<x>.csv',
        '{y}.csv',
        '[z].csv',
      ],
      ...['~t.csv', '@at:.csv', '$d.csv', '\u0001c.csv', '/twice.csv'],
    ].map((name) => `odd/${name}`);
    const encoded = (key: string): string => key.split('/').map(encodeURIComponent).join('/');
    await server.fill('odd', Object.fromEntries(keys.map((key, i) => [encoded(key), `x\n${i}\n`])));
    const { table, parts } = await read(server.url, 's3://odd/odd');
    expect(parts.map(({ name }) => name)).toEqual(
      keys.map((key) => `s3://odd/${key}`).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    );
    expect(new Set(rowsOf(table).map(({ x }) => x))).toEqual(new Set(keys.keys()));
    for (const [i, key] of keys.entries()) {
      expect(rowsOf((await read(server.url, `s3://odd/${key}`)).table), key).toEqual([{ x: i }]);
    }
  });

  test('more keys than a list has are listed page by page', async () => {
    const keys = Array.from({ length: 1105 }, (_, i) => `d/${String(i).padStart(4, '0')}.csv`);
    await server.fill('many', Object.fromEntries(keys.map((key, i) => [key, `x\n${i}\n`])));
    await using between = await forwardingServer(server.url, () => undefined);
    const { table } = await read(between.url, 's3://many/d/*99.csv');
    expect(rowsOf(table).map(({ x }) => x)).toEqual([
      ...[99, 199, 299, 399, 499, 599, 699, 799, 899, 999, 1099],
    ]);
    expect(between.asked.filter(({ path }) => path.includes('list-type=2'))).toHaveLength(2);
  });

  test('a bucket may be in the name of the host', async () => {
    await server.fill('hosted', { 'd/a.csv': 'x\n1\n', 'd/b.csv': 'x\n2\n' });
    const endpoint = server.url.replace('127.0.0.1', 'localhost');
    // As a resolver does that knows RFC 6761: what ends in .localhost is this machine.
    const { lookup } = dns;
    const local = (_: string, options: dns.LookupAllOptions, done: (...answer: unknown[]) => void): void =>
      done(null, options.all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4);
    Object.assign(dns, { lookup: local });
    try {
      for (const path of ['s3://hosted/d/*.csv', ['s3://hosted/d/a.csv', 's3://hosted/d/b.csv']]) {
        const { table } = await read(endpoint, path, { 'path-style': false });
        expect(rowsOf(table)).toEqual([{ x: 1 }, { x: 2 }]);
      }
    } finally {
      Object.assign(dns, { lookup });
    }
  });

  test('an object of no bytes among others is named; one that only marks a folder is none', async () => {
    await server.fill('bytes', { 'd/a.csv': 'x\n1\n', 'd/b.csv': '', 'm/': '', 'm/a.csv': 'x\n5\n' });
    for (const path of ['s3://bytes/d', 's3://bytes/d/*.csv']) {
      expect(await messageFrom(read(server.url, path))).toContain('s3://bytes/d/b.csv is empty');
    }
    expect(rowsOf((await read(server.url, 's3://bytes/m/')).table)).toEqual([{ x: 5 }]);
  });

  test('parts have the digests of the bytes, as those of files have', async () => {
    const names = ['zstd.parquet', 'two-groups.parquet'];
    const { parts, table } = await read(server.url, 's3://sales/tables/*.parquet');
    const local = await readFiles(Object.fromEntries(names.map((name) => [name, fixture(name)])));
    expect(parts).toEqual(local.parts.map((part) => ({ ...part, name: `s3://sales/tables/${part.name}` })));
    expect(rowsOf(table)).toEqual(rowsOf(local.table));
  });

  test('several paths are one table, each object once', async () => {
    const { parts } = await read(server.url, ['s3://sales/data/b.csv', 's3://sales/data/*.csv']);
    expect(parts.map(({ name }) => name)).toEqual(['s3://sales/data/a.csv', 's3://sales/data/b.csv']);
  });

  test('a large object comes in blocks, each asked for once, though its column of texts is read a second time', async () => {
    const text = `x,y\n${'12345.5,1\n'.repeat(450_000)}1,a\n`;
    await server.fill('large', { 'a.csv': text });
    await using between = await forwardingServer(server.url, () => undefined);
    const { table } = await read(between.url, 's3://large/a.csv');
    expect(table.rows).toBe(450_001);
    expect(table.columns.get('y')!.type).toBe('category');
    expect(between.asked.map(({ range }) => range).sort()).toEqual([
      'bytes=0-0',
      'bytes=0-4194303',
      `bytes=4194304-${text.length - 1}`,
    ]);
  });

  test('a pattern that matches nothing says what is there', async () => {
    expect(await messageFrom(read(server.url, 's3://sales/data/c.csv'))).toBe(
      'data.source.path: "s3://sales/data/c.csv" matches no object in s3://sales/data/; did you mean "s3://sales/data/a.csv" or "s3://sales/data/b.csv"?',
    );
    expect(await messageFrom(read(server.url, 's3://sales/rows/*.parquet'))).toBe(
      'data.source.path: "s3://sales/rows/*.parquet" matches no object in s3://sales/rows/, which holds a.json, a.ndjson',
    );
    expect(await messageFrom(read(server.url, 's3://sales/dota/*.csv'))).toContain(
      'in s3://sales/dota/, which holds nothing',
    );
    expect(await messageFrom(read(server.url, 's3://sales/rows'))).toContain(
      'folder s3://sales/rows holds files of different formats',
    );
  });

  test('an empty object, and a pointer of Git LFS, are named', async () => {
    expect(await messageFrom(read(server.url, 's3://sales/empty/a.csv'))).toContain('s3://sales/empty/a.csv');
    expect(await messageFrom(read(server.url, 's3://sales/lfs/a.csv'))).toBe(
      's3://sales/lfs/a.csv is a pointer of Git LFS, not the data (12345 bytes): run git lfs pull where it was copied from, and copy it again',
    );
  });

  test('a bucket that does not exist is named', async () => {
    const host = new URL(server.url).host;
    for (const path of ['s3://sails/data/*.csv', 's3://sails/data/a.csv']) {
      expect(await messageFrom(read(server.url, path))).toContain(
        `${host} answered 404 NoSuchBucket: there is no bucket "sails"; check data.source.path, and region and endpoint in data.source.storage`,
      );
    }
  });

  test('credentials that are not set say which, and what else there is', async () => {
    expect(await messageFrom(read(server.url, 's3://sales/data/a.csv', {}, { environment: {} }))).toBe(
      'data.source.storage: the environment variable CICLO_S3_ACCESS_KEY_ID is not set; set it where ciclo runs (in GitHub Actions: the secret CICLO_S3_ACCESS_KEY_ID), give the action the input aws-role, or say of a public bucket storage: { anonymous: true }',
    );
    const named = { 'access-key-id': '${{ env.CICLO_K }}', 'secret-access-key': '${{ env.CICLO_S }}' };
    expect(
      await messageFrom(read(server.url, 's3://sales/data/a.csv', named, { environment: { CICLO_K: 'k' } })),
    ).toContain('data.source.storage.secret-access-key: the environment variable CICLO_S is not set');
  });

  describe('that looks at rights', () => {
    let keys: { id: string; secret: string };
    let locked: S3Server;
    beforeAll(async () => {
      locked = await s3Server();
      await locked.fill('sales', {
        'data/a.csv': 'x\n1\n',
        'data/b.csv': 'x\n3\n',
        'other/a.csv': 'x\n2\n',
      });
      keys = await locked.user('reader', {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['s3:ListBucket', 's3:GetObject'],
            Resource: ['arn:aws:s3:::sales', 'arn:aws:s3:::sales/data/*'],
          },
        ],
      });
      await locked.lock();
      return () => locked[Symbol.asyncDispose]();
    });
    const as = (id: string, secret: string): Given => ({
      environment: { CICLO_S3_ACCESS_KEY_ID: id, CICLO_S3_SECRET_ACCESS_KEY: secret },
      clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
    });

    // moto before 5.2.5 itself signs what has to be escaped wrongly, as boto3 finds, too: signed-headers.test.ts has such.
    test('what the keys may read is read, by lists and by keys', async () => {
      const given = as(keys.id, keys.secret);
      const { table } = await read(locked.url, 's3://sales/*ata/**/*.csv', {}, given);
      expect(rowsOf(table)).toEqual([{ x: 1 }, { x: 3 }]);
      const one = await read(locked.url, 's3://sales/data/b.csv', {}, given);
      expect(rowsOf(one.table)).toEqual([{ x: 3 }]);
    });

    test.each([
      [
        'an unknown key',
        () => as('AKIAUNKNOWN', 'hush-hush'),
        '403 InvalidAccessKeyId: it does not accept the credentials',
      ],
      [
        'a wrong secret',
        () => as(keys.id, 'hush-hush'),
        '403 SignatureDoesNotMatch: it does not accept the credentials',
      ],
    ])('%s is refused, and said without the secret', async (_, given, words) => {
      const message = await messageFrom(read(locked.url, 's3://sales/data/a.csv', {}, given()));
      expect(message).toContain(words);
      expect(message).toContain('check the value of CICLO_S3_ACCESS_KEY_ID, CICLO_S3_SECRET_ACCESS_KEY');
      expect(message).not.toContain('hush-hush');
    });

    test('what the keys may not read is refused with the rights that it takes', async () => {
      const given = as(keys.id, keys.secret);
      expect(await messageFrom(read(locked.url, 's3://sales/other/a.csv', {}, given))).toContain(
        '403 AccessDenied: it refuses access: CICLO_S3_ACCESS_KEY_ID, CICLO_S3_SECRET_ACCESS_KEY must be allowed s3:GetObject on the objects and s3:ListBucket on the bucket',
      );
      expect(await messageFrom(read(locked.url, 's3://sales/data/a.csv', { anonymous: true }))).toContain(
        'it refuses access, and no credentials were sent (anonymous: true in data.source.storage)',
      );
    });
  });

  describe('on a bad day', () => {
    const second = (range: string | undefined) => range?.startsWith('bytes=4194304-') === true;

    test('an object that changes between two ranged reads is an error that says so', async () => {
      await server.fill('changing', { 'a.csv': largeCsv(4.3e6) });
      await using between = await forwardingServer(server.url, async ({ headers }) => {
        if (second(headers.range)) await server.fill('changing', { 'a.csv': largeCsv(4.4e6) });
        return undefined;
      });
      expect(await messageFrom(read(between.url, 's3://changing/a.csv'))).toBe(
        's3://changing/a.csv changed while it was read: it is not the version with which reading began; read it when nothing writes to it, or let each write be a new object',
      );
    });

    test('so is one that changes between the list and the reading, and one that is gone', async () => {
      for (const [change, words] of [
        [
          () => server.fill('moving', { 'a.csv': 'x\n2\n' }),
          'it is not the version with which reading began',
        ],
        [() => server.remove('moving', 'a.csv'), 'it is gone'],
      ] as const) {
        await server.fill('moving', { 'a.csv': 'x\n1\n' });
        await using between = await forwardingServer(server.url, async ({ url }) => {
          if (url!.startsWith('/moving/a.csv')) await change();
          return undefined;
        });
        expect(await messageFrom(read(between.url, 's3://moving/*.csv'))).toContain(
          `s3://moving/a.csv changed while it was read: ${words}`,
        );
      }
    });

    test('credentials that expire between the list and the reading are said to, and those of a role are had again', async () => {
      await server.fill('expiring', { 'a.csv': largeCsv(4.3e6) });
      // In the form of https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; moto's own never expire.
      const body =
        '<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>';
      const used: string[] = [];
      await using between = await forwardingServer(server.url, ({ headers }) => {
        const id = /Credential=([^/]+)/.exec(headers.authorization ?? '')![1]!;
        used.push(id);
        const isOld = id === 'AKIAEXAMPLE' || id === 'ASIA0';
        return second(headers.range) && isOld ? { answer: { status: 400, body } } : undefined;
      });
      expect(await messageFrom(read(between.url, 's3://expiring/*.csv'))).toContain(
        'answered 400 ExpiredToken: the credentials have expired: CICLO_S3_ACCESS_KEY_ID, CICLO_S3_SECRET_ACCESS_KEY must be set again',
      );
      let sessions = 0;
      const objectRole = (_: string, expired?: ObjectCredentials): Promise<ObjectCredentials> => {
        if (expired) sessions++;
        return Promise.resolve({
          accessKeyId: `ASIA${sessions}`,
          secretAccessKey: 'hush',
          sessionToken: 'x',
        });
      };
      used.length = 0;
      const source = sourceSchema.parse({
        ...{ type: 'file', path: 's3://expiring/*.csv', storage: { endpoint: between.url } },
      });
      const ports = {
        logger: silentLogger,
        clock: fixedClock(0),
        environment: {},
        directory: '.',
        objectRole,
      };
      const { table } = await readSource(source, readOptions, ports);
      expect(table.rows).toBe(Math.ceil(4.3e6 / 19));
      expect([used[0], used.at(-1), sessions]).toEqual(['ASIA0', 'ASIA1', 1]);
    });

    test('a connection that breaks in mid-stream is made again, from where it was', async () => {
      await server.fill('breaking', { 'a.csv': largeCsv(4.3e6) });
      let broken = 0;
      await using between = await forwardingServer(server.url, ({ headers }) =>
        second(headers.range) && broken++ === 0 ? { cutAfter: 50_000 } : undefined,
      );
      const log: LogEntry[] = [];
      const given = { logger: recordingLogger(log) };
      const { table } = await read(between.url, 's3://breaking/a.csv', {}, given);
      expect(table.rows).toBe(Math.ceil(4.3e6 / 19));
      expect(log.map(({ message }) => message.replace(/in [\d.]+ s/, 'in N s'))).toContain(
        `s3://breaking/a.csv (${new URL(between.url).host}): the connection failed (ECONNRESET); trying again in N s (1 of 4)`,
      );
      expect(between.asked.filter(({ range }) => range?.startsWith('bytes=0-4'))).toHaveLength(1);
    });

    test('a server that is gone in mid-stream is given up with each try, and nothing is left behind', async () => {
      await server.fill('gone', { 'a.csv': largeCsv(4.3e6) });
      await using between = await forwardingServer(server.url, ({ headers }) =>
        second(headers.range) ? { cutAfter: 1000 } : undefined,
      );
      expect(await messageFrom(read(between.url, 's3://gone/a.csv', { retries: 2 }))).toBe(
        `s3://gone/a.csv (${new URL(between.url).host}) gave no answer in 3 tries: the connection failed (ECONNRESET) each time; try later, or raise data.source.storage.retries or timeout`,
      );
      const own = `ciclo-objects-${process.pid}-`;
      expect((await readdir(tmpdir())).filter((name) => name.startsWith(own))).toEqual([]);
    });

    test('a server that does not answer in time is given up', async () => {
      await using between = await forwardingServer(server.url, () => ({ silent: true }));
      expect(
        await messageFrom(read(between.url, 's3://sales/data/*.csv', { retries: 1, timeout: 0.1 })),
      ).toContain('gave no answer in 2 tries: no answer within 0.1 s each time;');
    });
  });
});
