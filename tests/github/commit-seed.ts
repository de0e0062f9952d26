import { createHash } from 'node:crypto';
import { recordMove } from './agreement-seed.ts';
import type { Commit, Repository, State } from './state.ts';

export interface CommitSeed {
  /** Moved to the new commit, or made; files of its last commit stay unless they are replaced. */
  readonly branch: string;
  /** Text or bytes by path; null removes the file. */
  readonly files: Readonly<Record<string, string | Uint8Array | null>>;
  /** A real commit's SHA; made from the content when absent. */
  readonly sha?: string;
  /** Login; a person, unless said otherwise. */
  readonly author?: string;
  readonly message?: string;
}

export function addCommit(repository: Repository, seed: CommitSeed): Commit {
  const { branch, files, sha, author = 'octocat', message = 'change' } = seed;
  const parent = repository.refs.get(`heads/${branch}`);
  const content = new Map(parent === undefined ? [] : repository.commits.get(parent)?.files);
  for (const [path, value] of Object.entries(files)) {
    if (value === null) content.delete(path);
    else content.set(path, Buffer.from(value));
  }
  const commit = {
    sha: sha ?? shaOf([repository.name, parent ?? '', ...content.entries()].flat()),
    files: content,
    parents: parent === undefined ? [] : [parent],
    message,
    author,
    verified: false,
  };
  repository.commits.set(commit.sha, commit);
  repository.refs.set(`heads/${branch}`, commit.sha);
  return commit;
}

/** A commit as somebody pushes it: open pull requests of the branch, wherever they are, move to it. */
export function push(state: State, repository: Repository, seed: CommitSeed): Commit {
  const commit = addCommit(repository, seed);
  followBranch(state, repository, seed.branch);
  return commit;
}

/** Open pull requests of a branch, wherever they are, move where it is now. */
export function followBranch(state: State, repository: Repository, branch: string): void {
  const fullName = `${repository.owner}/${repository.name}`;
  recordMove(state, repository, branch);
  const commit = repository.commits.get(repository.refs.get(`heads/${branch}`) ?? '');
  for (const target of state.repositories.values()) {
    for (const pullRequest of target.pullRequests.values()) {
      const { head, number } = pullRequest;
      if (pullRequest.state !== 'open' || head.repository !== fullName || head.branch !== branch) continue;
      if (commit) {
        pullRequest.head = { ...head, sha: commit.sha };
        shareHead(target, number, commit);
      }
      const base = target.refs.get(`heads/${pullRequest.base.branch}`) ?? '';
      // As GitHub does when the branch is deleted, or has nothing that its base has not.
      if (commit && !historyOf(target, base).has(commit.sha)) continue;
      pullRequest.state = 'closed';
      pullRequest.closedAt = state.now();
    }
  }
}

/** A commit and all before it. */
export function historyOf(repository: Repository, sha: string): Set<string> {
  const found = new Set<string>();
  const pending = [sha];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    pending.push(...(repository.commits.get(next)?.parents ?? []));
  }
  return found;
}

/** A fork shares its objects with its parent, which sees the head as `refs/pull/N/head`. */
export function shareHead(repository: Repository, number: number, commit: Commit): void {
  repository.commits.set(commit.sha, commit);
  repository.refs.set(`pull/${number}/head`, commit.sha);
}

export function shaOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}
