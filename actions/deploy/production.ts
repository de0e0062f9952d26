import { writeFolder } from '../../shared/artifacts/folders/run-folder.ts';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import type { ReleaseAsset } from '../../shared/forge/ports/releases.ts';
import { sha256 } from '../../shared/platform/digest.ts';
import { ConfigurationError, IntegrityError } from '../../shared/platform/errors.ts';
import { type Bundle, bundleName, modelFilesOf } from '../../shared/release/bundle/bundle.ts';
import { readVersionBundle } from '../../shared/release/bundle/bundle-binding.ts';
import type { RegisteredVersion, Registry } from '../../shared/release/registry/registry.ts';
import { formatVersion } from '../../shared/release/registry/version.ts';
import { registryElsewhere, registryOf } from '../pipeline/registry.ts';

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

/** A registered version whose bundle lies here as a file. @throws IntegrityError when it is another one's. */
export async function releasedFile(
  archive: ReleasedVersion['archive'],
  name: string,
  version: RegisteredVersion,
): Promise<ReleasedVersion> {
  const bundle = await readVersionBundle(archive.bytes, name, version);
  return { version, bundle, archive, assets: [], url: archive.name };
}

/** What an environment has. */
export type Production =
  | { readonly state: 'none' }
  | { readonly state: 'readable'; readonly released: ReleasedVersion }
  /** It has a version, of which no more than the name is known here. Not the same as none. */
  | {
      readonly state: 'unreadable';
      readonly tag: string;
      readonly reason: string;
      readonly cause?: IntegrityError;
    }
  /** Whether it has one cannot be told. */
  | { readonly state: 'unknown'; readonly reason: string };

/**
 * What a pipeline's environment has, by its tags and the release of the version that they name.
 *
 * @param registry when it was read already.
 */
export async function productionOf(
  { name, environment }: { readonly name: string; readonly environment: string },
  forge: Pick<Forge, 'tags' | 'releases'>,
  registry?: Registry,
): Promise<Production> {
  const known = registry ?? (await registryOf({ name }, forge));
  const live = known.stages.get(environment);
  if (!live)
    return known.history.length > 0 ? { state: 'none' } : productionElsewhere({ name, environment }, forge);
  const unreadable = (reason: string, cause?: IntegrityError): Production => {
    const why = `${environment} has ${live.tag}, which could not be read: ${reason}`;
    return { state: 'unreadable', tag: live.tag, reason: why, ...(cause ? { cause } : {}) };
  };
  try {
    const released = await fetchReleased(name, live, forge);
    if (released) return { state: 'readable', released };
  } catch (error) {
    if (error instanceof IntegrityError) return unreadable(error.message, error);
    throw error;
  }
  return unreadable(
    'it has no published release here. Publish it again, fetch its bundle and name it (--champion), or assign another version (rollback-to)',
  );
}

/** A clone without any tag of the pipeline: what the place that it came from says. */
async function productionElsewhere(
  { name, environment }: { readonly name: string; readonly environment: string },
  forge: Pick<Forge, 'tags'>,
): Promise<Production> {
  const elsewhere = await registryElsewhere({ name }, forge);
  if (!elsewhere) return { state: 'none' };
  const { place } = elsewhere;
  if ('problem' in elsewhere) {
    const reason = `this clone has no tag of ${name}, and ${place} could not be asked what ${environment} has: ${elsewhere.problem}`;
    return { state: 'unknown', reason };
  }
  const tag = elsewhere.registry.stages.get(environment)?.tag;
  if (tag === undefined) return { state: 'none' };
  const reason = `${environment} has ${tag}, which could not be read: this clone does not have the tags of ${place}; git fetch --tags ${place}`;
  return { state: 'unreadable', tag, reason };
}

/**
 * The version that an environment has; undefined when it has none.
 *
 * @throws ConfigurationError when it has one that cannot be read, IntegrityError where that is because it is damaged.
 */
export function requireReadable(production: Production): ReleasedVersion | undefined {
  if (production.state === 'readable') return production.released;
  if (production.state === 'none') return undefined;
  const { reason } = production;
  const isDamaged = production.state === 'unreadable' && production.cause;
  throw isDamaged ? new IntegrityError(reason, { cause: production.cause }) : new ConfigurationError(reason);
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
