import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { ConfigurationError } from '../../platform/errors.ts';
import { knownFormat } from '../file-format.ts';
import { staticPart } from './static-part.ts';

/** A pointer of Git LFS is a text of at most this many bytes; its first line names the specification. */
export const longestPointer = 1024;
const pointer = /^version https:\/\/(?:git-lfs|hawser)\.github\.com\/spec\/v1\r?\n/;

/**
 * Refuses a file that only says where its data is: a pointer of Git LFS, which is what a checkout without LFS has. Read as
 * data it would be a table of three rows.
 *
 * @param file where it is. @param name what messages call it. @param size in bytes.
 * @throws ConfigurationError that says how to get the data.
 */
export async function refusePointer(file: string, name: string, size: number): Promise<void> {
  if (size > longestPointer) return;
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestPointer), 0, longestPointer, 0);
    const found = pointerIn(buffer.subarray(0, bytesRead));
    if (found === undefined) return;
    throw new ConfigurationError(
      `${name} ${found}: run git lfs pull; in a workflow set lfs: true, of gate.yml, deploy.yml and drift.yml or of actions/checkout`,
    );
  } finally {
    await handle.close();
  }
}

/** What there is to say of bytes that are a pointer of Git LFS, after a name; undefined of all others. */
export function pointerIn(bytes: Uint8Array): string | undefined {
  if (bytes.length > longestPointer) return undefined;
  const text = Buffer.from(bytes).toString('utf8');
  if (!pointer.test(text)) return undefined;
  const size = /^size (\d+)$/m.exec(text)?.[1];
  return `is a pointer of Git LFS, not the data${size === undefined ? '' : ` (${size} bytes)`}`;
}

/**
 * Refuses a pattern of which some data is with DVC: `cars.csv.dvc` or `data.dvc`, and beside it no `cars.csv` or `data/`.
 * What is there may be the lesser part.
 *
 * @throws ConfigurationError that names the file and says how to get the data.
 */
export async function refuseUnfetched(pattern: string, directory: string): Promise<void> {
  for (const name of await trackedNames(pattern, directory)) {
    if (await exists(path.resolve(directory, name))) continue;
    throw new ConfigurationError(
      `data.source.path: ${name} is kept by DVC (${name}.dvc) and is not here: run dvc pull; in a workflow do so in a step before Ciclo's`,
    );
  }
}

/** Data below or at the pattern, and folders above it, that a `.dvc` file stands for. */
async function trackedNames(pattern: string, directory: string): Promise<string[]> {
  const parts = pattern.replace(/\/+$/, '').split('/');
  const plain = parts.findIndex((part) => isDynamicPattern(part));
  const fixed = plain === -1 ? parts.length : plain;
  const above = parts.slice(0, fixed).map((_, i) => parts.slice(0, i + 1).join('/'));
  const tracked = [];
  for (const name of above) {
    if (name !== '' && (await exists(path.resolve(directory, `${name}.dvc`)))) tracked.push(name);
  }
  const folder =
    (plain === -1 ? parts.join('/') : staticPart(pattern).folder) || (pattern.startsWith('/') ? '/' : '.');
  const cwd = path.resolve(directory, folder);
  const rest = plain === -1 ? '**/*.dvc' : `${parts.slice(fixed).join('/')}.dvc`;
  const isFolder = (await stat(cwd).catch(() => undefined))?.isDirectory() === true;
  const below = isFolder ? (await glob(rest, { cwd, onlyFiles: true, expandDirectories: false })).sort() : [];
  for (const file of below) {
    const name = file.slice(0, -'.dvc'.length);
    // Of a whole folder only what would be read from it.
    if (plain !== -1 || knownFormat(name) !== undefined) tracked.push(path.posix.join(folder, name));
  }
  return tracked;
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
