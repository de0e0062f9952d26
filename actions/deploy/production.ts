import { writeFolder } from '../../shared/artifacts/folders/run-folder.ts';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import type { ReleaseAsset } from '../../shared/forge/ports/releases.ts';
import { sha256 } from '../../shared/platform/digest.ts';
import { IntegrityError } from '../../shared/platform/errors.ts';
import { type Bundle, bundleName, modelFilesOf } from '../../shared/release/bundle/bundle.ts';
import { readVersionBundle } from '../../shared/release/bundle/bundle-binding.ts';
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
 * Downloads a version's bundle from its release and checks it whole, by the version's tag too.
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
  const bundle = await readVersionBundle(bytes, name, version);
  return { version, bundle, archive: { name: file, bytes }, assets, url: release.url };
}

/**
 * What must be said of a version whose tag does not bind its bundle; undefined for one that is bound. Tags of GTO's own and
 * of former versions of Ciclo name no file, so that whoever may write releases can put another in its place.
 */
export function unboundNote({
  version: { tag, binding },
}: Pick<ReleasedVersion, 'version'>): string | undefined {
  if (binding) return undefined;
  return `${tag} is not bound: its tag does not say which file its bundle is, so it could not be checked that the release holds what was deployed`;
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
