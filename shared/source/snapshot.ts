import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { tableFromArrow, tableToArrow } from '../dataset/arrow/arrow.ts';
import type { SourceTable } from '../dataset/table/origin.ts';
import { digestOf, sha256 } from '../platform/digest.ts';
import { IntegrityError } from '../platform/errors.ts';
import { makeIgnoredFolder } from '../platform/ignored-folder.ts';
import { formatJson } from '../platform/json.ts';
import { temporaryBeside } from '../platform/unfinished.ts';

const partsSchema = z.strictObject({
  version: z.literal(1),
  rows: z.string(),
  parts: z.array(
    z.strictObject({ name: z.string(), digest: z.string(), firstRow: z.int().min(0), rows: z.int().min(0) }),
  ),
});

interface Snapshot {
  readonly bytes: Uint8Array;
  readonly manifest: z.output<typeof partsSchema>;
  readonly digest: string;
}

function snapshotOf(source: SourceTable): Snapshot {
  const bytes = tableToArrow(source.table);
  const manifest = { version: 1 as const, rows: sha256(bytes), parts: [...source.parts] };
  return { bytes, manifest, digest: digestOf(manifest) };
}

/** The digest that {@link writeSnapshot} would give: nothing is written. */
export function snapshotDigest(source: SourceTable): string {
  return snapshotOf(source).digest;
}

/**
 * Keeps what a source outside git answered: `<hex>.arrow` holds the rows, `<hex>.json` the parts and the rows'
 * digest. Each file is written beside its place and renamed: it is never half there.
 *
 * @returns the snapshot's digest, of rows and parts together: the same answer gives the same.
 */
export async function writeSnapshot(directory: string, source: SourceTable): Promise<string> {
  const { bytes, manifest, digest } = snapshotOf(source);
  makeIgnoredFolder(directory);
  await mkdir(directory, { recursive: true });
  const base = path.join(directory, hexOf(digest));
  await writeWhole(`${base}.arrow`, bytes);
  await writeWhole(`${base}.json`, formatJson(manifest));
  return digest;
}

/**
 * Reads a snapshot back.
 *
 * @returns undefined when the folder has none of that digest.
 * @throws IntegrityError when its bytes are not what the digest says.
 */
export async function readSnapshot(directory: string, digest: string): Promise<SourceTable | undefined> {
  const base = path.join(directory, hexOf(digest));
  const text = await readWhole(`${base}.json`);
  const bytes = await readWhole(`${base}.arrow`);
  if (!text || !bytes) return undefined;
  const manifest = parseManifest(text.toString('utf8'), digest, `${base}.json`);
  const found = sha256(bytes);
  if (found !== manifest.rows) {
    throw new IntegrityError(
      `${base}.arrow is not the snapshot that ciclo.lock names: its digest is ${found}, it should be ` +
        `${manifest.rows}; delete it to ask the source again`,
    );
  }
  return { table: tableFromArrow(bytes, `${base}.arrow`).table, parts: manifest.parts };
}

/** The files of a snapshot; undefined when the folder has none of that digest. */
export async function snapshotFiles(directory: string, digest: string): Promise<string[] | undefined> {
  const base = path.join(directory, hexOf(digest));
  const files = [`${base}.arrow`, `${base}.json`];
  const found = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return found.every((one) => one?.isFile()) ? files : undefined;
}

function parseManifest(text: string, digest: string, file: string): z.output<typeof partsSchema> {
  try {
    const manifest = partsSchema.parse(JSON.parse(text));
    if (digestOf(manifest) === digest) return manifest;
  } catch {
    // What cannot be parsed has not the digest either: one message for both.
  }
  throw new IntegrityError(`${file} is not the snapshot ${digest}; delete it to ask the source again`);
}

function hexOf(digest: string): string {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
  if (!hex) throw new IntegrityError(`a snapshot is named by sha256:<64 hex digits>, not by ${digest}`);
  return hex;
}

async function readWhole(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const temporary = temporaryBeside(path.dirname(file), 'snapshot');
  try {
    await writeFile(temporary, content);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
