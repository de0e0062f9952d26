import type { PullRequestDetail } from '../ports/forge.ts';
import { ForgeError } from '../ports/forge-error.ts';
import { createCommitObject, isCheckedOut } from './branches.ts';
import { git, gitLine } from './git.ts';
import { mergeOf, writeMerged } from './merged-by-hand.ts';
import { readDetail } from './pull-requests.ts';
import { currentPullRequest, type LocalStore, readPullRequestFile } from './store.ts';

/**
 * Merges a pull request, as its button does on a code host: a merge commit on the base branch. Where that branch is
 * checked out the work tree follows, if nothing in it is changed. Run again after a crash it finds the merge.
 *
 * @throws ForgeError 404 when there is none, 409 when the branches conflict, 422 when it is closed, or when the base
 * branch is checked out and changed.
 */
export async function mergePullRequest(
  store: LocalStore,
  number: number,
  { message }: { readonly message?: string } = {},
): Promise<PullRequestDetail> {
  const { repository } = store;
  const doing = `merging pull request ${number}`;
  const content = await readPullRequestFile(store, number);
  if (!content) throw new ForgeError(`${doing}: there is no pull request ${number}`, 404);
  if (content.mergedCommit !== undefined) return readDetail(store, content);
  if (content.state === 'closed') throw new ForgeError(`${doing}: it is closed`, 422);
  const { head, base } = await currentPullRequest(store, content);
  const sides = { head: head.commit, base: base.commit };
  let mergedCommit = await mergeOf(repository, sides, doing);
  if (mergedCommit === undefined) {
    const tree = await mergedTree(repository, sides, doing);
    const text = message ?? `Merge pull request #${number} from ${head.branch}\n\n${content.title}`;
    const parents = [base.commit, head.commit];
    mergedCommit = await createCommitObject(store, { tree, parents, message: text, doing });
    await advance(repository, { branch: base.branch, from: base.commit, to: mergedCommit, doing });
  }
  const merged = await writeMerged(store, content, { ...sides, mergedCommit });
  return readDetail(store, merged);
}

async function mergedTree(
  repository: string,
  { head, base }: { readonly head: string; readonly base: string },
  doing: string,
): Promise<string> {
  const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', base, head];
  const { code, stdout, stderr } = await git(repository, args);
  const [tree = '', ...files] = stdout.toString('utf8').trim().split('\n');
  if (code === 0) return tree;
  if (code !== 1) throw new ForgeError(`${doing}: git merge-tree: ${stderr.trim()}`, 422);
  throw new ForgeError(`${doing}: the branches conflict in ${files.join(', ')}; merge them by hand`, 409);
}

/** Moves the base branch forward; where it is checked out git moves the work tree with it. */
async function advance(
  repository: string,
  { branch, from, to, doing }: { branch: string; from: string; to: string; doing: string },
): Promise<void> {
  if (!(await isCheckedOut(repository, branch))) {
    const input = `update refs/heads/${branch}\0${to}\0${from}\0`;
    await gitLine(repository, ['update-ref', '--stdin', '-z'], { doing, input });
    return;
  }
  const shown = await git(repository, ['symbolic-ref', '--quiet', '--short', 'HEAD']);
  if (shown.stdout.toString('utf8').trim() !== branch)
    throw new ForgeError(`${doing}: ${branch} is checked out in another work tree of ${repository}`, 422);
  const changed = await gitLine(repository, ['status', '--porcelain', '--untracked-files=no'], { doing });
  if (changed !== '') {
    const remedy = `commit them, or check out another branch`;
    throw new ForgeError(`${doing}: ${branch} is checked out with changes; ${remedy}:\n${changed}`, 422);
  }
  const hooks = ['-c', 'core.hooksPath=/dev/null'];
  await gitLine(repository, [...hooks, 'merge', '--quiet', '--ff-only', to], { doing });
}
