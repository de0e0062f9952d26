import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { httpServer } from '../testing/http-server.ts';
import { messageFrom, readConfigured, rowsOf } from '../testing/read-helpers.ts';

const environment = {
  CICLO_S3_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  CICLO_S3_SECRET_ACCESS_KEY: 'hush-hush',
  CICLO_S3_SESSION_TOKEN: 'of-one-hour',
};
const read = (endpoint: string, path: string, storage: object = {}) =>
  readConfigured({ type: 'file', path, storage: { endpoint, ...storage } }, { environment });

/** Errors in the form of https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html. */
function refuse(response: ServerResponse, status: number, code: string, more = ''): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>said &quot;so&quot;, of-one-hour</Message>${more}</Error>`,
    );
}

/** What moto cannot be made to say. */
describe('a storage that refuses', () => {
  test.each([
    [
      400,
      'ExpiredToken',
      '',
      'the credentials have expired: CICLO_S3_ACCESS_KEY_ID, CICLO_S3_SECRET_ACCESS_KEY, CICLO_S3_SESSION_TOKEN must be set again; in a workflow the input aws-role takes on a role in each run',
    ],
    [
      400,
      'InvalidToken',
      '',
      'it does not accept the credentials; check the value of CICLO_S3_ACCESS_KEY_ID',
    ],
    [403, 'RequestTimeTooSkewed', '', 'the clock of this machine is wrong by more than it allows; set it'],
    [403, 'InvalidObjectState', '', 'the object is archived and cannot be read; restore it first'],
    [
      400,
      'AuthorizationHeaderMalformed',
      '<Region>eu-west-1</Region>',
      'the bucket "sales" is in another region; write data: { source: { storage: { region: eu-west-1 } } }',
    ],
    [301, 'PermanentRedirect', '', 'it wants to be asked elsewhere; check region and endpoint'],
    [400, 'KeyTooLongError', '', 'check data.source.path and data.source.storage'],
  ])('by %i %s says what to look at, once and without secrets', async (status, code, more, words) => {
    await using server = await httpServer((_request, response) => refuse(response, status, code, more));
    const message = await messageFrom(read(server.url, 's3://sales/a.csv'));
    expect(message).toContain(
      `s3://sales/a.csv: ${new URL(server.url).host} answered ${status} ${code}: ${words}`,
    );
    expect(message).toContain('said');
    expect(message).not.toContain('of-one-hour');
    expect(server.requests).toHaveLength(1);
  });

  test('for now is asked again', async () => {
    await using server = await httpServer((_request, response, before) => {
      if (before === 0) refuse(response, 503, 'SlowDown');
      else response.writeHead(206, { 'content-range': 'bytes 0-0/0' }).end();
    });
    expect(await messageFrom(read(server.url, 's3://sales/a.csv'))).toContain('s3://sales/a.csv is empty');
    expect(server.requests).toHaveLength(2);
  });
});

test('a storage may be given more time than a timer knows', async () => {
  await using server = await httpServer((_request, response) => {
    response.writeHead(206, { 'content-range': 'bytes 0-0/0' }).end();
  });
  for (const timeout of [3e6, 1e9]) {
    const message = await messageFrom(read(server.url, 's3://sales/a.csv', { timeout, retries: 0 }));
    expect(message).toContain('s3://sales/a.csv is empty');
  }
});

describe('a storage that is not as others', () => {
  test('must answer ranges', async () => {
    await using server = await httpServer((_request, response) => {
      response.end('x\n1\n');
    });
    expect(await messageFrom(read(server.url, 's3://sales/a.csv'))).toBe(
      's3://sales/a.csv: the storage answered 200 with the range "", which is not what it was asked for; object storage must answer ranges (HTTP Range)',
    );
  });

  test('may know no If-Match: another ETag tells as well that the object is another one', async () => {
    await using server = await httpServer(({ headers }, response, before) => {
      const range = headers.range === 'bytes=0-0' ? '0-0' : '0-3';
      response
        .writeHead(206, { 'content-range': `bytes ${range}/4`, etag: `"${before}"` })
        .end('x\n1\n'.slice(0, range === '0-0' ? 1 : 4));
    });
    expect(await messageFrom(read(server.url, 's3://sales/a.csv'))).toContain('changed while it was read');
  });

  test('may keep objects packed; one whose name does not say so is named', async () => {
    await using server = await httpServer((_request, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-0/1', 'content-encoding': 'gzip' }).end('x');
    });
    expect(await messageFrom(read(server.url, 's3://sales/a.csv'))).toBe(
      's3://sales/a.csv is stored packed (Content-Encoding: gzip), and its name does not say so; name it a.csv.gz',
    );
  });

  test('lists page by page', async () => {
    const page = (keys: string[], next: string) =>
      `<ListBucketResult><IsTruncated>${next !== ''}</IsTruncated>${keys.map((key) => `<Contents><Key>${key}</Key><Size>4</Size><ETag>&quot;e&quot;</ETag></Contents>`).join('')}<NextContinuationToken>${next}</NextContinuationToken></ListBucketResult>`;
    await using server = await httpServer(({ path, query }, response) => {
      if (path !== '/sales/') {
        response.writeHead(206, { 'content-range': 'bytes 0-3/4', etag: '"e"' }).end('x\n1\n');
      } else if (query['continuation-token'] === 'a&b') response.end(page(['d/&amp;2.csv', 'd/e/3.csv'], ''));
      else response.end(page(['d/1.csv'], 'a&amp;b'));
    });
    const { table, parts } = await read(server.url, 's3://sales/d/*.csv', { anonymous: true });
    expect(parts.map(({ name }) => name)).toEqual(['s3://sales/d/&2.csv', 's3://sales/d/1.csv']);
    expect(rowsOf(table)).toEqual([{ x: 1 }, { x: 1 }]);
    expect(server.requests[0]!.query).toMatchObject({ prefix: 'd/', delimiter: '/', 'list-type': '2' });
    expect(server.requests[0]!.headers.authorization).toBeUndefined();
  });

  test('must say how to list the rest, which would be missing in silence', async () => {
    await using server = await httpServer(({ path }, response) => {
      if (path === '/sales/') {
        response.end(
          '<ListBucketResult><IsTruncated>true</IsTruncated><NextMarker>d/1.csv</NextMarker><Contents><Key>d/1.csv</Key><Size>4</Size></Contents></ListBucketResult>',
        );
      } else response.writeHead(206, { 'content-range': 'bytes 0-3/4' }).end('x\n1\n');
    });
    expect(await messageFrom(read(server.url, 's3://sales/d/*.csv'))).toBe(
      's3://sales/d/: the storage says that more than 1 objects begin with it, and not how to list the others; it must list pages as S3 does (ListObjectsV2, NextContinuationToken)',
    );
  });
});
