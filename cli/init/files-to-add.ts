import path from 'node:path';
import type { RepositoryFiles } from './repository-files.ts';
import type { WrittenFile } from './written-files.ts';

/** The files that are committed, from the folder that the command runs in: those of init, and the data that lies in it. */
export function filesToAdd(
  files: readonly WrittenFile[],
  { root }: Pick<RepositoryFiles, 'root'>,
  directory: string,
  data: readonly string[],
): string[] {
  const own = files.map(({ file }) =>
    path.relative(directory, path.join(root, file)).split(path.sep).join('/'),
  );
  return [...new Set([...own, ...data])];
}

/** A source as far as it matters here. */
type Source = { readonly type: string; readonly path?: string | readonly string[] } | undefined;

/** Paths and globs of a source whose files lie here, from the folder of ciclo.yml. */
export function localPaths(source: Source): string[] {
  const paths = source?.type === 'file' ? [source.path ?? []].flat() : [];
  return paths.filter((name) => !name.includes('://'));
}

/** Files and folders of the data that lie here, as git adds them. */
export function localData(source: Source): string[] {
  // A folder is named as one; a pattern in this folder stays, since git reads patterns, too.
  return localPaths(source).map((name) => name.replace(/\/?[^/]*[*?[{].*$/, '') || name);
}
