import { ConfigurationError, quote } from '../../platform/errors.ts';
import { formatAddress, type ObjectAddress } from './object-address.ts';
import type { ObjectClient } from './object-client.ts';
import { changedObject, ObjectRefusal } from './object-failure.ts';

/** An object as it was found: what is read of it later is of this, or an error. */
export interface FoundObject extends ObjectAddress {
  readonly size: number;
  /** As the storage writes it, quotes included; empty where it gives none. */
  readonly etag: string;
}

/**
 * Looks for an object, by its first byte: an answer to HEAD would not say why it is refused.
 *
 * @throws ObjectRefusal of code `NoSuchKey` when there is none.
 */
export async function findObject(client: ObjectClient, address: ObjectAddress): Promise<FoundObject> {
  const { status, header } = await client.get({ ...address, headers: { range: 'bytes=0-0' }, accepted: 416 });
  const range = header('content-range') ?? '';
  // The first byte cannot be had of an empty object alone.
  const size = status === 416 ? '0' : /\/(\d+)$/.exec(range)?.[1];
  if (size === undefined) throw noRanges(address, status, range);
  return { ...address, size: Number(size), etag: header('etag') ?? '' };
}

/**
 * Bytes of an object from `start` to before `end`.
 *
 * @throws ConfigurationError when the object is no longer the one that was found; as the client does.
 */
export async function readRange(
  client: ObjectClient,
  object: FoundObject,
  start: number,
  end: number,
): Promise<Buffer> {
  const address = formatAddress(object);
  // A weak tag never matches (RFC 9110, 13.1.1): those are compared here alone.
  const strong = object.etag !== '' && !object.etag.startsWith('W/');
  const headers = {
    range: `bytes=${start}-${end - 1}`,
    ...(strong ? { 'if-match': object.etag } : {}),
  };
  const { status, header, bytes } = await client.get({ ...object, headers }).catch((error: unknown) => {
    throw error instanceof ObjectRefusal && changes.has(error.code)
      ? changedObject(address, error.code)
      : error;
  });
  const encoding = header('content-encoding') ?? '';
  if (
    encoding !== '' &&
    encoding !== 'identity' &&
    encoding !== 'aws-chunked' &&
    !/\.gz$/i.test(object.key)
  ) {
    throw new ConfigurationError(
      `${address} is stored packed (Content-Encoding: ${encoding}), and its name does not say so; name it ${object.key}.gz`,
    );
  }
  const etag = header('etag') ?? '';
  if (etag !== '' && object.etag !== '' && etag !== object.etag) throw changedObject(address);
  const range = header('content-range') ?? '';
  if (bytes.length !== end - start || (status === 206 && !range.startsWith(`bytes ${start}-${end - 1}/`))) {
    throw noRanges(object, status, range);
  }
  return bytes;
}

/** What a storage answers when the object is another one, or gone, or shorter, than when it was found. */
const changes = new Set(['PreconditionFailed', 'NoSuchKey', 'InvalidRange']);

function noRanges(address: ObjectAddress, status: number, range: string): ConfigurationError {
  return new ConfigurationError(
    `${formatAddress(address)}: the storage answered ${status} with the range ${quote(range)}, which is not what it was ` +
      'asked for; object storage must answer ranges (HTTP Range)',
  );
}
