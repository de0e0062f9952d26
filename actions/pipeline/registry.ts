import type { Forge } from '../../shared/forge/ports/forge.ts';
import { type Registry, readRegistry } from '../../shared/release/registry/registry.ts';
import type { Pipeline } from './pipeline.ts';

/** The versions of a pipeline and where they are, as the code host's tags say it now. */
export async function registryOf(
  { name }: Pick<Pipeline, 'name'>,
  { tags }: Pick<Forge, 'tags'>,
): Promise<Registry> {
  return readRegistry(await tags.list(name), name);
}
