import { createHash, type Hash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ConfigurationError, messageOf } from '../../platform/errors.ts';
import { changed, isContinued, type SeenFile, seenFile, seenIn } from '../../platform/seen-file.ts';
import type { ByteSource } from './byte-source.ts';
import { refusePointer } from './data-elsewhere.ts';

const chunkSize = 1 << 20;
/** What a .gz may unpack to; more is taken for an attack or a mistake. */
const largestUnpacked = 64 * 2 ** 30;

/** Bytes as they are stored, wherever that is. */
export interface StoredBytes {
  /** What messages call them. */
  readonly name: string;
  readonly size: number;
  /** From the start; a chunk is valid until the next one is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
  /** From the start; each chunk is its own. */
  stream(): Readable;
}

/**
 * A file's bytes, as many as it has now; those of a `.gz` unpacked on the way, its digest being that of the packed bytes. What is
 * appended to it later is not read: each reading from the start gives the same bytes.
 *
 * @param path where it is. @param name what messages call it. @param limit unpacked bytes allowed.
 * @throws ConfigurationError when it cannot be read, is a pointer of Git LFS, is not a gzip file, is cut short, or unpacks to too much;
 *   IntegrityError, while reading, when it is no longer what it was.
 */
export async function openFile(path: string, name: string, limit = largestUnpacked): Promise<ByteSource> {
  const seen = await lookAt(path, name);
  const { size } = seen;
  await refusePointer(path, name, size);
  const chunks = (): AsyncGenerator<Uint8Array> => plainChunks(path, name, seen);
  const stored = {
    ...{ name, size, chunks },
    stream: () => Readable.from(ownChunks(chunks()), { objectMode: false, highWaterMark: chunkSize }),
  };
  return byteSourceOf(stored, limit);
}

/** Stored bytes as a source, those of a `.gz` unpacked on the way. @throws ConfigurationError as {@link openFile}, while reading. */
export function byteSourceOf(stored: StoredBytes, limit = largestUnpacked): ByteSource {
  const { name, size } = stored;
  const packed = name.toLowerCase().endsWith('.gz');
  let digest = '';
  return {
    name,
    ...(packed ? {} : { size }),
    async *open() {
      const hash = createHash('sha256');
      yield* packed
        ? unpackedChunks(stored.stream(), name, hash, limit)
        : hashedChunks(stored.chunks(), hash);
      digest = `sha256:${hash.digest('hex')}`;
    },
    digest: () => digest,
  };
}

async function* hashedChunks(chunks: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

async function lookAt(path: string, name: string): Promise<SeenFile> {
  try {
    const found = await stat(path, { bigint: true });
    if (found.isFile()) return seenIn(found);
  } catch (error) {
    throw new ConfigurationError(`cannot read ${name}: ${messageOf(error)}`, { cause: error });
  }
  throw new ConfigurationError(
    `cannot read ${name}: it is not a file; to read a folder's files write ${name}/*.csv`,
  );
}

/** The first bytes of a file, as many as were seen. @throws IntegrityError when it is another file, or was written again. */
async function* plainChunks(path: string, name: string, seen: SeenFile): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(chunkSize);
  const file = await open(path).catch((error: unknown) => {
    throw new ConfigurationError(`cannot read ${name}: ${messageOf(error)}`, { cause: error });
  });
  const check = async (whole: boolean): Promise<void> => {
    const now = await seenFile(file);
    if (!whole || !isContinued(seen, now)) throw changed(name, seen.size, now.size);
  };
  try {
    await check(true);
    for (let left = seen.size; left > 0; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(left, chunkSize));
      left -= bytesRead;
      // A last look before the last bytes are given: whoever has them all has those of one file.
      if (bytesRead === 0 || left === 0) await check(left === 0);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* ownChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Uint8Array.from(chunk);
}

async function* unpackedChunks(
  file: Readable,
  name: string,
  hash: Hash,
  limit: number,
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize });
  file.on('data', (chunk) => void hash.update(chunk));
  file.on('error', (error) => void gunzip.destroy(error));
  file.pipe(gunzip);
  let unpacked = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      unpacked += chunk.length;
      if (unpacked > limit) {
        throw new ConfigurationError(
          `${name} unpacks to more than ${limit} bytes; split it into several files`,
        );
      }
      yield chunk;
    }
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(`cannot unpack ${name}: ${messageOf(error)}; it is no whole gzip file`, {
      cause: error,
    });
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}
