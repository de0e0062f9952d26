// Files in object storage: s3:// paths, read by ranges of one version each (docs/adr/0040-object-storage.md).
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { FileSourceConfig } from '../../config/sections/sources/file-source.ts';
import { objectStorageSchema } from '../../config/sections/sources/object-storage.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { ownTemporaryFolder } from '../../platform/own-temporary.ts';
import { longestPointer, pointerIn } from '../files/data-elsewhere.ts';
import { byteSourceOf } from '../files/file-bytes.ts';
import type { FilePlace } from '../files/file-place.ts';
import { EnvironmentReferences } from '../remote/environment-reference.ts';
import type { SourcePorts } from '../types.ts';
import { type FoundObject, readRange } from './found-object.ts';
import { ObjectClient } from './object-client.ts';
import { resolveObjects } from './object-paths.ts';
import { SpooledObject } from './spooled-object.ts';

/**
 * The files of a source in object storage. Each object is what it was when it was found, to the last byte, or an error.
 *
 * @throws ConfigurationError, without secrets, here and later: for credentials that are not set, and whatever is refused.
 */
export async function openObjectStorage(
  source: Pick<FileSourceConfig, 'storage'>,
  ports: SourcePorts,
): Promise<FilePlace> {
  const references = new EnvironmentReferences(ports.environment);
  const storage = objectStorageSchema.parse(source.storage ?? {});
  const client = new ObjectClient(storage, references, ports);
  const folder = await ownTemporaryFolder('objects');
  const found = new Map<string, FoundObject>();
  const open = new Map<string, SpooledObject>();
  const spooled = (name: string): SpooledObject => {
    const known = open.get(name);
    if (known) return known;
    const object = found.get(name)!;
    const made = new SpooledObject(
      object.size,
      (start, end) => readRange(client, object, start, end),
      path.join(folder, String(open.size)),
    );
    open.set(name, made);
    return made;
  };
  return {
    async names(patterns, format) {
      for (const [name, object] of await resolveObjects(client, patterns, format)) found.set(name, object);
      return [...found.keys()];
    },
    async open(name) {
      const bytes = spooled(name);
      await refusePointer(name, bytes);
      const chunks = () => bytes.chunks();
      return byteSourceOf({ name, size: bytes.byteLength, chunks, stream: () => Readable.from(chunks()) });
    },
    ranges(name) {
      const bytes = spooled(name);
      return Promise.resolve({
        byteLength: bytes.byteLength,
        slice: (start, end) => bytes.slice(start, end),
        // Its digest is read after its table.
        close: () => Promise.resolve(),
      });
    },
    async close() {
      client.close();
      await Promise.all([...open.values()].map((one) => one.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function refusePointer(name: string, bytes: SpooledObject): Promise<void> {
  if (bytes.byteLength > longestPointer) return;
  const found = pointerIn(new Uint8Array(await bytes.slice(0)));
  if (found === undefined) return;
  throw new ConfigurationError(
    `${name} ${found}: run git lfs pull where it was copied from, and copy it again`,
  );
}
