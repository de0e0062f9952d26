import type { Entry } from 'yauzl';
import { IntegrityError, quote } from '../../platform/errors.ts';

/** How much an archive may hold; counted as declared before anything is inflated, and again while inflating. */
export interface ArchiveLimits {
  /** Number of files. */
  readonly entries: number;
  /** Inflated bytes of one file. */
  readonly entryBytes: number;
  /** Inflated bytes of all files. */
  readonly totalBytes: number;
  /** Folders within each other that a file may lie in. Default: none. */
  readonly folders?: number;
}

/** A file of an archive whose head was found in order; nothing of its content was read yet. */
export interface CheckedEntry {
  readonly name: string;
  readonly entry: Entry;
}

/** Unix file types: the upper bits of st_mode, which zip keeps in the upper half of the external attributes. */
const typeBits = 0o170000;
const regularFile = 0o100000;
const typeNames: ReadonlyMap<number, string> = new Map([
  [0o120000, 'a symbolic link'],
  [0o040000, 'a directory'],
  [0o010000, 'a named pipe'],
  [0o060000, 'a block device'],
  [0o020000, 'a character device'],
  [0o140000, 'a socket'],
]);
/** MS-DOS's attribute of directories. */
const dosDirectory = 0x10;

/**
 * Checks what an archive's directory says of a file: a plain name, a plain file, readable, within the limits.
 *
 * @throws IntegrityError that names the entry and what is wrong with it.
 */
export function checkEntry(entry: Entry, limits: ArchiveLimits): CheckedEntry {
  const name = nameOf(entry.fileNameRaw, limits.folders ?? 0);
  checkType(entry, name);
  if (entry.isEncrypted()) refuse(name, 'is encrypted; Ciclo reads artifacts that anyone can read');
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    refuse(
      name,
      `is compressed by method ${entry.compressionMethod}; Ciclo reads stored (0) and deflated (8) files`,
    );
  }
  if (entry.uncompressedSize > limits.entryBytes) {
    refuse(name, `claims ${entry.uncompressedSize} bytes; at most ${limits.entryBytes} are read of one file`);
  }
  return { name, entry };
}

/** A refusal of one entry. @throws IntegrityError always. */
export function refuse(name: string, why: string): never {
  throw new IntegrityError(`the archive's entry ${quote(name)} ${why}: the archive is refused`);
}

/**
 * An entry's name as its bytes are. Result folders hold plain ASCII names, so no encoding needs to be guessed, and no
 * name can be one thing to us and another to a file system.
 */
function nameOf(raw: Buffer, folders: number): string {
  const name = raw.toString('latin1');
  if (name === '') refuse(name, 'has no name');
  if (/^[a-zA-Z]:/.test(name)) refuse(name, 'begins with a drive letter');
  if (name.includes('\\')) refuse(name, 'holds a backslash');
  if (name.startsWith('/')) refuse(name, 'is an absolute path');
  if (name.split('/').includes('..')) refuse(name, 'leaves the folder');
  if (name.endsWith('/')) refuse(name, 'is a directory; a result holds files only');
  const parts = name.split('/');
  if (parts.length > 1 && folders === 0) refuse(name, 'lies in a directory; a result holds files only');
  if (parts.length > folders + 1) refuse(name, `lies deeper than ${folders} directories`);
  if (!parts.every((part) => /^[a-zA-Z0-9][a-zA-Z0-9._-]*$/.test(part))) {
    refuse(name, 'is not a plain file name (letters, digits, dot, dash and underscore)');
  }
  if (name.length > 100) refuse(name, `has a name of ${name.length} characters; at most 100 are read`);
  return name;
}

function checkType(entry: Entry, name: string): void {
  const type = (entry.externalFileAttributes >>> 16) & typeBits;
  // 0: whoever wrote the archive keeps no types, which is a plain file.
  if (type !== 0 && type !== regularFile)
    refuse(name, `is ${typeNames.get(type) ?? 'of an unknown type'}, no file`);
  if ((entry.externalFileAttributes & dosDirectory) !== 0) refuse(name, 'is a directory, no file');
}
