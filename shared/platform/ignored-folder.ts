import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of results beside ciclo.yml, and of what a code host would keep at the root of a repository. */
const ownFolder = '.ciclo';

/**
 * Makes the folder `.ciclo` that a path lies in, where there is none, with a .gitignore of everything in it: what is made
 * again from what is committed must not be committed by chance. A folder that is there is left as it is, so that who takes
 * the file out keeps it out.
 */
export function makeIgnoredFolder(place: string): void {
  const folder = ownFolderOf(path.resolve(place));
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) return;
  writeFileSync(path.join(folder, '.gitignore'), '*\n');
}

/** The innermost folder of that name that a path lies in, or is. */
function ownFolderOf(place: string): string | undefined {
  if (path.basename(place) === ownFolder) return place;
  const parent = path.dirname(place);
  return parent === place ? undefined : ownFolderOf(parent);
}
