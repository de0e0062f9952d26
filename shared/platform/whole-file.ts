import { type FileHandle, open } from 'node:fs/promises';
import { Sha256 } from './digest.ts';
import { changed, isUnchanged, type SeenFile, seenFile } from './seen-file.ts';

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
 * @throws IntegrityError when the file is written meanwhile, NodeJS.ErrnoException when it cannot be read.
 */
export async function readWholeFile(file: string, piece = usualPiece): Promise<WholeFile> {
  const handle = await open(file);
  try {
    return await readAsSeen(handle, { file, seen: await seenFile(handle), piece });
  } finally {
    await handle.close();
  }
}

/** An open file's bytes, of which there must be exactly as many as were seen. @throws as {@link readWholeFile}. */
export async function readAsSeen(
  handle: Pick<FileHandle, 'read' | 'stat'>,
  { file, seen, piece }: { readonly file: string; readonly seen: SeenFile; readonly piece: number },
): Promise<WholeFile> {
  const { size } = seen;
  const bytes = new Uint8Array(size);
  const hash = new Sha256();
  let done = 0;
  while (done < size) {
    const { bytesRead } = await handle.read(bytes, done, Math.min(piece, size - done), done);
    if (bytesRead === 0) break;
    hash.update(bytes.subarray(done, done + bytesRead));
    done += bytesRead;
  }
  const now = await seenFile(handle);
  // One that was shorter for a moment has zeros here where nothing was read, whatever its size is now.
  if (done < size || !isUnchanged(seen, now)) throw changed(file, size, now.size);
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
