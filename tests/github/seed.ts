import { createHash } from 'node:crypto';
import {
  actionsApp,
  type CheckRun,
  type Comment,
  type Commit,
  type PullRequest,
  type Repository,
  type State,
  type Token,
  type WorkflowRun,
} from './state.ts';

type Overrides<T> = { readonly [K in keyof T]?: T[K] };

/** A repository with an empty first commit on its default branch. */
export function addRepository(
  state: State,
  fullName: string,
  overrides: Overrides<Pick<Repository, 'private' | 'fork' | 'defaultBranch'>> = {},
): Repository {
  const [owner = '', name = ''] = fullName.split('/');
  const repository: Repository = {
    id: state.nextId(),
    owner,
    name,
    private: true,
    fork: false,
    defaultBranch: 'main',
    ...overrides,
    commits: new Map(),
    refs: new Map(),
    pullRequests: new Map(),
    comments: new Map(),
    checkRuns: new Map(),
    workflowRuns: new Map(),
    tagObjects: new Map(),
    releases: new Map(),
    latestRelease: undefined,
    deployments: new Map(),
    issues: new Map(),
    labels: new Map(),
    trees: new Map(),
    blobs: new Map(),
    protectedBranches: new Set(),
    workflowsMayOpenPullRequests: true,
  };
  state.repositories.set(fullName, repository);
  addCommit(repository, { branch: repository.defaultBranch, files: {} });
  return repository;
}

/** What an installation's token gets, unless said otherwise: what the gate's job grants. */
const granted = { contents: 'read', actions: 'read', pull_requests: 'write', checks: 'write' } as const;

/** A token; by default a workflow's own with the rights of the gate's job. Without an app, say `app: undefined`. */
export function addToken(state: State, value: string, overrides: Overrides<Token> = {}): Token {
  const token: Token = {
    kind: 'installation',
    login: 'github-actions[bot]',
    app: overrides.kind === 'pat' ? undefined : actionsApp,
    permissions: granted,
    ...overrides,
  };
  state.tokens.set(value, token);
  return token;
}

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
function shareHead(repository: Repository, number: number, commit: Commit): void {
  repository.commits.set(commit.sha, commit);
  repository.refs.set(`pull/${number}/head`, commit.sha);
}

export function shaOf(parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** Issues and pull requests share their numbers. */
export function nextNumber({ pullRequests, issues }: Repository): number {
  return Math.max(0, ...pullRequests.keys(), ...issues.keys()) + 1;
}

export interface PullRequestSeed {
  readonly branch: string;
  /** The fork that the branch is in; the repository itself when absent. */
  readonly from?: Repository;
  readonly overrides?: Overrides<PullRequest>;
}

/** Opens a pull request for a branch, which must be there, into the default branch. */
export function openPullRequest(
  state: State,
  repository: Repository,
  { branch, from = repository, overrides = {} }: PullRequestSeed,
): PullRequest {
  const number = overrides.number ?? nextNumber(repository);
  const head = from.commits.get(from.refs.get(`heads/${branch}`) ?? '');
  const base = repository.refs.get(`heads/${repository.defaultBranch}`);
  if (!head || base === undefined) throw new Error(`no branch ${branch} to open a pull request for`);
  const pullRequest: PullRequest = {
    id: state.nextId(),
    number,
    title: `Pull request ${number}`,
    body: '',
    draft: false,
    labels: [],
    closedAt: undefined,
    mergedAt: undefined,
    mergeCommit: undefined,
    author: from === repository ? 'octocat' : from.owner,
    state: 'open',
    head: { repository: `${from.owner}/${from.name}`, branch, sha: head.sha },
    base: {
      repository: `${repository.owner}/${repository.name}`,
      branch: repository.defaultBranch,
      sha: base,
    },
    createdAt: state.now(),
    ...overrides,
  };
  repository.pullRequests.set(number, pullRequest);
  shareHead(repository, number, head);
  return pullRequest;
}

export function addComment(
  state: State,
  repository: Repository,
  seed: Pick<Comment, 'issue' | 'body'> & Overrides<Comment>,
): Comment {
  const now = state.now();
  const comment: Comment = {
    id: state.nextId(),
    author: 'octocat',
    app: undefined,
    createdAt: now,
    updatedAt: now,
    ...seed,
  };
  repository.comments.set(comment.id, comment);
  return comment;
}

export function addCheckRun(
  state: State,
  repository: Repository,
  seed: Pick<CheckRun, 'name' | 'sha'> & Overrides<CheckRun>,
): CheckRun {
  const now = state.now();
  const run: CheckRun = {
    id: state.nextId(),
    app: actionsApp,
    externalId: undefined,
    detailsUrl: undefined,
    status: 'completed',
    conclusion: 'success',
    startedAt: now,
    completedAt: now,
    output: { title: undefined, summary: undefined, text: undefined },
    annotations: [],
    ...seed,
  };
  repository.checkRuns.set(run.id, run);
  return run;
}

/** A finished run of a workflow; by default of a push to the default branch. */
export function addWorkflowRun(
  state: State,
  repository: Repository,
  overrides: Overrides<WorkflowRun> = {},
): WorkflowRun {
  const run: WorkflowRun = {
    id: state.nextId(),
    name: 'model',
    path: '.github/workflows/model.yml',
    event: 'push',
    headSha: repository.refs.get(`heads/${repository.defaultBranch}`) ?? '',
    headBranch: repository.defaultBranch,
    headRepository: `${repository.owner}/${repository.name}`,
    attempt: 1,
    status: 'completed',
    conclusion: 'success',
    createdAt: state.now(),
    ...overrides,
  };
  repository.workflowRuns.set(run.id, run);
  return run;
}
