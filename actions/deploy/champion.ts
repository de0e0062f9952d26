import path from 'node:path';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { readRegistry } from '../../shared/release/registry/registry.ts';
import { loadPipeline, type Pipeline } from '../prepare/collect.ts';
import { runDirectoryOf } from '../prepare/prepare.ts';
import { fetchReleased, writeReleasedModel } from './production.ts';

/** The model in production, ready to compare with. */
export interface ProductionChampion {
  /** Its model folder. */
  readonly folder: string;
  /** `fuel@v1.2.0` */
  readonly name: string;
}

/** What the tags say of a pipeline. */
export async function registryOf({ name }: Pick<Pipeline, 'name'>, { tags }: Pick<Forge, 'tags'>) {
  return readRegistry(await tags.list(name), name);
}

/**
 * Finds the version that the environment of ciclo.yml has, and puts its model into `<run directory>/champion/model`.
 *
 * @returns undefined when nothing is in production yet.
 * @throws IntegrityError when its bundle is not what its tag and manifest say.
 */
export async function productionChampion(
  inputs: { readonly config: string; readonly output?: string },
  forge: Pick<Forge, 'tags' | 'releases'>,
): Promise<ProductionChampion | undefined> {
  const pipeline = await loadPipeline(inputs.config);
  const { config, directory } = pipeline.loaded;
  const live = (await registryOf(pipeline, forge)).stages.get(config.deploy.environment);
  const released = live && (await fetchReleased(pipeline.name, live, forge));
  if (!released) return undefined;
  const place = path.join(runDirectoryOf(directory, inputs.output), 'champion');
  const { folder } = await writeReleasedModel(released, place);
  return { folder, name: released.version.tag };
}
