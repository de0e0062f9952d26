import { type Registry, readRegistry } from '../registry/registry.ts';
import type { RegistryTag } from '../registry/registry-events.ts';

/** Time of the first tag. */
const start = 1_767_600_000;

/** Tags by text, `<commit> <name>`, each a second later than the one before. */
export function taggedAs(texts: readonly string[]): readonly RegistryTag[] {
  return texts.map((text, i) => {
    const [commit, name] = text.split(' ') as [string, string];
    return { name, commit, time: start + i, message: `as ${name} says` };
  });
}

/** The registry of the artifact `fuel` after such tags. */
export function registryOfTags(texts: readonly string[]): Registry {
  return readRegistry(taggedAs(texts), 'fuel');
}
