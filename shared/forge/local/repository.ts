import type { Repository } from '../ports/forge.ts';
import { ForgeError } from '../ports/forge-error.ts';
import { commitOf, git } from './git.ts';
import type { LocalStore } from './store.ts';

/**
 * The default branch of a plain repository: what its origin says, else `main`, `master`, else what is checked out.
 *
 * @throws ForgeError from its methods, as {@link Repository} says.
 */
export function createLocalRepository({ repository }: LocalStore): Repository {
  return {
    async defaultBranch() {
      const named = async (ref: string): Promise<string> =>
        (await git(repository, ['symbolic-ref', '--quiet', '--short', ref])).stdout.toString('utf8').trim();
      const ofOrigin = (await named('refs/remotes/origin/HEAD')).replace(/^origin\//, '');
      for (const branch of [ofOrigin, 'main', 'master', await named('HEAD')]) {
        if (branch !== '' && (await commitOf(repository, `refs/heads/${branch}`)) !== undefined)
          return branch;
      }
      throw new ForgeError(
        `reading the default branch of ${repository}: it has no branch with a commit`,
        404,
      );
    },
  };
}
