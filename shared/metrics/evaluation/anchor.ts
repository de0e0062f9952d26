import type { Evaluation } from './evaluation.ts';

/**
 * The version that a later one may not fall behind (`of: anchor`), once a version is deployed: the last one that was surely
 * better than its predecessor, or else the first. It follows from what each version's own evaluation says, so that whoever
 * asks again, after whatever was broken off, finds the same.
 *
 * @param evaluation of the deployed version.
 * @param name of that version: `fuel@v1.2.0`.
 */
export function anchorAfter(
  { champion, anchor }: Pick<Evaluation, 'champion' | 'anchor'>,
  name: string,
): string {
  if (!champion || champion.better?.surely === true) return name;
  // Versions of before there were anchors are where one starts.
  return anchor?.name ?? name;
}
