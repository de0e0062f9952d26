// The zip file of a release: written, checked, read.

import { engineOf } from '../../artifacts/folders/model-reader.ts';
import { bytesOf, type ResultFiles } from '../../artifacts/folders/result-files.ts';
import type { FolderFiles } from '../../artifacts/folders/run-folder.ts';
import { readHostileArchive } from '../../artifacts/store/artifact-archive.ts';
import type { ArchiveLimits } from '../../artifacts/store/artifact-archive-entry.ts';
import { outOfFoldFile } from '../../model/out-of-fold/out-of-fold.ts';
import { sha256 } from '../../platform/digest.ts';
import { IntegrityError, messageOf, quote } from '../../platform/errors.ts';
import { formatJson } from '../../platform/json.ts';
import { cicloVersion } from '../../platform/version.ts';
import { type BundleManifest, bundleFormats, bundleManifestSchema } from './bundle-manifest.ts';
import { storedZip } from './stored-zip.ts';

/** One archive with all that a version is: model, recipe, schema, published profile, evaluation, card, examples. */
export interface Bundle {
  readonly manifest: BundleManifest;
  readonly files: FolderFiles;
}

/** Bytes that the file of a bundle has at most; it is read into memory whole. */
export const largestBundle = 1100 * 2 ** 20;
const limits: ArchiveLimits = { entries: 256, entryBytes: 512 * 2 ** 20, totalBytes: 1024 * 2 ** 20 };

/**
 * Writes a bundle. The same files give the same bytes on any machine: names are sorted, times, modes and owners fixed,
 * and nothing is compressed, since what a compressor gives depends on its version.
 */
export async function writeBundle(
  head: Omit<BundleManifest, 'format' | 'kind' | 'files'>,
  files: FolderFiles,
): Promise<Uint8Array> {
  const listed = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const manifest: BundleManifest = {
    format: 2,
    kind: 'bundle',
    ...head,
    files: Object.fromEntries(
      listed.map(([name, bytes]) => [name, { digest: sha256(bytes), bytes: bytes.byteLength }]),
    ),
  };
  const text = formatJson(bundleManifestSchema.parse(manifest));
  return storedZip([['manifest.json', new TextEncoder().encode(text)], ...listed]);
}

/**
 * Reads a bundle, everything checked: the archive as a stranger's, names, sizes and digests of its files.
 *
 * @param name how messages call it: `fuel-v1.2.0.zip`.
 * @throws IntegrityError when anything is not as Ciclo writes it.
 */
export async function readBundle(bytes: Uint8Array, name: string): Promise<Bundle> {
  const all = await readHostileArchive(bytes, limits);
  const refuse = (why: string): never => {
    throw new IntegrityError(`the bundle ${quote(name)} ${why}: it is refused; fetch it again`);
  };
  const manifest = parseManifest(all.get('manifest.json') ?? refuse('has no manifest.json'), refuse);
  const files = new Map([...all].filter(([file]) => file !== 'manifest.json'));
  for (const file of files.keys()) {
    if (!Object.hasOwn(manifest.files, file))
      refuse(`holds ${quote(file)}, which its manifest does not list`);
  }
  for (const [file, stated] of Object.entries(manifest.files)) {
    const content = files.get(file) ?? refuse(`lacks ${quote(file)}, which its manifest lists`);
    if (content.byteLength !== stated.bytes || sha256(content) !== stated.digest) {
      refuse(`holds a ${quote(file)} that is not what its manifest says`);
    }
  }
  return { manifest, files };
}

function parseManifest(bytes: Uint8Array, refuse: (why: string) => never): BundleManifest {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const { format } = value as { format?: unknown };
    if (!bundleFormats.some((known) => known === format)) {
      refuse(
        `has format ${JSON.stringify(format)}; Ciclo ${cicloVersion} reads the formats ${bundleFormats.join(' and ')}: update Ciclo if it is a newer one`,
      );
    }
    return bundleManifestSchema.parse(value);
  } catch (error) {
    if (error instanceof IntegrityError) throw error;
    return refuse(`has a manifest.json that cannot be read (${messageOf(error).split('\n')[0]})`);
  }
}

/** The files of every model, whatever its engine. */
const commonFiles = ['card.md', 'profile.json', 'recipe.json', 'schema.json', 'training.json'] as const;

/** The files of a bundle, as readers of results take them. */
export function resultOf({ manifest, files }: Bundle): ResultFiles & { readonly hasEngine: boolean } {
  const { name, version, model } = manifest;
  const { ciclo } = model.versions;
  return {
    place: bundleName(name, version),
    remedy: `the bundle was made by ${ciclo === undefined ? 'another Ciclo' : `Ciclo ${ciclo}`}: read it with that, or deploy the model again`,
    files,
    hasEngine: manifest.format >= 2,
  };
}

/**
 * The model's files of a bundle: those that every model has, those of its engine, and its out-of-fold predictions where the
 * bundle has them.
 *
 * @throws IntegrityError when one is missing, or the engine is of a kind that this Ciclo does not know.
 */
export function modelFilesOf(bundle: Bundle): FolderFiles {
  const result = resultOf(bundle);
  const engine = engineOf(result);
  const own = [
    ...engine.files,
    ...(result.hasEngine ? ['engine.json'] : []),
    ...(bundle.files.has(outOfFoldFile) ? [outOfFoldFile] : []),
  ];
  return new Map([...commonFiles, ...own].sort().map((name) => [name, bytesOf(result, name)]));
}

/** Name of a bundle's file: `fuel-v1.2.0.zip`. */
export function bundleName(name: string, version: string): string {
  return `${name}-${version}.zip`;
}
