import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { IntegrityError } from './errors.ts';

/** What tells that a file is another one than when it was looked at. */
export interface SeenFile {
  /** Bytes. */
  readonly size: number;
  /** When it was last written, in nanoseconds. */
  readonly written: bigint;
  /** Its number in the file system: another file may have taken its name. */
  readonly number: bigint;
}

/** A file as it is now. */
export async function seenFile(handle: Pick<FileHandle, 'stat'>): Promise<SeenFile> {
  return seenIn(await handle.stat({ bigint: true }));
}

/** The same of what the system said of it. */
export function seenIn({ size, mtimeNs, ino }: BigIntStats): SeenFile {
  return { size: Number(size), written: mtimeNs, number: ino };
}

/** Whether a file is what it was, byte by byte: it was not written meanwhile. */
export function isUnchanged(before: SeenFile, now: SeenFile): boolean {
  return before.size === now.size && before.written === now.written && before.number === now.number;
}

/**
 * Whether the first bytes of a file, as many as it had, are what they were. A file that grew is taken for one that was appended to,
 * as logs are: nothing tells it from one that was written anew.
 */
export function isContinued(before: SeenFile, now: SeenFile): boolean {
  return isUnchanged(before, now) || (before.number === now.number && now.size > before.size);
}

/** A file is not what it was when it was looked at. @param now its bytes. */
export function changed(file: string, before: number, now: number): IntegrityError {
  const what =
    before === now
      ? `it has ${now} bytes as before, but was written again`
      : `it had ${before} bytes, and now has ${now}`;
  return new IntegrityError(
    `${file} changed while it was read: ${what}; wait until it is written, then try again`,
  );
}
