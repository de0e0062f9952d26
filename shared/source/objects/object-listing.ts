import { ConfigurationError } from '../../platform/errors.ts';
import type { FoundObject } from './found-object.ts';
import { formatAddress, type ObjectAddress } from './object-address.ts';
import type { ObjectClient } from './object-client.ts';
import { elementsOf, textOf } from './xml-values.ts';

/** Pages of a thousand objects. */
const mostPages = 1000;

/** What is below a prefix. */
export interface ObjectListing {
  readonly objects: readonly FoundObject[];
  /** With a delimiter: keys that end in it, for what lies further below. */
  readonly folders: readonly string[];
}

/**
 * Lists the objects whose keys begin with a prefix.
 *
 * @param address its key is the prefix. @param shallow only what has no further slash; the rest as folders.
 * @throws ConfigurationError when the bucket may not be listed, there are too many, or not all of them are told.
 */
export async function listObjects(
  client: ObjectClient,
  address: ObjectAddress,
  shallow: boolean,
): Promise<ObjectListing> {
  const objects: FoundObject[] = [];
  const folders: string[] = [];
  const query = {
    'list-type': '2',
    'encoding-type': 'url',
    prefix: address.key,
    ...(shallow ? { delimiter: '/' } : {}),
  };
  let token: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { bytes } = await client.get({
      ...{ bucket: address.bucket, key: '' },
      query: { ...query, ...(token === undefined ? {} : { 'continuation-token': token }) },
    });
    const xml = bytes.toString('utf8');
    const decode = textOf(xml, 'EncodingType') === 'url' ? decodedKey : (key: string): string => key;
    for (const element of elementsOf(xml, 'Contents')) {
      const { bucket } = address;
      const key = decode(textOf(element, 'Key') ?? '');
      objects.push({
        bucket,
        key,
        size: Number(textOf(element, 'Size')),
        etag: textOf(element, 'ETag') ?? '',
      });
    }
    for (const element of elementsOf(xml, 'CommonPrefixes'))
      folders.push(decode(textOf(element, 'Prefix') ?? ''));
    if (textOf(xml, 'IsTruncated') !== 'true') return { objects, folders };
    token = textOf(xml, 'NextContinuationToken');
    if (!token) throw noNextPage(address, objects.length);
  }
  throw new ConfigurationError(
    `data.source.path: more than ${objects.length} objects begin with ${formatAddress(address)}; narrow the pattern from its left end`,
  );
}

/** A storage that knows the older listing alone answers its first page for ever. */
function noNextPage(address: ObjectAddress, listed: number): ConfigurationError {
  return new ConfigurationError(
    `${formatAddress(address)}: the storage says that more than ${listed} objects begin with it, and not how to list the others; ` +
      'it must list pages as S3 does (ListObjectsV2, NextContinuationToken)',
  );
}

/** As forms are encoded: a plus is a space. What is not encoded, though the storage says so, is taken as it is. */
function decodedKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}
