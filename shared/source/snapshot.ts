import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { arrowPieces, tableFromArrow } from '../dataset/arrow/arrow.ts';
import type { SourceTable } from '../dataset/table/origin.ts';
import { joinedPieces } from '../platform/byte-pieces.ts';
import { digestOf, Sha256 } from '../platform/digest.ts';
import { IntegrityError } from '../platform/errors.ts';
import { makeIgnoredFolder } from '../platform/ignored-folder.ts';
import { formatJson } from '../platform/json.ts';
import { temporaryBeside } from '../platform/unfinished.ts';
import { readWholeFile, type WholeFile } from '../platform/whole-file.ts';

const partsSchema = z.strictObject({
  version: z.literal(1),
  rows: z.string(),
  parts: z.array(
    z.strictObject({ name: z.string(), digest: z.string(), firstRow: z.int().min(0), rows: z.int().min(0) }),
  ),
});

type Manifest = z.output<typeof partsSchema>;

function piecesOf({ table }: SourceTable): Iterable<Uint8Array> {
  return joinedPieces(arrowPieces({ table })());
}

function manifestOf(source: SourceTable, rows: string): Manifest {
  return { version: 1, rows, parts: [...source.parts] };
}

/** The digest that {@link writeSnapshot} would give: nothing is written. */
export function snapshotDigest(source: SourceTable): string {
  const hash = new Sha256();
  for (const piece of piecesOf(source)) hash.update(piece);
  return digestOf(manifestOf(source, hash.digest()));
}

/**
 * Keeps what a source outside git answered: `<hex>.arrow` holds the rows, `<hex>.json` the parts and the rows'
 * digest. Each file is written beside its place and renamed: it is never half there.
 *
 * @returns the snapshot's digest, of rows and parts together: the same answer gives the same.
 */
export async function writeSnapshot(directory: string, source: SourceTable): Promise<string> {
  makeIgnoredFolder(directory);
  await mkdir(directory, { recursive: true });
  const hash = new Sha256();
  let digest = '';
  // The digest, which is the file's name, is known when its last byte is written.
  await writeWhole(directory, hashedPieces(piecesOf(source), hash), async (temporary) => {
    const manifest = manifestOf(source, hash.digest());
    digest = digestOf(manifest);
    const base = path.join(directory, hexOf(digest));
    await rename(temporary, `${base}.arrow`);
    await writeWhole(directory, [Buffer.from(formatJson(manifest))], (named) =>
      rename(named, `${base}.json`),
    );
  });
  return digest;
}

function* hashedPieces(pieces: Iterable<Uint8Array>, hash: Sha256): Generator<Uint8Array> {
  for (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
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
  const rows = await readWhole(`${base}.arrow`);
  if (!text || !rows) return undefined;
  const manifest = parseManifest(Buffer.from(text.bytes).toString('utf8'), digest, `${base}.json`);
  if (rows.digest !== manifest.rows) {
    throw new IntegrityError(
      `${base}.arrow is not the snapshot that ciclo.lock names: its digest is ${rows.digest}, it should be ` +
        `${manifest.rows}; delete it to ask the source again`,
    );
  }
  return { table: tableFromArrow(rows.bytes, `${base}.arrow`).table, parts: manifest.parts };
}

/** The files of a snapshot; undefined when the folder has none of that digest. */
export async function snapshotFiles(directory: string, digest: string): Promise<string[] | undefined> {
  const base = path.join(directory, hexOf(digest));
  const files = [`${base}.arrow`, `${base}.json`];
  const found = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return found.every((one) => one?.isFile()) ? files : undefined;
}

function parseManifest(text: string, digest: string, file: string): Manifest {
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

async function readWhole(file: string): Promise<WholeFile | undefined> {
  return readWholeFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Writes a file of another name, which `named` gives its own. */
async function writeWhole(
  directory: string,
  pieces: Iterable<Uint8Array>,
  named: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = temporaryBeside(directory, 'snapshot');
  try {
    await writeFile(temporary, pieces);
    await named(temporary);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
