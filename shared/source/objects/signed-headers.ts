import { AwsV4Signer } from 'aws4fetch';
import { sha256 } from '../../platform/digest.ts';
import type { ObjectCredentials } from '../types.ts';

/** SHA-256 of a request without a body. */
const noBody = sha256(new Uint8Array(0)).replace('sha256:', '');

/**
 * The headers of a GET request to S3 with its signature (AWS Signature Version 4), all given headers signed.
 *
 * @param signing.now milliseconds since 1970. @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export async function signedHeaders(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signing: { readonly credentials: ObjectCredentials; readonly region: string; readonly now: number },
): Promise<Record<string, string>> {
  const { credentials, region, now } = signing;
  const signer = new AwsV4Signer({
    method: 'GET',
    url: url.href,
    headers: { ...headers, 'x-amz-content-sha256': noBody },
    ...credentials,
    service: 's3',
    region,
    datetime: new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    allHeaders: true,
  });
  const signed = await signer.sign();
  return Object.fromEntries(signed.headers);
}
