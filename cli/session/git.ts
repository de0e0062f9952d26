import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gitError } from '../../shared/platform/system-error.ts';

const run = promisify(execFile);

/** A list of a large repository's files. Bytes. */
const longestAnswer = 256 * 2 ** 20;

/**
 * What git prints, without the line end; nothing where it was asked with `--quiet` for what is not there.
 *
 * @param doing what it is to do, for the message when it refuses.
 * @throws SystemError when git is not there, or refuses.
 */
export async function git(folder: string, words: readonly string[], doing: string): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C' };
  try {
    const { stdout } = await run('git', ['-C', folder, ...words], {
      env,
      encoding: 'utf8',
      maxBuffer: longestAnswer,
    });
    return stdout.trimEnd();
  } catch (error) {
    // Asked with --quiet, git says by its exit code alone that there is no such thing.
    const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: unknown };
    if (code === 1 && stderr === '' && words.includes('--quiet')) return '';
    throw gitError(error, doing);
  }
}
