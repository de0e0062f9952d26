import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gitOf } from './git.ts';

/** The branch of the version pull request: there is one, which is made again at every change of main. */
export const proposalBranch = 'release/next';

/** A version to propose. */
export interface VersionProposal {
  /** A checkout of main. */
  readonly repository: string;
  /** What scripts/version.ts changed there, as `git diff --binary` wrote it. */
  readonly patch: string;
  /** `1.2.3` */
  readonly version: string;
}

/**
 * Commits the changes of a version on the commit that is checked out, and pushes them as the branch of the version pull
 * request. The checkout is left alone.
 *
 * @returns the commit; the branch's own where it proposes just this already.
 */
export async function proposeVersion({ repository, patch, version }: VersionProposal): Promise<string> {
  const git = gitOf(repository);
  const base = git(['rev-parse', 'HEAD']);
  const scratch = await mkdtemp(path.join(tmpdir(), 'ciclo-proposal-'));
  try {
    const environment = { GIT_INDEX_FILE: path.join(scratch, 'index') };
    git(['read-tree', base], environment);
    git(['apply', '--cached', '--binary', path.resolve(patch)], environment);
    const tree = git(['write-tree'], environment);
    const branch = `refs/heads/${proposalBranch}`;
    const [before] = git(['ls-remote', 'origin', branch]).split('\t');
    if (before !== undefined && before !== '') {
      git(['fetch', '--quiet', 'origin', branch]);
      const isSame = [`${before}^{tree}`, `${before}^`].map((name) => git(['rev-parse', name]));
      if (isSame[0] === tree && isSame[1] === base) return before;
    }
    const commit = git(['commit-tree', tree, '-p', base, '-m', `chore(release): v${version}`]);
    git(['push', '--quiet', 'origin', `+${commit}:${branch}`]);
    return commit;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
