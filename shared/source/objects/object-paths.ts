import path from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { type FileFormat, isMark } from '../file-format.ts';
import { whatIsThere } from '../file-paths.ts';
import { dataFiles } from '../files/file-folder.ts';
import { staticPart } from '../files/static-part.ts';
import { type FoundObject, findObject } from './found-object.ts';
import { formatAddress, type ObjectAddress, parseAddress } from './object-address.ts';
import type { ObjectClient } from './object-client.ts';
import { ObjectRefusal } from './object-failure.ts';
import { listObjects } from './object-listing.ts';

/**
 * The objects that addresses, prefixes and globs name, each once, sorted by address: as `resolvePaths` finds files. A prefix is
 * a folder when a slash follows it.
 *
 * @throws ConfigurationError when one names no object: with what is there, and near names.
 */
export async function resolveObjects(
  client: ObjectClient,
  patterns: readonly string[],
  format?: FileFormat,
): Promise<ReadonlyMap<string, FoundObject>> {
  const found = new Map<string, FoundObject>();
  for (const pattern of patterns) {
    const matches = await matchesOf(client, parseAddress(pattern), format);
    if (matches.length === 0) throw await noMatch(client, parseAddress(pattern));
    for (const match of matches) found.set(formatAddress(match), match);
  }
  return new Map([...found].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
}

async function matchesOf(
  client: ObjectClient,
  address: ObjectAddress,
  format: FileFormat | undefined,
): Promise<readonly FoundObject[]> {
  const { bucket, key } = address;
  if (isDynamicPattern(key)) {
    const { objects } = await listObjects(
      client,
      { bucket, key: fixedStart(key) },
      !/\/|\*\*/.test(afterFixed(key)),
    );
    return objects.filter(
      (one) => one.key === key || (path.posix.matchesGlob(one.key, key) && !isMark(one.key)),
    );
  }
  // Without a key, all that the bucket holds.
  if (key !== '' && !key.endsWith('/')) {
    const object = await findObject(client, address).catch((error: unknown) => {
      if (error instanceof ObjectRefusal && error.code === 'NoSuchKey') return undefined;
      throw error;
    });
    if (object) return [object];
  }
  return objectsOfFolder(client, { bucket, key: key === '' ? '' : `${key.replace(/\/+$/, '')}/` }, format);
}

async function objectsOfFolder(
  client: ObjectClient,
  folder: ObjectAddress,
  format: FileFormat | undefined,
): Promise<readonly FoundObject[]> {
  const { objects } = await listObjects(client, folder, false);
  // Consoles make a folder by an empty object with its name.
  const below = new Map(
    objects.flatMap((one) =>
      one.key.endsWith('/') ? [] : [[one.key.slice(folder.key.length), one] as const],
    ),
  );
  if (below.size === 0) return [];
  const names = dataFiles([...below.keys()], formatAddress(folder).replace(/\/$/, ''), format);
  return names.map((name) => below.get(name)!);
}

/** A pattern's characters before its first wildcard: what all keys begin with. */
function fixedStart(pattern: string): string {
  const { folder, rest } = staticPart(pattern);
  const [start = ''] = /^[^*?[\]{}()!+@|\\]*/.exec(rest) ?? [];
  return `${folder === '' ? '' : `${folder}/`}${start}`;
}

function afterFixed(pattern: string): string {
  return pattern.slice(fixedStart(pattern).length);
}

async function noMatch(client: ObjectClient, { bucket, key }: ObjectAddress): Promise<ConfigurationError> {
  const written = formatAddress({ bucket, key });
  const folder = isDynamicPattern(key) ? staticPart(key).folder : path.posix.dirname(key).replace(/^\.$/, '');
  const prefix = folder === '' ? '' : `${folder}/`;
  const start = `data.source.path: ${quote(written)} matches no object in ${formatAddress({ bucket, key: prefix })}`;
  const { objects, folders } = await listObjects(client, { bucket, key: prefix }, true);
  const names = [...objects.map((one) => one.key), ...folders]
    .map((one) => one.slice(prefix.length))
    .filter((name) => name !== '');
  return new ConfigurationError(
    `${start}${whatIsThere(key, names, (name) => formatAddress({ bucket, key: `${prefix}${name}` }))}`,
  );
}
