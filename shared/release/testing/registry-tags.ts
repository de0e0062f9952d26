import { type Registry, readRegistry } from '../registry/registry.ts';
import type { RegistryTag } from '../registry/registry-events.ts';
import { formatPushLine } from '../registry/tag-lines.ts';

/** Time of the first tag. */
const start = 1_767_600_000;

/**
 * Tags by text, `<commit> <name>`, each a second later than the one before. A third word is the commit whose deployment
 * made the assignment: `a fuel#production#3 c`.
 */
export function taggedAs(texts: readonly string[]): readonly RegistryTag[] {
  return texts.map((text, i) => {
    const [commit, name, pushed] = text.split(' ') as [string, string, string?];
    const more = pushed === undefined ? '' : `\n\n${formatPushLine(pushed)}`;
    return { name, commit, time: start + i, message: `as ${name} says${more}` };
  });
}

/** The registry of the artifact `fuel` after such tags. */
export function registryOfTags(texts: readonly string[]): Registry {
  return readRegistry(taggedAs(texts), 'fuel');
}
