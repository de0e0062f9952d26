import {
  type BranchCommit,
  type Branches,
  formatCommitMessage,
  pipelineOfMessage,
} from '../ports/branches.ts';
import { AlreadyExistsError, BranchMovedError, ForgeError, isUncertain } from '../ports/forge-error.ts';
import type { IsOwn } from './author.ts';
import { createCommit, createTree, readCommit } from './git.ts';
import type { GitHubSession } from './session.ts';

/** How often a move of a ref is tried again after GitHub broke off. */
const attempts = 3;

/** From where to where a branch goes; `force` when that leaves commits behind. */
interface Move {
  readonly branch: string;
  readonly from: string | undefined;
  readonly to: string | null;
  readonly force: boolean;
  readonly doing: string;
}

/** Who GitHub itself commits as. */
const host = 'web-flow';

/**
 * Branches by GitHub's REST API. A new branch and one that only grows are moved in one step with the comparison: the ref
 * is created only when there is none, and moved only forward. For a move that leaves commits behind GitHub has no such
 * step: it is read first.
 *
 * @throws ForgeError from its methods, as {@link Branches} says.
 */
export function createGitHubBranches(session: GitHubSession, author: () => Promise<IsOwn>): Branches {
  const { client, repository, attempt, clock } = session;
  const { git } = client.rest;

  async function head(branch: string): Promise<string | undefined> {
    const doing = `looking for the branch ${branch}`;
    try {
      return await attempt({ doing, permission: 'contents: read' }, async () => {
        const { data } = await git.getRef({ ...repository, ref: `heads/${branch}` });
        return data.object.sha;
      });
    } catch (error) {
      if (error instanceof ForgeError && error.status === 404) return undefined;
      throw error;
    }
  }

  function write({ branch, from, to, force, doing }: Move): Promise<unknown> {
    const ref = `heads/${branch}`;
    return attempt<unknown>({ doing, permission: 'contents: write' }, () => {
      if (to === null) return git.deleteRef({ ...repository, ref });
      if (from === undefined) return git.createRef({ ...repository, ref: `refs/${ref}`, sha: to });
      return git.updateRef({ ...repository, ref, sha: to, force, request: { retries: 0 } });
    });
  }

  async function move(wanted: Move): Promise<void> {
    const { branch, from, to, doing } = wanted;
    for (let round = 1; ; round++) {
      const now = await head(branch);
      if (now === (to ?? undefined)) return;
      if (now !== from) throw moved(doing, { expected: from, now });
      try {
        await write(wanted);
        return;
      } catch (error) {
        if (error instanceof AlreadyExistsError || isNotForward(error))
          throw moved(doing, { expected: from, now: await head(branch), cause: error });
        if (round === attempts || !isUncertain(error)) throw protectedBranch(error, wanted);
        await clock.sleep(1000 * round ** 2);
      }
    }
  }

  return {
    head,
    async commit({ branch, pipeline, expectedHead, base, message, files }) {
      const doing = `committing to ${branch}`;
      const now = await head(branch);
      if (now !== expectedHead) throw moved(doing, { expected: expectedHead, now });
      const parent = base ?? expectedHead;
      const tree = await createTree(session, { over: parent, files }, doing);
      if (expectedHead !== undefined) {
        const present = await readCommit(session, expectedHead, doing);
        const onBase = parent === expectedHead || present.parents.join() === parent;
        if (present.tree === tree && onBase) return expectedHead;
      }
      const parents = parent === undefined ? [] : [parent];
      const text = formatCommitMessage({ message, pipeline });
      const to = await createCommit(session, { message: text, tree, parents }, doing);
      await move({ branch, from: expectedHead, to, force: parent !== expectedHead, doing });
      return to;
    },
    reset: (branch, { expectedHead, toCommit }) =>
      move({
        branch,
        from: expectedHead,
        to: toCommit,
        force: true,
        doing: `moving ${branch} to ${toCommit}`,
      }),
    delete: (branch, expectedHead) =>
      move({ branch, from: expectedHead, to: null, force: true, doing: `deleting ${branch}` }),
    async commitsSince(branch, base) {
      const doing = `comparing ${branch} with ${base}`;
      return attempt({ doing, permission: 'contents: read' }, async () => {
        const isOwn = await author();
        const request = { ...repository, basehead: `${base}...${branch}`, per_page: 100 };
        const found: BranchCommit[] = [];
        // Octokit's own pages leave out what is beside the first list, as here the commits.
        for (let page = 1; ; page++) {
          const { data } = await client.rest.repos.compareCommitsWithBasehead({ ...request, page });
          found.push(...data.commits.map((body) => parseCommit(body, isOwn)));
          if (data.commits.length < request.per_page) return found;
        }
      });
    },
  };
}

/** The parts of GitHub's answer that are read. */
interface CommitBody {
  readonly sha: string;
  readonly author: object | null;
  readonly committer: object | null;
  readonly commit: {
    readonly message: string;
    readonly author: { readonly name?: string } | null;
    readonly verification?: { readonly verified: boolean } | undefined;
  };
}

type Account = Parameters<IsOwn>[0];

/** A name and an address can be anybody's: what bears a bot's must be signed too, as GitHub signs what it commits. */
function parseCommit({ sha, author, committer, commit }: CommitBody, isOwn: IsOwn): BranchCommit {
  const [by, with_] = [accountOf(author), accountOf(committer)];
  const ours = isOwn(by) && (isOwn(with_) || with_?.login === host);
  const signed = by?.type !== 'Bot' || commit.verification?.verified === true;
  const own = ours && signed && pipelineOfMessage(commit.message) !== undefined;
  return { commit: sha, author: by?.login ?? commit.author?.name ?? 'unknown', own };
}

/** GitHub's description allows an empty object for somebody without an account. */
function accountOf(value: object | null): Account {
  return value && 'login' in value ? (value as Account) : null;
}

function moved(
  doing: string,
  {
    expected,
    now,
    cause,
  }: { readonly expected: string | undefined; readonly now: string | undefined; readonly cause?: unknown },
): BranchMovedError {
  const where = (at: string | undefined): string => (at === undefined ? 'not there' : `at ${at}`);
  return new BranchMovedError(`${doing}: the branch is ${where(now)}, and was expected ${where(expected)}`, {
    cause,
  });
}

function isNotForward(error: unknown): boolean {
  return (
    error instanceof ForgeError &&
    error.status === 422 &&
    /not a fast[- ]forward|reference does not exist/i.test(error.message)
  );
}

/** GitHub says which rule forbids it; what to do about it is said here. */
function protectedBranch(error: unknown, { branch, doing }: Move): unknown {
  if (
    !(error instanceof ForgeError) ||
    !/protected (branch|ref)|repository rule violations/i.test(error.message)
  )
    return error;
  const why = error.message.slice(error.message.indexOf(': ') + 2);
  const remedy = `${branch} is Ciclo's own branch: exempt it from the rule (Settings → Rules, or Branches), or pass the token of an app that may bypass it`;
  return new ForgeError(`${doing}: a rule of the repository forbids it (${why}); ${remedy}`, error.status, {
    cause: error,
  });
}
