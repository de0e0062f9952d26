import { systemClock } from '../../platform/clock.ts';
import { replaceText } from './file.ts';
import { commitOf, git, gitLine } from './git.ts';
import {
  currentPullRequest,
  formatPullRequest,
  type LocalStore,
  type PullRequestFile,
  pullRequestFile,
} from './store.ts';

interface Sides {
  readonly head: string;
  readonly base: string;
}

/**
 * The commit on the base branch that merged the head already: of a merge that broke off, or by hand.
 *
 * @returns undefined where the base has not got the head; the head itself where the base was moved forward to it.
 */
export async function mergeOf(
  repository: string,
  { head, base }: Sides,
  doing: string,
): Promise<string | undefined> {
  if (!(await isAncestor(repository, head, base))) return undefined;
  const args = ['rev-list', '--first-parent', '--ancestry-path', '--reverse', `${head}..${base}`];
  const [first] = (await gitLine(repository, args, { doing })).split('\n');
  return first || head;
}

/**
 * What a pull request's file says, once more: an open one that `git merge` brought to its base is closed and merged from now on, as
 * a code host has it when the base is pushed. Its branch may then be used again, for another one.
 */
export async function withMergeByHand(store: LocalStore, content: PullRequestFile): Promise<PullRequestFile> {
  const { repository } = store;
  if (content.state !== 'open' || content.head.repository !== store.name) return content;
  const { head, base } = await currentPullRequest(store, content);
  // A branch that was set back to its base has nothing that was merged: what was proposed has to be there, too.
  if ((await commitOf(repository, content.head.commit)) === undefined) return content;
  if (!(await isAncestor(repository, content.head.commit, base.commit))) return content;
  const doing = `looking whether pull request ${content.number} is merged`;
  const mergedCommit = await mergeOf(repository, { head: head.commit, base: base.commit }, doing);
  if (mergedCommit === undefined) return content;
  return writeMerged(store, content, { head: head.commit, base: base.commit, mergedCommit });
}

/** Writes that a pull request is closed and merged. @param mergedCommit what brought the head to the base. */
export async function writeMerged(
  store: LocalStore,
  content: PullRequestFile,
  { head, base, mergedCommit }: Sides & { readonly mergedCommit: string },
): Promise<PullRequestFile> {
  const { clock = systemClock } = store;
  const merged = {
    ...content,
    state: 'closed' as const,
    head: { ...content.head, commit: head },
    base: { ...content.base, commit: base },
    closedAt: clock.now(),
    mergedCommit,
  };
  await replaceText(pullRequestFile(store, content.number), formatPullRequest(merged));
  return merged;
}

async function isAncestor(repository: string, older: string, newer: string): Promise<boolean> {
  return (await git(repository, ['merge-base', '--is-ancestor', older, newer])).code === 0;
}
