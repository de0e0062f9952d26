import path from 'node:path';
import { readModelFolder, releasedModelFiles } from '../../shared/artifacts/folders/model-folder.ts';
import type { FolderFiles } from '../../shared/artifacts/folders/run-folder.ts';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { outOfFoldFile } from '../../shared/model/out-of-fold/out-of-fold.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { readBundle } from '../../shared/release/bundle/bundle.ts';
import type { Registry } from '../../shared/release/registry/registry.ts';
import { requireVersion } from '../../shared/release/registry/version.ts';
import { registeredVersion } from '../../shared/release/registry/version-lookup.ts';
import { loadPipeline, runDirectoryOf } from '../pipeline/pipeline.ts';
import { runtimePlaces } from '../pipeline/runtime-places.ts';
import type { VerbPorts } from '../ports.ts';
import { prepare } from '../prepare/prepare.ts';
import { train } from '../train/train.ts';
import { validate } from '../validate/validate.ts';
import { championInputs } from './champion.ts';
import { readJudged } from './judged-model.ts';
import { fetchReleased, type ReleasedVersion } from './production.ts';
import { publishedProfile, releaseBundle } from './release-bundle.ts';

/** What a version's commit gives now. */
export interface RebuiltBundle {
  /** Digest of the model, as its manifest says it. */
  readonly model: string;
  /** The files of the bundle that could be made again. */
  readonly files: FolderFiles;
  /** Why the files that come of judging the model are not among them; undefined when they are. */
  readonly unjudged?: string;
}

/**
 * Prepares, trains and judges again from a checkout of a version's commit, against the version that it was judged against,
 * and makes the bundle of it.
 *
 * @param config ciclo.yml in the checkout: another commit, so another pipeline.
 */
export async function rebuildBundle(
  released: ReleasedVersion,
  { config, registry }: { readonly config: string; readonly registry: Registry },
  ports: VerbPorts & { readonly forge: Pick<Forge, 'tags' | 'releases'> },
): Promise<RebuiltBundle> {
  const { manifest, files: theirs } = released.bundle;
  // Whether they may be published was decided when it was deployed.
  const mayReadRows = theirs.has(outOfFoldFile);
  const { pipeline } = await prepare({ pipeline: await loadPipeline(config) }, ports);
  await train({ pipeline }, ports);
  const runDirectory = runDirectoryOf(pipeline, undefined);
  const places = runtimePlaces(pipeline, ports);
  const model = await readModelFolder(path.join(runDirectory, 'model'), places);
  const digest = model.manifest.digest;
  try {
    const live = await championOf(released, registry, ports.forge);
    const against = live && (await championInputs(live, { pipeline, runDirectory, registry }, ports.forge));
    await validate({ pipeline, ...against }, ports);
    const archive = await releaseBundle(await readJudged(pipeline, runDirectory, { places }), {
      ...{ name: pipeline.name, version: manifest.version, live, lock: pipeline.lock },
      description: pipeline.loaded.config.description,
      mayReadRows,
    });
    return { model: digest, files: (await readBundle(archive, released.archive.name)).files };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const files = new Map(
      releasedModelFiles({ ...model, profile: publishedProfile(model.profile) }, { mayReadRows }),
    );
    // The one in the bundle says what judging found.
    files.delete('card.md');
    return { model: digest, files, unjudged: error.message };
  }
}

/** The version that a released one was judged against. */
async function championOf(
  { bundle }: ReleasedVersion,
  registry: Registry,
  forge: Pick<Forge, 'releases'>,
): Promise<ReleasedVersion | undefined> {
  const { champion, name } = bundle.manifest;
  if (!champion) return undefined;
  const all = { ...registry, versions: [...registry.versions, ...registry.withdrawn] };
  const version = registeredVersion(all, requireVersion(champion.version));
  const live = version && (await fetchReleased(name, version, forge));
  if (live) return live;
  throw new ConfigurationError(
    `it was judged against ${name}@${champion.version}, which has no published release here`,
  );
}
