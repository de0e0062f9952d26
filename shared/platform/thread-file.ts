import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The file that a worker thread starts with, under the ending that the caller's own file has: `.ts` as source, `.js` where
 * it is bundled, and then all files lie in one folder.
 *
 * @param module the file as sources name it, without its ending: `./verb-worker`.
 * @param from the caller's `import.meta.url`.
 */
export function threadFile(module: string, from: string): URL {
  const ending = path.extname(new URL(from).pathname);
  const placed = new URL(`${module}${ending}`, from);
  return existsSync(placed) ? placed : new URL(`./${path.posix.basename(module)}${ending}`, from);
}
