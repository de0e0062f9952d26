import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { resolvePaths } from '../../shared/source/file-paths.ts';
import { byCount } from '../../shared/text/counts.ts';
import { listNames } from '../../shared/text/nearest-name.ts';

const run = promisify(execFile);
const mebibyte = 2 ** 20;
/**
 * GitHub refuses a push with a larger file in git, and warns of one that is larger than half of it:
 * <https://docs.github.com/en/repositories/working-with-files/managing-large-files/about-large-files-on-github>. Bytes.
 */
const largestFile = 100 * mebibyte;
const largestUnwarned = 50 * mebibyte;

/** A file that is large for GitHub, as git would keep it. */
export interface LargeFile {
  /** From the folder that was looked at. */
  readonly file: string;
  readonly bytes: number;
  /** GitHub refuses it. */
  readonly refused: boolean;
}

/**
 * The files among those of a source that GitHub refuses or warns of. Those of Git LFS are none of them: git has their pointers; nor are
 * those that git ignores.
 *
 * @param patterns paths, folders and globs from `folder`; where one names nothing, there is nothing to say of it.
 */
export async function largeFiles(folder: string, patterns: readonly string[]): Promise<LargeFile[]> {
  const found = await Promise.all(
    patterns.map((pattern) => resolvePaths([pattern], folder).catch((): string[] => [])),
  );
  const large: LargeFile[] = [];
  for (const file of new Set(found.flat())) {
    const size = (await stat(path.resolve(folder, file)).catch(() => undefined))?.size ?? 0;
    if (size <= largestUnwarned || (await isKeptApart(folder, file))) continue;
    large.push({ file, bytes: size, refused: size > largestFile });
  }
  return large;
}

/** Whether git would not keep a file's own bytes: it is of Git LFS, or is ignored. */
async function isKeptApart(folder: string, file: string): Promise<boolean> {
  const says = async (...words: string[]): Promise<string | undefined> => {
    try {
      return (await run('git', ['-C', folder, ...words], { encoding: 'utf8' })).stdout.trimEnd();
    } catch {
      // No repository yet, no git, or a file that nothing ignores: then it is kept as any other is.
      return undefined;
    }
  };
  if ((await says('check-attr', 'filter', '--', file))?.endsWith(': filter: lfs')) return true;
  return (await says('check-ignore', '--quiet', '--', file)) !== undefined;
}

/** What is wrong with large files, as a sentence without an end. @param files at least one, all refused or none. */
export function largeFileWords(files: readonly LargeFile[]): string {
  const names = files.map(({ file, bytes }) => `${file} (${Math.ceil(bytes / mebibyte)} MiB)`);
  const subject = `${listNames(names, 3)} ${byCount(files.length, 'is', 'are')}`;
  return files[0]!.refused
    ? `${subject} too large for git: GitHub refuses a push with a file of more than 100 MiB`
    : `${subject} large for git: GitHub warns of files of more than 50 MiB, and refuses those of more than 100 MiB`;
}

/** What would be right for them. */
export function largeFileMend(files: readonly LargeFile[]): string {
  const tracked = files.map(({ file }) => `"${file}"`).join(' ');
  return `git lfs install && git lfs track ${tracked} && git add .gitattributes, and lfs: true in the workflows; or keep the data in object storage (s3://) or a database, and name that in data.source`;
}
