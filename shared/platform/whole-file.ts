import { type FileHandle, open } from 'node:fs/promises';
import { Sha256 } from './digest.ts';
import { IntegrityError } from './errors.ts';

/** Bytes of one read: Node reads no file of more than 2 GiB at once. */
const usualPiece = 2 ** 28;

/** A file's bytes and their digest. */
export interface WholeFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly digest: string;
}

/**
 * Reads a file of any size into memory, piece by piece.
 *
 * @param piece most bytes of one read.
 * @throws IntegrityError when the file becomes longer or shorter meanwhile, NodeJS.ErrnoException when it cannot be read.
 */
export async function readWholeFile(file: string, piece = usualPiece): Promise<WholeFile> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    return await readOfSize(handle, { file, size, piece });
  } finally {
    await handle.close();
  }
}

/** An open file's bytes, of which there must be exactly `size`. @throws as {@link readWholeFile}. */
export async function readOfSize(
  handle: FileHandle,
  { file, size, piece }: { readonly file: string; readonly size: number; readonly piece: number },
): Promise<WholeFile> {
  const bytes = new Uint8Array(size);
  const hash = new Sha256();
  for (let done = 0; done < size; ) {
    const { bytesRead } = await handle.read(bytes, done, Math.min(piece, size - done), done);
    if (bytesRead === 0) break;
    hash.update(bytes.subarray(done, done + bytesRead));
    done += bytesRead;
  }
  const { size: now } = await handle.stat();
  if (now !== size) throw changed(file, size, now);
  return { bytes, digest: hash.digest() };
}

/** The digest of a file of any size, of which a piece at a time is in memory. */
export async function digestOfFile(file: string, piece = 2 ** 20): Promise<string> {
  const handle = await open(file);
  try {
    const hash = new Sha256();
    const bytes = new Uint8Array(piece);
    for (;;) {
      const { bytesRead } = await handle.read(bytes, 0, piece, null);
      if (bytesRead === 0) return hash.digest();
      hash.update(bytes.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** A file is not what it was when reading began. */
export function changed(file: string, before: number, now: number): IntegrityError {
  return new IntegrityError(
    `${file} changed while it was read: it had ${before} bytes, and now has ${now}; wait until it is written, then try again`,
  );
}
