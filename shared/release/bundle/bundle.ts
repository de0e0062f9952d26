// The zip file of a release: written, checked, read.
import type { FolderFiles } from '../../artifacts/folders/run-folder.ts';
import { readHostileArchive } from '../../artifacts/store/artifact-archive.ts';
import type { ArchiveLimits } from '../../artifacts/store/artifact-archive-entry.ts';
import { sha256 } from '../../platform/digest.ts';
import { IntegrityError, messageOf, quote } from '../../platform/errors.ts';
import { formatJson } from '../../platform/json.ts';
import { type BundleManifest, bundleManifestSchema } from './bundle-manifest.ts';
import { storedZip } from './stored-zip.ts';

/** One archive with all that a version is: model, recipe, schema, published profile, evaluation, card, examples. */
export interface Bundle {
  readonly manifest: BundleManifest;
  readonly files: FolderFiles;
}

const limits: ArchiveLimits = { entries: 32, entryBytes: 512 * 2 ** 20, totalBytes: 1024 * 2 ** 20 };

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
    format: 1,
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
    if (format !== 1) refuse(`has format ${JSON.stringify(format)}; this Ciclo reads format 1`);
    return bundleManifestSchema.parse(value);
  } catch (error) {
    if (error instanceof IntegrityError) throw error;
    return refuse(`has a manifest.json that cannot be read (${messageOf(error).split('\n')[0]})`);
  }
}

/** The files of a bundle that make a model's folder. */
const modelFileNames = [
  'card.md',
  'model.json',
  'profile.json',
  'recipe.json',
  'schema.json',
  'training.json',
  'weights.bin',
] as const;

/** The model's files of a bundle. @throws IntegrityError when one is missing. */
export function modelFilesOf({ manifest, files }: Bundle): FolderFiles {
  return new Map(
    modelFileNames.map((name) => {
      const bytes = files.get(name);
      if (!bytes)
        throw new IntegrityError(`the bundle of ${manifest.name} ${manifest.version} has no ${name}`);
      return [name, bytes];
    }),
  );
}

/** Name of a bundle's file: `fuel-v1.2.0.zip`. */
export function bundleName(name: string, version: string): string {
  return `${name}-${version}.zip`;
}
