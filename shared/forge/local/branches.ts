import { rm } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../platform/clock.ts';
import { ownTemporaryFolder } from '../../platform/own-temporary.ts';
import { type Branches, formatCommitMessage, type NewCommit, pipelineOfMessage } from '../ports/branches.ts';
import { BranchMovedError, ForgeError } from '../ports/forge-error.ts';
import { commitOf, gitLine } from './git.ts';
import type { LocalStore } from './store.ts';

/** How often a move of a ref is tried again while another process holds its lock. */
const attempts = 5;

/**
 * Git's own branches, made by its plumbing: neither the work tree nor the index of whoever works in the repository is
 * touched, and git itself compares before it moves a ref.
 *
 * @throws ForgeError from its methods, as {@link Branches} says.
 */
export function createLocalBranches(store: LocalStore): Branches {
  const { repository } = store;
  const head = (branch: string): Promise<string | undefined> => commitOf(repository, `refs/heads/${branch}`);

  async function move(branch: string, { from, to, doing }: Move): Promise<void> {
    const now = await head(branch);
    if (now === to) return;
    if (now !== from) throw moved(doing, { expected: from, now });
    await checkNotShown(store, branch, doing);
    const ref = `refs/heads/${branch}`;
    const zero = '0'.repeat(from?.length ?? to?.length ?? 40);
    const change = to === undefined ? `delete ${ref}\0${from}\0` : `update ${ref}\0${to}\0${from ?? zero}\0`;
    for (let round = 1; ; round++) {
      try {
        await gitLine(repository, ['update-ref', '--stdin', '-z'], { doing, input: change });
        return;
      } catch (error) {
        const after = await head(branch);
        // Another writer made the very same commit: same files, same parent, same second.
        if (after === to) return;
        if (after !== from) throw moved(doing, { expected: from, now: after });
        // Where it was: another writer held git's lock, and let it go without a change.
        if (round === attempts || !/lock/i.test((error as Error).message)) throw error;
        await systemClock.sleep(20 * round);
      }
    }
  }

  return {
    head,
    async commit({ branch, pipeline, expectedHead, base, message, files }) {
      const doing = `committing to ${branch}`;
      await gitLine(repository, ['check-ref-format', `refs/heads/${branch}`], { doing });
      const now = await head(branch);
      if (now !== expectedHead) throw moved(doing, { expected: expectedHead, now });
      const parent = base ?? expectedHead;
      const tree = await writeTree(repository, { over: parent, files, doing });
      if (expectedHead !== undefined && (await says(repository, expectedHead, { tree, parent, doing })))
        return expectedHead;
      const text = formatCommitMessage({ message, pipeline });
      const parents = parent === undefined ? [] : [parent];
      const to = await createCommitObject(store, { tree, parents, message: text, doing });
      await move(branch, { from: expectedHead, to, doing });
      return to;
    },
    reset: (branch, { expectedHead, toCommit }) =>
      move(branch, { from: expectedHead, to: toCommit, doing: `moving ${branch} to ${toCommit}` }),
    delete: (branch, expectedHead) =>
      move(branch, { from: expectedHead, to: undefined, doing: `deleting ${branch}` }),
    async commitsSince(branch, base) {
      const doing = `comparing ${branch} with ${base}`;
      const tip = await existing(repository, `refs/heads/${branch}`, doing);
      const from = await existing(repository, base, doing);
      const format = '--format=%H%x00%an%x00%B%x00%x01';
      const args = ['log', '--reverse', '--topo-order', format, `${from}..${tip}`];
      const records = (await gitLine(repository, args, { doing })).split('\0\x01');
      return records.flatMap((record) => {
        const [commit, author, message] = record.trimStart().split('\0');
        if (commit === undefined || author === undefined || message === undefined) return [];
        return [{ commit, author, own: author === store.author && pipelineOfMessage(message) !== undefined }];
      });
    },
  };
}

interface Move {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly doing: string;
}

/** A branch that is checked out is not moved under somebody's feet. */
async function checkNotShown({ repository }: LocalStore, branch: string, doing: string): Promise<void> {
  if (!(await isCheckedOut(repository, branch))) return;
  const remedy = `check out another one first: git -C ${repository} switch --detach`;
  throw new ForgeError(`${doing}: the branch is checked out in ${repository}; ${remedy}`, 422);
}

/** Whether the repository, or one of its work trees, shows the branch. */
export async function isCheckedOut(repository: string, branch: string): Promise<boolean> {
  const list = await gitLine(repository, ['worktree', 'list', '--porcelain'], {
    doing: 'listing work trees',
  });
  return list
    .split('\n\n')
    .some((tree) => !/^bare$/m.test(tree) && tree.split('\n').includes(`branch refs/heads/${branch}`));
}

async function existing(repository: string, ref: string, doing: string): Promise<string> {
  const commit = await commitOf(repository, ref);
  if (commit === undefined) throw new ForgeError(`${doing}: there is no ${ref}`, 404);
  return commit;
}

/** The tree of `files` over the one of a commit, through an index of its own. */
async function writeTree(
  repository: string,
  { over, files, doing }: { over: string | undefined; files: NewCommit['files']; doing: string },
): Promise<string> {
  const folder = await ownTemporaryFolder('index');
  try {
    const env = { GIT_INDEX_FILE: path.join(folder, 'index') };
    await gitLine(repository, over === undefined ? ['read-tree', '--empty'] : ['read-tree', over], {
      doing,
      env,
    });
    const lines: string[] = [];
    for (const [name, content] of files) {
      if (content === null) lines.push(`0 ${'0'.repeat(40)}\t${name}\0`);
      else {
        const blob = await gitLine(repository, ['hash-object', '-w', '--stdin'], { doing, input: content });
        lines.push(`100644 ${blob}\t${name}\0`);
      }
    }
    await gitLine(repository, ['update-index', '-z', '--index-info'], { doing, env, input: lines.join('') });
    return await gitLine(repository, ['write-tree'], { doing, env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether a commit has this tree, on this parent. */
async function says(
  repository: string,
  commit: string,
  { tree, parent, doing }: { tree: string; parent: string | undefined; doing: string },
): Promise<boolean> {
  const args = ['log', '-1', '--format=%T %P', commit];
  const [present, ...parents] = (await gitLine(repository, args, { doing })).split(' ');
  return present === tree && (parent === commit || parents.join() === parent);
}

/** A commit that no ref leads to yet, by the store's author and clock. */
export function createCommitObject(
  { repository, author, clock = systemClock }: LocalStore,
  commit: {
    readonly tree: string;
    readonly parents: readonly string[];
    readonly message: string;
    readonly doing: string;
  },
): Promise<string> {
  const date = `@${Math.floor(clock.now() / 1000)} +0000`;
  const email = `${author}@localhost`;
  const env = {
    GIT_AUTHOR_NAME: author,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: author,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
  const { tree, parents, message, doing } = commit;
  const args = ['commit-tree', '--no-gpg-sign', tree, ...parents.flatMap((parent) => ['-p', parent])];
  return gitLine(repository, args, { doing, env, input: message });
}

function moved(
  doing: string,
  { expected, now }: { readonly expected: string | undefined; readonly now: string | undefined },
): BranchMovedError {
  const where = (at: string | undefined): string => (at === undefined ? 'not there' : `at ${at}`);
  return new BranchMovedError(`${doing}: the branch is ${where(now)}, and was expected ${where(expected)}`);
}
