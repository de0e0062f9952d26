import { type FileHandle, open } from 'node:fs/promises';
import type { OpenRanges } from './byte-ranges.ts';

/** A file's bytes by ranges, until they are closed. @param path where it is. */
export async function openRanges(path: string): Promise<OpenRanges> {
  const handle = await open(path);
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      await readInto(handle, bytes, start);
      return bytes.buffer;
    },
    close: () => handle.close(),
  };
}

/** Most bytes that one read of the system takes. */
const mostAtOnce = 1 << 30;

/** Fills `bytes` from a place of a file; what lies behind its end stays zero. */
export async function readInto(handle: FileHandle, bytes: Uint8Array, start: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const wanted = Math.min(bytes.length - done, mostAtOnce);
    const { bytesRead } = await handle.read(bytes, done, wanted, start + done);
    if (bytesRead === 0) return;
    done += bytesRead;
  }
}
