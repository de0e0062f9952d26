import type { Forge } from '../../shared/forge/ports/forge.ts';
import { parseGtoTag } from '../../shared/release/registry/gto-tag.ts';
import { type Registry, readRegistry } from '../../shared/release/registry/registry.ts';
import type { Pipeline } from './pipeline.ts';

/** The versions of a pipeline and where they are, as the code host's tags say it now. */
export async function registryOf(
  { name }: Pick<Pipeline, 'name'>,
  { tags }: Pick<Forge, 'tags'>,
): Promise<Registry> {
  return readRegistry(await tags.list(name), name);
}

/** What another place says of a pipeline whose tags this clone does not all have. */
export type RegistryElsewhere =
  | { readonly place: string; readonly registry: Registry }
  | { readonly place: string; readonly problem: string };

/** The registry of the place that a clone came from; undefined when it says no more than the clone. */
export async function registryElsewhere(
  { name }: Pick<Pipeline, 'name'>,
  { tags }: Pick<Forge, 'tags'>,
): Promise<RegistryElsewhere | undefined> {
  const found = await tags.elsewhere?.(name);
  if (!found || 'problem' in found) return found;
  // Their times are not known from afar: stages go by the tags' numbers, after all versions.
  const dated = found.tags.map((tag) => {
    const number = parseGtoTag(tag.name)?.number ?? 0;
    return { ...tag, time: number, message: '' };
  });
  return { place: found.place, registry: readRegistry(dated, name) };
}
