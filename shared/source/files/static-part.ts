import { isDynamicPattern } from 'tinyglobby';

/**
 * A pattern's leading folders without wildcards, and what follows them.
 *
 * @param pattern with forward slashes, on every system: `data/*.csv`, `C:/data/*.csv`.
 */
export function staticPart(pattern: string): { folder: string; rest: string } {
  const segments = pattern.split('/');
  const first = segments.findIndex((segment) => isDynamicPattern(segment));
  const folder = segments.slice(0, Math.max(first, 0)).join('/');
  const isRoot = (folder === '' && pattern.startsWith('/')) || /^[a-z]:$/i.test(folder);
  return { folder: isRoot ? `${folder}/` : folder, rest: segments.slice(first).join('/') };
}
