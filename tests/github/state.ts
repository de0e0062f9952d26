import type { BranchMove, IssueEvent, Review, Role } from './agreement-state.ts';
import type { Deployment } from './deployment-state.ts';
import type { Issue, Label } from './issue-state.ts';
import type { Release } from './release-state.ts';
import type { TagObject } from './tag-state.ts';

/** All that the emulated GitHub remembers. Tests seed it (seed.ts) and look into it. */
export interface State {
  /** By `owner/name`. */
  readonly repositories: Map<string, Repository>;
  readonly tokens: Map<string, Token>;
  /** Unique over everything, ascending. */
  nextId(): number;
  /** A second later each time it is asked, from 2026-01-05: `2026-01-05T09:00:01Z`. */
  now(): string;
}

export type Permission = 'read' | 'write';

/** Who a token stands for, and what it may do. */
export interface Token {
  /** An installation's is what a workflow gets (GITHUB_TOKEN) or an app; a pat belongs to a person. */
  readonly kind: 'installation' | 'pat';
  /** `github-actions[bot]`, `octocat`. */
  readonly login: string;
  /** Of an installation. GitHub Actions itself is 15368. */
  readonly app: App | undefined;
  /** As the API names them: `pull_requests`, `checks`, `contents`, `actions`. Absent: none. */
  readonly permissions: Readonly<Record<string, Permission>>;
}

export interface App {
  readonly id: number;
  readonly slug: string;
}

/** GitHub Actions, whose installation tokens workflows get. */
export const actionsApp: App = { id: 15368, slug: 'github-actions' };

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly private: boolean;
  readonly fork: boolean;
  readonly defaultBranch: string;
  readonly commits: Map<string, Commit>;
  /** By full name without `refs/`: `heads/main`, `tags/v1`; the SHA of the commit, or of an annotated tag's object. */
  readonly refs: Map<string, string>;
  readonly pullRequests: Map<number, PullRequest>;
  readonly comments: Map<number, Comment>;
  readonly checkRuns: Map<number, CheckRun>;
  readonly workflowRuns: Map<number, WorkflowRun>;
  readonly tagObjects: Map<string, TagObject>;
  readonly releases: Map<number, Release>;
  /** The id of the release that is shown first. */
  latestRelease: number | undefined;
  readonly deployments: Map<number, Deployment>;
  /** Issues that are no pull requests; the two share their numbers. */
  readonly issues: Map<number, Issue>;
  readonly labels: Map<string, Label>;
  readonly reviews: Review[];
  readonly issueEvents: IssueEvent[];
  /** When branches came to where they are, oldest first. */
  readonly moves: BranchMove[];
  /** What people may, by login; anybody else may read a public repository. */
  readonly roles: Map<string, Role>;
  /** Files of trees that were made, by SHA. */
  readonly trees: Map<string, Commit['files']>;
  readonly blobs: Map<string, Buffer>;
  /** Branches that a rule keeps from being moved. */
  readonly protectedBranches: Set<string>;
  /** The setting "Allow GitHub Actions to create and approve pull requests". */
  workflowsMayOpenPullRequests: boolean;
}

export interface Commit {
  readonly sha: string;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly parents: readonly string[];
  readonly message: string;
  /** Login; GitHub commits in the name of whose token asks. */
  readonly author: string;
  /** Signed by GitHub. */
  readonly verified: boolean;
}

/** One side of a pull request. `repository` is `owner/name`; undefined once a fork is deleted. */
export interface Side {
  readonly repository: string | undefined;
  readonly branch: string;
  readonly sha: string;
}

export interface PullRequest {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string;
  readonly author: string;
  readonly draft: boolean;
  readonly labels: string[];
  state: 'open' | 'closed';
  closedAt: string | undefined;
  mergedAt: string | undefined;
  mergeCommit: string | undefined;
  head: Side;
  base: Side & { readonly repository: string };
  readonly createdAt: string;
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly author: string;
  readonly app: App | undefined;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
}

export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title?: string;
}

export interface CheckRun {
  readonly id: number;
  name: string;
  readonly sha: string;
  readonly app: App;
  externalId: string | undefined;
  detailsUrl: string | undefined;
  status: string;
  conclusion: string | undefined;
  startedAt: string;
  completedAt: string | undefined;
  output: { title: string | undefined; summary: string | undefined; text: string | undefined };
  readonly annotations: CheckAnnotation[];
}

export interface WorkflowRun {
  readonly id: number;
  readonly name: string;
  /** The workflow's file: `.github/workflows/model.yml`. */
  readonly path: string;
  readonly event: string;
  readonly headSha: string;
  readonly headBranch: string;
  /** `owner/name` of where the head is: a fork's, for its pull requests. */
  readonly headRepository: string;
  readonly attempt: number;
  status: string;
  conclusion: string | undefined;
  readonly createdAt: string;
}

export function createState(): State {
  let id = 1000;
  let time = Date.UTC(2026, 0, 5, 9);
  return {
    repositories: new Map(),
    tokens: new Map(),
    nextId() {
      id += 1;
      return id;
    },
    now() {
      time += 1000;
      return new Date(time).toISOString().replace('.000Z', 'Z');
    },
  };
}

/** A commit by branch, tag or SHA, with or without `refs/`. */
export function commitOf(repository: Repository, ref: string): Commit | undefined {
  const name = ref.replace(/^refs\//, '');
  const sha =
    repository.refs.get(`heads/${name}`) ?? repository.refs.get(`tags/${name}`) ?? repository.refs.get(name);
  return repository.commits.get(repository.tagObjects.get(sha ?? ref)?.object ?? sha ?? ref);
}

/** What a seed says differently than usual. */
export type Overrides<T> = { readonly [K in keyof T]?: T[K] };
