// Whether a command wrote where it may only read.

import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { git } from '../../../shared/forge/local/git.ts';
import { isWithin } from '../../../shared/platform/slashed-path.ts';

/** Files by path, each with a mark that changes when the file does. */
export type Marks = ReadonlyMap<string, string>;

/**
 * The marks of files and of all files below folders: size, inode, and the times of change, which no program sets back.
 *
 * @param places absolute paths; what is not there has no mark.
 */
export async function marksOf(places: readonly string[]): Promise<Marks> {
  const marks = new Map<string, string>();
  for (const place of places) {
    const status = await stat(place, { bigint: true }).catch(() => undefined);
    if (!status) continue;
    if (status.isDirectory()) {
      const names = await readdir(place, { recursive: true });
      const inside = names.map((name) => path.join(place, name));
      for (const file of inside) {
        const mark = await markOf(file);
        if (mark !== undefined) marks.set(file, mark);
      }
    } else marks.set(place, (await markOf(place)) ?? '');
  }
  return marks;
}

async function markOf(file: string): Promise<string | undefined> {
  const status = await stat(file, { bigint: true }).catch(() => undefined);
  return status?.isFile() ? `${status.size} ${status.ino} ${status.mtimeNs} ${status.ctimeNs}` : undefined;
}

/**
 * The marks of what differs from the commit in the git repository of a folder, ignored files apart; undefined where there is
 * no repository, or git does not read it.
 *
 * @param apart a folder that is left out: Ciclo writes there itself.
 */
export async function uncommittedMarks(directory: string, apart: string): Promise<Marks | undefined> {
  const ask = (args: readonly string[]) =>
    git(directory, args, '', { GIT_OPTIONAL_LOCKS: '0' }).catch(() => undefined);
  const top = await ask(['rev-parse', '--show-toplevel']);
  const status =
    top?.code === 0
      ? await ask(['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all'])
      : undefined;
  if (!top || status?.code !== 0) return undefined;
  const root = top.stdout.toString('utf8').trimEnd();
  const marks = new Map<string, string>();
  for (const entry of status.stdout.toString('utf8').split('\0')) {
    if (entry === '') continue;
    const file = path.join(root, entry.slice(3));
    if (isWithin(apart, file)) continue;
    marks.set(file, `${entry.slice(0, 2)} ${(await markOf(file)) ?? ''}`);
  }
  return marks;
}

/** The files whose marks differ, sorted. */
export function changedFiles(before: Marks, after: Marks): string[] {
  const files = new Set([...before.keys(), ...after.keys()]);
  return [...files].filter((file) => before.get(file) !== after.get(file)).sort();
}
