import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ConfigurationError, messageOf } from '../platform/errors.ts';
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
 * A file's bytes; those of a `.gz` unpacked on the way, its digest being that of the packed bytes.
 *
 * @param path where it is. @param name what messages call it. @param limit unpacked bytes allowed.
 * @throws ConfigurationError when it cannot be read, is a pointer of Git LFS, is not a gzip file, is cut short, or unpacks to too much.
 */
export async function openFile(path: string, name: string, limit = largestUnpacked): Promise<ByteSource> {
  const size = await sizeOf(path, name);
  await refusePointer(path, name, size);
  const stored = {
    ...{ name, size },
    chunks: () => plainChunks(path, name),
    stream: () => createReadStream(path, { highWaterMark: chunkSize }),
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

async function sizeOf(path: string, name: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch (error) {
    throw new ConfigurationError(`cannot read ${name}: ${messageOf(error)}`, { cause: error });
  }
  throw new ConfigurationError(
    `cannot read ${name}: it is not a file; to read a folder's files write ${name}/*.csv`,
  );
}

async function* plainChunks(path: string, name: string): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(chunkSize);
  const file = await open(path).catch((error: unknown) => {
    throw new ConfigurationError(`cannot read ${name}: ${messageOf(error)}`, { cause: error });
  });
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunkSize);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
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
