import type { ReleasedVersion } from './production.ts';
import type { RebuiltBundle } from './rebuilt-bundle.ts';

/** How one file of the bundle compares with what the commit gives. */
export interface ComparedFile {
  readonly name: string;
  readonly outcome: 'same' | 'different' | 'not-compared';
}

/**
 * How each file of a bundle compares with what its commit gives now, by name.
 *
 * @param again of a second training, where the first one's model is another: what the two differ in tells nothing.
 */
export function comparedFiles(
  { bundle }: ReleasedVersion,
  { files, unjudged }: RebuiltBundle,
  again: RebuiltBundle | undefined,
): ComparedFile[] {
  const names = [...new Set([...bundle.files.keys(), ...files.keys()])].sort();
  return names.map((name) => {
    const [theirs, ours] = [bundle.files.get(name), files.get(name)];
    if (!ours && unjudged !== undefined) return { name, outcome: 'not-compared' };
    if (isSame(theirs, ours)) return { name, outcome: 'same' };
    const repeats = again === undefined || isSame(again.files.get(name), ours);
    return { name, outcome: repeats ? 'different' : 'not-compared' };
  });
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
}
