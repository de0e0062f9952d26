// The folders that verbs hand to each other, each with a manifest of digests, and their typed readers.
import { lstat, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BytePieces, joinedPieces } from '../../platform/byte-pieces.ts';
import { Sha256 } from '../../platform/digest.ts';
import { ConfigurationError, IntegrityError } from '../../platform/errors.ts';
import { temporaryBeside } from '../../platform/unfinished.ts';
import { readWholeFile } from '../../platform/whole-file.ts';
import {
  contentDigest,
  type FolderKind,
  formatManifest,
  type Manifest,
  maker,
  parseManifest,
} from './manifest.ts';
import type { ResultFiles } from './result-files.ts';

/** The files of a result by name. */
export type FolderFiles = ReadonlyMap<string, Uint8Array>;

/** A file of a result that is to be written: its bytes, or what makes them piece by piece. */
export type FileContent = Uint8Array | BytePieces;

/** The files of a result that is to be written, by name. */
export type NewFiles = ReadonlyMap<string, FileContent>;

/** A result as read: every byte checked against its manifest. */
export interface RunFolder extends ResultFiles {
  readonly manifest: Manifest;
}

/** Past this a result is neither written nor read: a hostile or broken artifact must not fill the memory. */
const largestFile: Record<FolderKind, number> = {
  dataset: 4 * 2 ** 30,
  model: 512 * 2 ** 20,
  evaluation: 2 * 2 ** 30,
  drift: 512 * 2 ** 20,
  proposal: 64 * 2 ** 20,
};
const largestManifest = 2 ** 20;

type NewManifest = Omit<Manifest, 'format' | 'digest' | 'files'>;

/**
 * Writes a result under the run directory: into a temporary sibling that is then renamed, so that a folder
 * is never half there. A folder with the same bytes is left as it is.
 *
 * @throws ConfigurationError for a file that is larger than {@link readFolder} reads.
 */
export async function writeFolder(
  runDirectory: string,
  head: NewManifest,
  files: NewFiles,
): Promise<{ folder: string; manifest: Manifest }> {
  const folder = path.join(runDirectory, head.kind);
  const temporary = temporaryBeside(runDirectory, head.kind);
  await mkdir(temporary, { recursive: true });
  try {
    const listed: Record<string, Manifest['files'][string]> = {};
    for (const [name, content] of files) {
      listed[name] = await writeContent(path.join(temporary, name), content, (bytes) => {
        if (bytes > largestFile[head.kind]) throw tooLarge(path.join(folder, name), head.kind);
      });
    }
    const digest = contentDigest(head.kind, listed);
    const manifest: Manifest = { format: 1, ...head, files: listed, digest };
    await writeFile(path.join(temporary, 'manifest.json'), formatManifest(manifest));
    await replaceFolder(temporary, folder);
    return { folder, manifest };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Writes a file, piece by piece where it comes so, and says what the manifest states of it. */
async function writeContent(
  file: string,
  content: FileContent,
  check: (bytes: number) => void,
): Promise<Manifest['files'][string]> {
  const hash = new Sha256();
  let bytes = 0;
  const handle = await open(file, 'w');
  try {
    for (const piece of content instanceof Uint8Array ? [content] : joinedPieces(content())) {
      hash.update(piece);
      bytes += piece.byteLength;
      check(bytes);
      await handle.writeFile(piece);
    }
  } finally {
    await handle.close();
  }
  return { digest: hash.digest(), bytes };
}

function tooLarge(file: string, kind: FolderKind): ConfigurationError {
  const limit = `${file} would have more than ${largestFile[kind]} bytes, the most that Ciclo reads of a file in a ${kind} folder`;
  return new ConfigurationError(
    kind === 'dataset'
      ? `${limit}: leave columns that no model needs out of the source, or take a sample of its rows (docs/guides/scale.md)`
      : limit,
  );
}

/** A directory cannot be renamed over one that has files: the old one steps aside first, and goes last. */
async function replaceFolder(temporary: string, folder: string): Promise<void> {
  const aside = `${temporary}.old`;
  await rename(folder, aside).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  try {
    await rename(temporary, folder);
  } catch (error) {
    await rename(aside, folder).catch(() => undefined); // nothing stood aside: the first error says more
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/**
 * Reads a result and checks it whole: format, names, sizes, digests, nothing beside what the manifest lists.
 *
 * @param only read just these files into memory (the others' presence and size are checked, not their bytes).
 * @throws ConfigurationError when there is no such folder, IntegrityError when its bytes are not what it says.
 */
export async function readFolder(
  folder: string,
  kind: FolderKind,
  only?: readonly string[] | ((manifest: Manifest) => readonly string[]),
): Promise<RunFolder> {
  const manifest = await readManifest(folder, kind);
  const wanted = typeof only === 'function' ? only(manifest) : only;
  const present = new Set(await readdir(folder));
  present.delete('manifest.json');
  for (const name of present) {
    if (!Object.hasOwn(manifest.files, name)) {
      throw new IntegrityError(
        `${folder} holds ${JSON.stringify(name)}, which its manifest does not list: remove it, or run ciclo ${maker[kind]} again`,
      );
    }
  }
  const files = new Map<string, Uint8Array>();
  for (const [name, expected] of Object.entries(manifest.files)) {
    if (!present.has(name)) {
      throw new IntegrityError(
        `${folder} lacks ${name}, which its manifest lists: run ciclo ${maker[kind]} again`,
      );
    }
    await checkSize(path.join(folder, name), expected.bytes, kind);
    if (wanted && !wanted.includes(name)) continue;
    const { bytes, digest: found } = await readWholeFile(path.join(folder, name));
    if (found !== expected.digest) {
      throw new IntegrityError(
        `${path.join(folder, name)} is not what its manifest says: digest ${found}, stated ${expected.digest}. It was changed or damaged; run ciclo ${maker[kind]} again or fetch it again`,
      );
    }
    files.set(name, bytes);
  }
  return { place: folder, remedy: `run ciclo ${maker[kind]} again`, manifest, files };
}

async function readManifest(folder: string, kind: FolderKind): Promise<Manifest> {
  const file = path.join(folder, 'manifest.json');
  const status = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!status) {
    const exists = await stat(folder).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
        throw error;
      },
    );
    throw new ConfigurationError(
      exists
        ? `${folder} has no manifest.json, so it is not a finished ${kind} folder: run ciclo ${maker[kind]} again`
        : `there is no ${kind} at ${folder}: run ciclo ${maker[kind]} first`,
    );
  }
  if (status.size > largestManifest) {
    throw new IntegrityError(`${file} has ${status.size} bytes; a manifest has at most ${largestManifest}`);
  }
  const manifest = parseManifest(await readFile(file, 'utf8'), folder);
  if (manifest.kind !== kind) {
    throw new ConfigurationError(
      `${folder} holds the result "${manifest.kind}", not "${kind}": give the folder that ciclo ${maker[kind]} wrote`,
    );
  }
  return manifest;
}

async function checkSize(file: string, expected: number, kind: FolderKind): Promise<void> {
  const status = await lstat(file);
  if (!status.isFile())
    throw new IntegrityError(`${file} is not a plain file: a ${kind} folder holds only such`);
  if (expected > largestFile[kind] || status.size > largestFile[kind]) {
    throw new IntegrityError(
      `${file} has ${status.size} bytes; Ciclo reads at most ${largestFile[kind]} in a ${kind} folder`,
    );
  }
  if (status.size !== expected) {
    throw new IntegrityError(
      `${file} has ${status.size} bytes, its manifest says ${expected}: it was changed, or written half; run ciclo ${maker[kind]} again`,
    );
  }
}
