import { expect, test } from 'vitest';
import { formatAddress, parseAddress, requestUrl } from './object-address.ts';

const aws = { region: 'eu-west-1' };

test('an address is read as it is written', () => {
  for (const text of ['s3://sales/data/a.csv', 's3://sales/', 's3://sales/a b/ü+?#&=.csv']) {
    expect(formatAddress(parseAddress(text))).toBe(text);
  }
});

test.each([
  ['of AWS, the bucket in the host', aws, 'sales', 'https://sales.s3.eu-west-1.amazonaws.com/a.csv'],
  [
    'of AWS in China',
    { region: 'cn-north-1' },
    'sales',
    'https://sales.s3.cn-north-1.amazonaws.com.cn/a.csv',
  ],
  [
    'of AWS, the bucket in the path where its dots would leave the certificate',
    aws,
    'sales.acme',
    'https://s3.eu-west-1.amazonaws.com/sales.acme/a.csv',
  ],
  [
    'elsewhere, the bucket in the path',
    { ...aws, endpoint: 'http://127.0.0.1:9000' },
    'sales',
    'http://127.0.0.1:9000/sales/a.csv',
  ],
  [
    'elsewhere, the bucket in the host where that is said',
    { ...aws, endpoint: 'https://store.example.org/', 'path-style': false },
    'sales',
    'https://sales.store.example.org/a.csv',
  ],
])('the URL is one %s', (_, place, bucket, url) => {
  expect(requestUrl(place, { bucket, key: 'a.csv' }).href).toBe(url);
});

test('keys and queries are written as RFC 3986 has them, which is what is signed', () => {
  const key = "year=2024/a b+c'(1)*!ü%.csv";
  const url = requestUrl(aws, { bucket: 'sales', key }, { prefix: 'a b+/', 'list-type': '2' });
  expect(url.pathname).toBe('/year%3D2024/a%20b%2Bc%27%281%29%2A%21%C3%BC%25.csv');
  expect(url.search).toBe('?prefix=a%20b%2B%2F&list-type=2');
  expect(requestUrl(aws, { bucket: 'sales', key: 'a//b' }).pathname).toBe('/a//b');
});

test.each([aws, { ...aws, endpoint: 'https://store.example.org', 'path-style': false }])(
  'a key that begins with a slash is one of the bucket, and no other host: %o',
  (place) => {
    const url = requestUrl(place, { bucket: 'sales', key: '/elsewhere.example.net/a.csv' });
    expect(url.host).toBe(requestUrl(place, { bucket: 'sales', key: 'a.csv' }).host);
    expect(url.pathname).toBe('//elsewhere.example.net/a.csv');
  },
);

test.each(['../payroll/a.csv', 'a/./b.csv', 'a/..'])(
  'a key that a URL would resolve is refused: %s',
  (key) => {
    expect(() => requestUrl({ ...aws, endpoint: 'http://127.0.0.1:9000' }, { bucket: 'sales', key })).toThrow(
      `"s3://sales/${key}" cannot be asked for`,
    );
  },
);
