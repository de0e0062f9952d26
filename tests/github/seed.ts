import { recordMove } from './agreement-seed.ts';
import { addCommit, shareHead } from './commit-seed.ts';
import {
  actionsApp,
  type Comment,
  type Overrides,
  type PullRequest,
  type Repository,
  type State,
  type Token,
} from './state.ts';

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
    reviews: [],
    issueEvents: [],
    moves: [],
    roles: new Map(),
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
  recordMove(state, from, branch);
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
