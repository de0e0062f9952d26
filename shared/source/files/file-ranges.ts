import { type FileHandle, open } from 'node:fs/promises';
import { changed, isUnchanged, seenFile } from '../../platform/seen-file.ts';
import type { OpenRanges } from './byte-ranges.ts';

/**
 * A file's bytes by ranges, until they are closed: all of them of the file as it was opened. Nothing is appended to files that are
 * read so.
 *
 * @param path where it is. @param name what messages call it.
 */
export async function openRanges(path: string, name = path): Promise<OpenRanges> {
  const handle = await open(path);
  const seen = await seenFile(handle);
  const { size } = seen;
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      const full = await readInto(handle, bytes, start);
      const now = await seenFile(handle);
      if (!full || !isUnchanged(seen, now)) throw changed(name, size, now.size);
      return bytes.buffer;
    },
    close: () => handle.close(),
  };
}

/** Most bytes that one read of the system takes. */
const mostAtOnce = 1 << 30;

/** Fills `bytes` from a place of a file. @returns whether they are full: the file may be shorter than it was. */
export async function readInto(handle: FileHandle, bytes: Uint8Array, start: number): Promise<boolean> {
  for (let done = 0; done < bytes.length; ) {
    const wanted = Math.min(bytes.length - done, mostAtOnce);
    const { bytesRead } = await handle.read(bytes, done, wanted, start + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
}
