import path from 'node:path';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { type Pipeline, runDirectoryOf } from '../pipeline/pipeline.ts';
import { registryOf } from '../pipeline/registry.ts';
import { fetchReleased, writeReleasedModel } from './production.ts';

/** The model in production, ready to compare with. */
export interface ProductionChampion {
  /** Its model folder. */
  readonly folder: string;
  /** `fuel@v1.2.0` */
  readonly name: string;
}

/**
 * Finds the version that the environment of ciclo.yml has, and puts its model into `<run directory>/champion/model`.
 *
 * @returns undefined when nothing is in production yet.
 * @throws IntegrityError when its bundle is not what its tag and manifest say.
 */
export async function productionChampion(
  { pipeline, output }: { readonly pipeline: Pipeline; readonly output?: string },
  forge: Pick<Forge, 'tags' | 'releases'>,
): Promise<ProductionChampion | undefined> {
  const { environment } = pipeline.loaded.config.deploy;
  const live = (await registryOf(pipeline, forge)).stages.get(environment);
  const released = live && (await fetchReleased(pipeline.name, live, forge));
  if (!released) return undefined;
  const place = path.join(runDirectoryOf(pipeline, output), 'champion');
  const { folder } = await writeReleasedModel(released, place);
  return { folder, name: released.version.tag };
}
