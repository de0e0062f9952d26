import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { slashedPath } from '../../platform/slashed-path.ts';
import { gitLine } from './git.ts';

/**
 * Looks for files that whoever has a commit does not have.
 *
 * @param files from `directory`.
 * @returns the first one that the commit does not hold as it is on disk: unknown to it, changed since, outside the
 *   repository, or a link to another place; undefined when it holds all.
 * @throws ForgeError when there is no repository here, or no such commit; SystemError when git is not there.
 */
export async function uncommittedFile(
  directory: string,
  files: readonly string[],
  commit: string,
): Promise<string | undefined> {
  const doing = `looking for the data in the commit ${commit}`;
  const here = await realpath(directory);
  const root = await gitLine(here, ['rev-parse', '--show-toplevel'], { doing });
  const listed = await gitLine(root, ['ls-tree', '-r', '-z', '--full-tree', commit], { doing });
  const diff = ['diff', '--name-only', '-z', '--no-ext-diff', '--no-textconv', commit, '--'];
  const changed = new Set((await gitLine(root, diff, { doing })).split('\0'));
  const held = new Set(listed.split('\0').flatMap((line) => plainFile.exec(line)?.[1] ?? []));
  return files.find((file) => {
    const name = slashedPath(root, path.resolve(here, file));
    return !held.has(name) || changed.has(name);
  });
}

/** A line of ls-tree of a file with bytes of its own: a link, or another repository, has none. */
const plainFile = /^100(?:644|755) blob [0-9a-f]+\t(.*)$/s;
