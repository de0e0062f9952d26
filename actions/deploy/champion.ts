import path from 'node:path';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { readBundle } from '../../shared/release/bundle/bundle.ts';
import { requireVersion } from '../../shared/release/registry/version.ts';
import { requireRegistered } from '../../shared/release/registry/version-lookup.ts';
import { type Pipeline, runDirectoryOf } from '../pipeline/pipeline.ts';
import { registryOf } from '../pipeline/registry.ts';
import type { ValidateInputs } from '../validate/validate-inputs.ts';
import { type AnchorPlace, earlierOf } from './anchor.ts';
import {
  productionOf,
  type ReleasedVersion,
  releasedFile,
  unboundNote,
  writeReleasedModel,
} from './production.ts';

/** What validate takes of the models that came before. */
export type ChampionInputs = Pick<
  ValidateInputs,
  | 'champion'
  | 'championName'
  | 'championModel'
  | 'championWindow'
  | 'championProblem'
  | 'anchor'
  | 'judgedBefore'
>;

/** The model in production: ready to compare with, or known by its name alone. */
export interface ProductionChampion {
  /** `fuel@v1.2.0` */
  readonly name: string;
  /** What validate takes of it. */
  readonly inputs: ChampionInputs;
  /** What should be said of it: that it cannot be read, or is not bound to its tag. */
  readonly warning?: string;
}

/**
 * Finds the version that the environment of ciclo.yml has, and puts its model into `<run directory>/champion/model`. One
 * that is there and cannot be read is a champion with which nothing can be compared.
 *
 * @returns undefined when nothing is in production yet.
 */
export async function productionChampion(
  { pipeline, output }: { readonly pipeline: Pipeline; readonly output?: string },
  forge: Pick<Forge, 'tags' | 'releases'>,
): Promise<ProductionChampion | undefined> {
  const { environment } = pipeline.loaded.config.deploy;
  const production = await productionOf({ name: pipeline.name, environment }, forge);
  if (production.state === 'none') return undefined;
  if (production.state !== 'readable') {
    const { reason } = production;
    const name = production.state === 'unreadable' ? production.tag : `the version in ${environment}`;
    return { name, inputs: { championName: name, championProblem: reason }, warning: reason };
  }
  return comparable(production.released, { pipeline, runDirectory: runDirectoryOf(pipeline, output) }, forge);
}

/**
 * The version whose bundle lies here as a file, checked by its tag: for a clone that does not have the release.
 *
 * @throws ConfigurationError when the registry has no such version, IntegrityError when the file is not its bundle.
 */
export async function bundleChampion(
  archive: { readonly name: string; readonly bytes: Uint8Array },
  { pipeline, output }: { readonly pipeline: Pipeline; readonly output?: string },
  forge: Pick<Forge, 'tags' | 'releases'>,
): Promise<ProductionChampion> {
  const { manifest } = await readBundle(archive.bytes, archive.name);
  const version = requireRegistered(
    await registryOf(pipeline, forge),
    requireVersion(manifest.version),
    'champion',
  );
  const released = await releasedFile(archive, pipeline.name, version);
  return comparable(released, { pipeline, runDirectory: runDirectoryOf(pipeline, output) }, forge);
}

async function comparable(
  released: ReleasedVersion,
  place: AnchorPlace,
  forge: Pick<Forge, 'tags' | 'releases'>,
): Promise<ProductionChampion> {
  const note = unboundNote(released);
  return {
    name: released.version.tag,
    inputs: await championInputs(released, place, forge),
    ...(note === undefined ? {} : { warning: note }),
  };
}

/**
 * What validate takes of a version that a model is judged against: the one in production, or that of then where a model is
 * judged again. Its model is put into `<run directory>/champion/model`.
 */
export async function championInputs(
  released: ReleasedVersion,
  place: AnchorPlace,
  forge: Pick<Forge, 'tags' | 'releases'>,
): Promise<ChampionInputs> {
  const { folder } = await writeReleasedModel(released, path.join(place.runDirectory, 'champion'));
  const { window, digests } = released.bundle.manifest;
  return {
    champion: folder,
    championName: released.version.tag,
    championModel: digests.model,
    ...(window ? { championWindow: window } : {}),
    ...(await earlierOf(released, place, forge)),
  };
}
