import { type ObjectStorageConfig, objectScheme } from '../../config/sections/sources/object-storage.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';

/** A place in object storage: `s3://bucket/key`. A key may be a prefix or a pattern. */
export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

/** Reads `s3://bucket/key`, whose form ciclo.yml has been checked for. */
export function parseAddress(text: string): ObjectAddress {
  const rest = text.slice(objectScheme.length);
  const slash = rest.indexOf('/');
  return slash < 0 ? { bucket: rest, key: '' } : { bucket: rest.slice(0, slash), key: rest.slice(slash + 1) };
}

/** As people write it. */
export function formatAddress({ bucket, key }: ObjectAddress): string {
  return `${objectScheme}${bucket}/${key}`;
}

/** Where a storage is, and how it wants buckets to be named. */
export type StoragePlace = Pick<ObjectStorageConfig, 'region' | 'endpoint' | 'path-style'>;

/**
 * The URL of a bucket, or of an object in it.
 *
 * @param key without one, the bucket itself. @param query of the request.
 * @throws ConfigurationError for a key that no URL can name: one with a part "." or "..", which URLs resolve.
 */
export function requestUrl(
  place: StoragePlace,
  { bucket, key }: ObjectAddress,
  query: Readonly<Record<string, string>> = {},
): URL {
  const base = new URL(place.endpoint ?? `https://s3.${place.region}.${domainOf(place.region)}`);
  // A certificate for *.s3.… covers one name before the dot.
  const inPath = place['path-style'] ?? (place.endpoint !== undefined || bucket.includes('.'));
  if (!inPath) base.host = `${bucket}.${base.host}`;
  const parts = key.split('/');
  if (parts.some((part) => part === '.' || part === '..')) {
    throw new ConfigurationError(
      `${quote(formatAddress({ bucket, key }))} cannot be asked for: a URL has no part "." or ".."; give the object another key, or leave it out of data.source.path`,
    );
  }
  const path = parts.map(encoded).join('/');
  const url = new URL(base);
  // Set, not resolved: a path that begins with // would be another host, to which the signed request would go.
  url.pathname = inPath ? `/${encoded(bucket)}/${path}` : `/${path}`;
  url.search = Object.entries(query)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&');
  return url;
}

/** The domain of AWS in a region. */
export function domainOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/** As RFC 3986 writes it, which is what requests are signed by. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
