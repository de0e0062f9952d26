import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { fromBufferPromise, openPromise, type ZipFile } from 'yauzl';
import { IntegrityError, messageOf, quote } from '../../platform/errors.ts';
import { type ArchiveLimits, type CheckedEntry, checkEntry, refuse } from './artifact-archive-entry.ts';

/** Names stay bytes, so that it is us who say what a name is; a stream with other than its declared size fails. */
const options = { decodeStrings: false, validateEntrySizes: true, autoClose: false };

/**
 * Reads a stranger's zip archive in memory. Nothing is inflated before the whole directory was found in order, and
 * inflating stops at the first byte too many.
 *
 * @returns the files' bytes by name.
 * @throws IntegrityError that says which entry is refused and why: names that leave the folder, doubles, links,
 *   encrypted or oversized files, bytes that do not match their checksum, or not a zip archive at all.
 */
export async function readHostileArchive(
  zip: Uint8Array,
  limits: ArchiveLimits,
): Promise<Map<string, Uint8Array>> {
  const buffer = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const archive = await readable(() => fromBufferPromise(buffer, options));
  const files = new Map<string, Uint8Array>();
  const budget = { left: limits.totalBytes };
  for (const checked of await entriesOf(archive, limits)) {
    const chunks: Buffer[] = [];
    const inflated = checkedContent(checked, limits, budget);
    inflated.on('data', (chunk: Buffer) => void chunks.push(chunk));
    await inflate(archive, checked, inflated);
    files.set(checked.name, Buffer.concat(chunks));
  }
  return files;
}

/**
 * Writes the files of an archive into an empty folder, by the same rules and never over a file that is there.
 *
 * @throws IntegrityError as {@link readHostileArchive}; the folder may then hold some of the files.
 */
export async function extractArchive(file: string, folder: string, limits: ArchiveLimits): Promise<void> {
  const archive = await readable(() => openPromise(file, options));
  try {
    const budget = { left: limits.totalBytes };
    for (const checked of await entriesOf(archive, limits)) {
      const written = createWriteStream(path.join(folder, checked.name), { flags: 'wx' });
      await inflate(archive, checked, checkedContent(checked, limits, budget), written);
    }
  } finally {
    archive.close();
  }
}

/** The whole directory, each head checked, before any content is read. */
async function entriesOf(archive: ZipFile, limits: ArchiveLimits): Promise<readonly CheckedEntry[]> {
  checkCount(archive.entryCount, limits);
  const found = new Map<string, CheckedEntry>();
  let total = 0;
  await readable(async () => {
    for await (const entry of archive.eachEntry()) {
      const checked = checkEntry(entry, limits);
      const known = checked.name.toLowerCase();
      if (found.has(known)) refuse(checked.name, 'is there twice (upper and lower case are one)');
      found.set(known, checked);
      total += entry.uncompressedSize;
    }
  });
  if (total > limits.totalBytes) {
    throw new IntegrityError(
      `the archive claims ${total} bytes in ${found.size} files; at most ${limits.totalBytes} are read: the archive is refused`,
    );
  }
  return [...found.values()];
}

function checkCount(count: number, limits: ArchiveLimits): void {
  if (count <= limits.entries) return;
  throw new IntegrityError(
    `the archive claims ${count} entries; at most ${limits.entries} are read: the archive is refused`,
  );
}

/** Passes a file's bytes on while they are within the limits, and checks their checksum (CRC-32) at the end. */
function checkedContent(
  { name, entry }: CheckedEntry,
  limits: ArchiveLimits,
  budget: { left: number },
): Transform {
  let bytes = 0;
  let checksum = 0;
  const check = (): void => {
    if (bytes > limits.entryBytes) {
      refuse(name, `inflates to more than the ${limits.entryBytes} bytes that are read of one file`);
    }
    if (budget.left < 0)
      refuse(name, `inflates beyond the ${limits.totalBytes} bytes that are read of all files`);
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength;
      budget.left -= chunk.byteLength;
      checksum = crc32(chunk, checksum);
      settle(done, check, chunk);
    },
    flush(done) {
      settle(done, () => {
        if (checksum !== entry.crc32) refuse(name, 'does not match its checksum (CRC-32): it is damaged');
      });
    },
  });
}

/** Calls a stream back with what `check` threw, or with the chunk. */
function settle(
  done: (error?: Error | null, chunk?: Buffer) => void,
  check: () => void,
  chunk?: Buffer,
): void {
  try {
    check();
  } catch (error) {
    done(error as Error);
    return;
  }
  done(null, chunk);
}

async function inflate(
  archive: ZipFile,
  { name, entry }: CheckedEntry,
  content: Transform,
  target?: Writable,
): Promise<void> {
  try {
    const stream = await archive.openReadStreamPromise(entry);
    await (target ? pipeline(stream, content, target) : pipeline(stream, content));
  } catch (error) {
    target?.destroy();
    if (error instanceof IntegrityError || isSystemError(error)) throw error;
    refuse(name, `cannot be inflated (${messageOf(error)})`);
  }
}

/** What yauzl says of bytes that are not an archive, as a refusal. Errors of the file system stay what they are. */
async function readable<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof IntegrityError || isSystemError(error)) throw error;
    throw new IntegrityError(
      `the bytes are not a zip archive that can be read (${quote(messageOf(error))}): the archive is refused`,
    );
  }
}

/** Errors of the operating system carry the failed call; those of zlib have a code too, but no call. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
}
