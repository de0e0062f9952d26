import { expect, test } from 'vitest';
import { problemsOf } from '../testing/problems-of.ts';

/** The problems of a source's settings, without their places. */
function problems(source: string): string[] {
  const text = `task: regression\ntarget: mpg\ndata:\n  source: ${source}\n`;
  return problemsOf(text).map((line) => line.replace(/^ciclo\.yml:\d+:\d+: /, ''));
}

test('paths in object storage are accepted, with where it is and whose keys ask', () => {
  const keys =
    'access-key-id: "${{ env.CICLO_KEY }}", secret-access-key: "${{ env.CICLO_SECRET }}", session-token: "${{ env.CICLO_TOKEN }}"';
  for (const source of [
    '{ type: file, path: "s3://sales/data/*.parquet" }',
    '{ type: file, path: ["s3://sales/2025/", "s3://sales/2026/"], storage: { region: eu-west-1 } }',
    '{ type: file, path: "s3://sales.acme-1/a.csv", storage: { endpoint: "http://127.0.0.1:9000", path-style: false } }',
    '{ type: file, path: "s3://open-data/a.csv", storage: { anonymous: true, timeout: 5, retries: 0 } }',
    `{ type: file, path: "s3://sales/a.csv", storage: { ${keys} } }`,
  ]) {
    expect(problems(source)).toEqual([]);
  }
});

test.each([
  ['s3://', '"s3://": there is no bucket; allowed: s3://bucket/path/*.parquet'],
  ['s3://Ab*/x', '"s3://Ab*/x": "Ab*" is not the name of a bucket; allowed: s3://bucket/path/*.parquet'],
  [
    's3://sales',
    '"s3://sales" names a bucket and nothing in it; allowed: s3://sales/*.parquet, or a folder such as s3://sales/data/',
  ],
  [
    's3://sales/a/../b.csv',
    '"s3://sales/a/../b.csv": "." and ".." lead nowhere in object storage; write the whole path',
  ],
  ['s3a://sales/a.csv', '"s3a://sales/a.csv" cannot be read: write s3://'],
  [
    'gs://sales/a.csv',
    '"gs://sales/a.csv" cannot be read: Google Cloud Storage answers as S3 does: write s3://, storage: { endpoint: "https://storage.googleapis.com" } and an HMAC key',
  ],
  ['https://acme.org/a.csv', '"https://acme.org/a.csv" cannot be read: write source: { type: http, url: … }'],
  [
    'azure://x/a.csv',
    '"azure://x/a.csv" cannot be read: a path is a file beside ciclo.yml, or s3://bucket/key',
  ],
])('a path %s says what would be right', (path, message) => {
  expect(problems(`{ type: file, path: "${path}" }`)).toEqual([`data.source.path: ${message}`]);
});

test('files beside ciclo.yml and objects are no one source, and storage is of objects', () => {
  expect(problems('{ type: file, path: ["data/*.csv", "s3://sales/a.csv"] }')).toEqual([
    'data.source.path[0]: "data/*.csv" is a file beside ciclo.yml and "s3://sales/a.csv" is in object storage; allowed: one or the other, or two of data.sources and a step union',
  ]);
  expect(problems('{ type: file, path: a.csv, storage: { region: eu-west-1 } }')).toEqual([
    'data.source.storage: says where s3:// paths are, and no path of this source begins with s3://; leave it out',
  ]);
});

test('a secret in the file, keys of other variables and keys without their other half are refused', () => {
  const storage = (keys: string) =>
    problems(`{ type: file, path: "s3://sales/a.csv", storage: { ${keys} } }`);
  expect(storage('access-key-id: AKIAEXAMPLE, secret-access-key: "${{ env.CICLO_S }}"')).toEqual([
    'data.source.storage.access-key-id: the file contains a secret, and is committed; write ${{ env.CICLO_S3_ACCESS_KEY_ID }} for it',
  ]);
  expect(storage('access-key-id: "${{ env.CICLO_K }}", secret-access-key: "${{ env.AWS_SECRET }}"')).toEqual([
    expect.stringContaining(
      'the variable AWS_SECRET may not be read here; only names that start with CICLO_ may',
    ),
  ]);
  expect(storage('access-key-id: "${{ env.CICLO_K }}"')).toEqual([
    'data.source.storage: lacks secret-access-key: access-key-id and secret-access-key go together; leave all keys out for the defaults',
  ]);
  expect(storage('session-token: "${{ env.CICLO_T }}"')).toEqual([
    'data.source.storage: lacks access-key-id: access-key-id and secret-access-key go together; leave all keys out for the defaults',
  ]);
  expect(
    storage('anonymous: true, access-key-id: "${{ env.CICLO_K }}", secret-access-key: "${{ env.CICLO_S }}"'),
  ).toHaveLength(2);
  expect(storage('endpoint: "https://key:secret@store.example.org"')).toEqual([
    expect.stringContaining('data.source.storage.endpoint'),
  ]);
});
