import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { distance } from 'fastest-levenshtein';
import { glob, isDynamicPattern } from 'tinyglobby';
import { ConfigurationError, quote } from '../platform/errors.ts';
import { slashedPath } from '../platform/slashed-path.ts';
import { type FileFormat, isMark } from './file-format.ts';
import { refuseUnfetched } from './files/data-elsewhere.ts';
import { filesOfFolder } from './files/file-folder.ts';
import { staticPart } from './files/static-part.ts';

/**
 * The files that paths, folders and globs name: relative to `directory`, with forward slashes, each once, sorted by
 * code point. A path that names a file is that file, whatever characters it has; one that names a folder is all files
 * of one format below it.
 *
 * @param format of the files, where it is declared.
 * @throws ConfigurationError when DVC keeps one of them elsewhere, or a pattern names no file: with the folder, what is there, and near names.
 */
export async function resolvePaths(
  patterns: readonly string[],
  directory: string,
  format?: FileFormat,
): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    await refuseUnfetched(pattern.replaceAll('\\', '/'), directory);
    const matches = await matchesOf(pattern.replaceAll('\\', '/'), directory, format);
    if (matches.length === 0) throw await noMatch(pattern, directory);
    for (const match of matches) found.add(match);
  }
  return [...found].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

async function matchesOf(pattern: string, directory: string, format?: FileFormat): Promise<string[]> {
  const whole = path.resolve(directory, pattern);
  const place = await stat(whole).catch(() => undefined);
  if (place?.isFile()) return [slashedPath(directory, whole)];
  if (place?.isDirectory()) {
    const files = await filesOfFolder(whole, pattern.replace(/\/+$/, ''), format);
    return files.map((file) => slashedPath(directory, path.join(whole, file)));
  }
  if (!isDynamicPattern(pattern)) return [];
  const { folder, rest } = staticPart(pattern);
  const cwd = path.resolve(directory, folder);
  const names = await glob(rest, { cwd, onlyFiles: true, expandDirectories: false });
  return names.filter((name) => !isMark(name)).map((name) => slashedPath(directory, path.join(cwd, name)));
}

async function noMatch(pattern: string, directory: string): Promise<ConfigurationError> {
  const dynamic = isDynamicPattern(pattern);
  const folder = dynamic ? staticPart(pattern).folder : path.posix.dirname(pattern);
  const shown = folder === '' || folder === '.' ? 'the folder of ciclo.yml' : `folder ${folder}`;
  const start = `data.source.path: ${quote(pattern)} matches no file`;
  const entries = await readdir(path.resolve(directory, folder), { withFileTypes: true }).catch(
    () => undefined,
  );
  if (!entries) return new ConfigurationError(`${start}: there is no ${shown}`);
  const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  return new ConfigurationError(
    `${start} in ${shown}${whatIsThere(pattern, names, (name) => path.posix.join(folder, name))}`,
  );
}

/**
 * What there is where a pattern found nothing, after the name of the folder: near names, or all.
 *
 * @param names in the folder, those of folders with a slash at the end. @param pathOf a name as one would write it.
 */
export function whatIsThere(
  pattern: string,
  names: readonly string[],
  pathOf: (name: string) => string,
): string {
  const wanted = path.posix.basename(pattern);
  const sorted = [...names].sort();
  const near = sorted.filter((name) => distance(name.toLowerCase(), wanted.toLowerCase()) <= 3);
  if (near.length > 0) {
    const paths = near.slice(0, 3).map((name) => quote(pathOf(name)));
    return `; did you mean ${paths.join(' or ')}?`;
  }
  const listed = sorted.slice(0, 10).join(', ') + (names.length > 10 ? `, … (${names.length} in all)` : '');
  return `, which holds ${listed || 'nothing'}`;
}
