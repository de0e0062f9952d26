import path from 'node:path';
import type { Logger } from '../../shared/platform/logger.ts';
import { largeFileMend, largeFiles, largeFileWords } from '../session/large-files.ts';
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
type Source =
  | {
      readonly type: string;
      readonly path?: string | readonly string[];
      readonly database?: string | undefined;
    }
  | undefined;

/** Paths and globs of a source whose files lie here, from the folder of ciclo.yml. */
export function localPaths(source: Source): string[] {
  const paths = source?.type === 'file' ? [source.path ?? []].flat() : [];
  return paths.filter((name) => !name.includes('://'));
}

/** Files and folders of the data that lie here, as git adds them. */
export function localData(source: Source): string[] {
  if (source?.type === 'duckdb') return source.database === undefined ? [] : [source.database];
  // A folder is named as one; a pattern in this folder stays, since git reads patterns, too.
  return localPaths(source).map((name) => name.replace(/\/?[^/]*[*?[{].*$/, '') || name);
}

/**
 * The data that is to be committed: all of {@link localData} but what GitHub would refuse. That is told, with what would be right;
 * large files that it takes are told, too.
 *
 * @param directory that the paths of the source begin at.
 */
export async function dataToAdd(
  source: Source,
  directory: string,
  logger: Pick<Logger, 'warn'>,
): Promise<string[]> {
  const data = localData(source);
  const files = await largeFiles(directory, source?.type === 'duckdb' ? data : localPaths(source));
  const [refused, warned] = [files.filter((one) => one.refused), files.filter((one) => !one.refused)];
  const isRefused = (added: string): boolean =>
    refused.some(({ file }) => path.matchesGlob(file, added) || isBelow(file, added));
  const left = data.filter((added) => !isRefused(added));
  if (refused.length > 0) {
    logger.warn(
      `${largeFileWords(refused)}, so that git add does not name it below; first ${largeFileMend(refused)}`,
    );
  }
  if (warned.length > 0) logger.warn(`${largeFileWords(warned)}; better ${largeFileMend(warned)}`);
  return left;
}

/** Whether a path is that of a folder or file, or lies below it. */
function isBelow(file: string, folder: string): boolean {
  const from = path.relative(folder, file);
  return !from.startsWith('..') && !path.isAbsolute(from);
}
