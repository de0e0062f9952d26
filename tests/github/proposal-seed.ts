import { shaOf } from './commit-seed.ts';
import type { Issue } from './issue-state.ts';
import { nextNumber } from './seed.ts';
import type { PullRequest, Repository, State } from './state.ts';

/** Merges a pull request as its button does: a merge commit on the base branch. */
export function mergePullRequest(state: State, repository: Repository, pullRequest: PullRequest): string {
  const base = repository.refs.get(`heads/${pullRequest.base.branch}`)!;
  const head = repository.commits.get(pullRequest.head.sha)!;
  const from = repository.commits.get(head.parents[0] ?? '')?.files ?? new Map<string, Buffer>();
  const files = new Map(repository.commits.get(base)!.files);
  // Of a branch of one commit: what that changed.
  for (const [path, bytes] of head.files) if (!from.get(path)?.equals(bytes)) files.set(path, bytes);
  for (const path of from.keys()) if (!head.files.has(path)) files.delete(path);
  const sha = shaOf(['merge', base, head.sha]);
  const message = `Merge pull request #${pullRequest.number}`;
  const parents = [base, head.sha];
  repository.commits.set(sha, { sha, files, parents, message, author: 'octocat', verified: true });
  repository.refs.set(`heads/${pullRequest.base.branch}`, sha);
  Object.assign(pullRequest, {
    state: 'closed',
    closedAt: state.now(),
    mergedAt: state.now(),
    mergeCommit: sha,
  });
  return sha;
}

export function addIssue(
  state: State,
  repository: Repository,
  seed: Pick<Issue, 'title'> & Partial<Omit<Issue, 'number' | 'id'>>,
): Issue {
  const issue: Issue = {
    id: state.nextId(),
    number: nextNumber(repository),
    body: '',
    state: 'open',
    labels: [],
    author: 'octocat',
    createdAt: state.now(),
    closedAt: undefined,
    ...seed,
  };
  repository.issues.set(issue.number, issue);
  return issue;
}
