import { writeFolder } from '../../shared/artifacts/folders/run-folder.ts';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import type { ReleaseAsset } from '../../shared/forge/ports/releases.ts';
import { sha256 } from '../../shared/platform/digest.ts';
import { IntegrityError } from '../../shared/platform/errors.ts';
import { type Bundle, bundleName, modelFilesOf, readBundle } from '../../shared/release/bundle/bundle.ts';
import type { RegisteredVersion } from '../../shared/release/registry/registry.ts';
import { formatVersion } from '../../shared/release/registry/version.ts';

/** A registered version with its bundle, as the code host gave it. */
export interface ReleasedVersion {
  readonly version: RegisteredVersion;
  readonly bundle: Bundle;
  /** The bundle's file, as it was downloaded. */
  readonly archive: { readonly name: string; readonly bytes: Uint8Array };
  /** All files of the release. */
  readonly assets: readonly ReleaseAsset[];
  /** Address of the release. */
  readonly url: string;
}

/**
 * Downloads a version's bundle from its release and checks it whole.
 *
 * @returns undefined when the version has no published release: its deployment has not got so far.
 * @throws IntegrityError when the release holds something else than this version.
 */
export async function fetchReleased(
  name: string,
  version: RegisteredVersion,
  { releases }: Pick<Forge, 'releases'>,
): Promise<ReleasedVersion | undefined> {
  const release = await releases.published(version.tag);
  if (!release) return undefined;
  const file = bundleName(name, formatVersion(version.version));
  const assets = await releases.assets(release.id);
  const asset = assets.find((one) => one.name === file);
  if (!asset) throw new IntegrityError(`the release ${version.tag} (${release.url}) has no file ${file}`);
  const bytes = await releases.download(asset);
  const bundle = await readBundle(bytes, file);
  const { manifest } = bundle;
  if (manifest.name !== name || manifest.version !== formatVersion(version.version)) {
    throw new IntegrityError(
      `the file ${file} of the release ${version.tag} holds ${manifest.name} ${manifest.version}: it is refused`,
    );
  }
  if (version.model !== undefined && version.model !== manifest.digests.model) {
    throw new IntegrityError(
      `the file ${file} holds the model ${manifest.digests.model}, the tag ${version.tag} says ${version.model}: it is refused`,
    );
  }
  return { version, bundle, archive: { name: file, bytes }, assets, url: release.url };
}

/** Name and digest of a released bundle's file. */
export function bundleOf({ archive }: ReleasedVersion): { readonly name: string; readonly digest: string } {
  return { name: archive.name, digest: sha256(archive.bytes) };
}

/**
 * Writes a released model as a folder that models are read from (`<folder>/model`).
 *
 * @returns the folder, and its digest: not the released model's own, since its profile is the published one.
 */
export async function writeReleasedModel(
  { bundle }: ReleasedVersion,
  folder: string,
): Promise<{ readonly folder: string; readonly digest: string }> {
  const head = { kind: 'model' as const, ...bundle.manifest.model };
  const written = await writeFolder(folder, head, modelFilesOf(bundle));
  return { folder: written.folder, digest: written.manifest.digest };
}
