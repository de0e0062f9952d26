import { expect, test } from 'vitest';
import { requestUrl } from './object-address.ts';
import { signedHeaders } from './signed-headers.ts';

/**
 * AWS's own examples: "Examples: Signature Calculations in AWS Signature Version 4",
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html.
 */
const signing = {
  credentials: {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  },
  region: 'us-east-1',
  now: Date.UTC(2013, 4, 24),
};

test.each([
  [
    'GET Object with a range',
    'test.txt',
    { range: 'bytes=0-9' },
    'host;range;x-amz-content-sha256;x-amz-date',
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  ],
  [
    'GET Bucket Lifecycle',
    '?lifecycle',
    {},
    'host;x-amz-content-sha256;x-amz-date',
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  ],
  [
    'Get Bucket (List Objects)',
    '?max-keys=2&prefix=J',
    {},
    'host;x-amz-content-sha256;x-amz-date',
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  ],
])('%s is signed as AWS publishes it', async (_, path, headers, signedNames, signature) => {
  const url = new URL(`https://examplebucket.s3.amazonaws.com/${path}`);
  const { authorization } = await signedHeaders(url, headers, signing);
  expect(authorization).toBe(
    `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=${signedNames}, Signature=${signature}`,
  );
});

/** By botocore 1.44.8, S3SigV4Auth, at the same time and with the same keys; of AWS's first example it gives AWS's signature. */
test.each([
  [
    'a list by prefix and delimiter',
    '',
    { 'list-type': '2', 'encoding-type': 'url', prefix: 'data/a b+ü/', delimiter: '/' },
    {},
    'host;x-amz-content-sha256;x-amz-date',
    '39353394c8318326e61fb706c8bd06a02550e416b535932be5d02c51ee9e2a0b',
  ],
  [
    'a range of a key with odd characters, if it is the same version',
    "data/year=2024/a b+c'(1)*!ü%~.csv",
    {},
    { 'if-match': '"abc"', range: 'bytes=0-9' },
    'host;if-match;range;x-amz-content-sha256;x-amz-date',
    '318f73a4d16b06d35b56f5b95be977ccd0f6798257292d865bc77bd2cce65ac8',
  ],
])('%s is signed as AWS’s own client does', async (_, key, query, headers, signedNames, signature) => {
  const place = { endpoint: 'https://s3.amazonaws.com', region: 'us-east-1', 'path-style': false };
  const url = requestUrl(place, { bucket: 'examplebucket', key }, query as Record<string, string>);
  const { authorization } = await signedHeaders(url, headers as Record<string, string>, signing);
  expect(authorization).toContain(`SignedHeaders=${signedNames}, Signature=${signature}`);
});

test('a session token is sent and signed with everything else', async () => {
  const credentials = { ...signing.credentials, sessionToken: 'of a role' };
  const url = new URL('https://examplebucket.s3.amazonaws.com/test.txt');
  const headers = await signedHeaders(url, { 'if-match': '"a"' }, { ...signing, credentials });
  expect(headers['x-amz-security-token']).toBe('of a role');
  expect(headers.authorization).toContain(
    'SignedHeaders=host;if-match;x-amz-content-sha256;x-amz-date;x-amz-security-token,',
  );
});
