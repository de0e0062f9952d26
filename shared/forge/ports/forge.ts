// What Ciclo asks of a code host: an interface for each kind of thing, the same for GitHub and for the local forge.
import type { Branches } from './branches.ts';
import type { Deployments } from './deployments.ts';
import type { Issues, Labels } from './issues.ts';
import type { Releases } from './releases.ts';
import type { Tags } from './tags.ts';

/**
 * The code host as the verbs see it: small interfaces by what they need. GitHub's implementation speaks REST, the local
 * one keeps readable files beside a plain git repository; one contract suite runs against both.
 *
 * Every method throws {@link ForgeError} (forge-error.ts) when the host refuses or cannot be reached.
 */
export interface Forge {
  readonly comments: PullRequestComments;
  readonly checks: CheckRuns;
  readonly pullRequests: PullRequests;
  readonly contents: Contents;
  readonly tags: Tags;
  readonly releases: Releases;
  readonly deployments: Deployments;
  readonly branches: Branches;
  readonly issues: Issues;
  readonly labels: Labels;
  readonly repository: Repository;
}

/** Facts of the repository. */
export interface Repository {
  /** `main`. */
  defaultBranch(): Promise<string>;
}

/** A comment in a pull request's conversation. */
export interface Comment {
  readonly id: number;
  /** Markdown, at most 65,536 characters. */
  readonly body: string;
  readonly author: string;
  /**
   * Whether this token wrote it. An installation's token cannot ask who it is; then every bot's comment counts, which
   * keeps people, fork authors above all, from planting one.
   */
  readonly own: boolean;
  readonly url: string;
}

/** Comments in the conversations of pull requests. */
export interface PullRequestComments {
  /** All of them, every page, oldest first. */
  list(pullRequest: number): Promise<readonly Comment[]>;
  /** Not repeated by the transport: a dropped connection may have created it, so look before trying again. */
  create(pullRequest: number, body: string): Promise<Comment>;
  update(id: number, body: string): Promise<Comment>;
}

/** A note on lines of a file; lines count from 1. */
export interface Annotation {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly line: number;
  readonly endLine?: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  readonly message: string;
}

/** A finished check on a commit. */
export interface CheckContent {
  readonly name: string;
  readonly conclusion: 'success' | 'neutral' | 'failure';
  readonly title: string;
  /** Markdown, at most 65,535 characters, as is `text`. */
  readonly summary: string;
  readonly text?: string;
  readonly detailsUrl?: string;
  /** Any number: the implementation sends them in the host's portions (GitHub: 50 a request). */
  readonly annotations: readonly Annotation[];
}

/** A check run as the code host shows it. */
export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly conclusion: string | null;
  /** Markdown. */
  readonly summary: string;
  /** How many notes it has by now. */
  readonly annotationCount: number;
  readonly url: string;
}

/** Check runs on commits of the repository. */
export interface CheckRuns {
  /** Ciclo's runs on the commit with this name, newest first. */
  list(commit: string, name: string): Promise<readonly CheckRun[]>;
  /** All of a run's notes, every page. */
  annotations(id: number): Promise<readonly Annotation[]>;
  /** Not repeated by the transport, as {@link PullRequestComments.create}. */
  create(commit: string, content: CheckContent): Promise<CheckRun>;
  /**
   * Replaces what the run says; annotations are added to those that it has, and then it is not repeated by the transport
   * either. {@link upsertCheck} (check-upsert.ts) sends only what is new.
   */
  update(id: number, content: CheckContent): Promise<CheckRun>;
}

/** A pull request: its state, and the two sides that it joins. `head.repository` is undefined where a fork was deleted. */
export interface PullRequest {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly head: {
    readonly commit: string;
    readonly branch: string;
    readonly repository: string | undefined;
  };
  readonly base: { readonly commit: string; readonly branch: string; readonly repository: string };
  readonly url: string;
}

/** Pull requests of the repository. */
export interface PullRequests {
  get(number: number): Promise<PullRequest | undefined>;
  /** Open ones whose head is this branch of this owner: how a run of a fork finds its own. */
  withHead(owner: string, branch: string): Promise<readonly PullRequest[]>;
  /** Merged ones by which the commit came to its branch, the newest first. @throws ForgeError 422 for an unknown commit. */
  mergedAs(commit: string): Promise<readonly PullRequest[]>;
  /** Those whose head is, or was, this branch of this repository, newest first, every page. */
  ofHead(
    branch: string,
    filter: { readonly state: 'open' | 'closed' | 'all' },
  ): Promise<readonly PullRequestDetail[]>;
  /**
   * Not repeated by the transport: look before trying again (pull-request-upsert.ts does).
   *
   * @throws MissingPermissionError that names the setting, when workflows may not open pull requests.
   * @throws AlreadyExistsError when there is an open one of this head and base.
   * @throws ForgeError 422 when there is no commit between them.
   */
  create(pullRequest: NewPullRequest): Promise<PullRequestDetail>;
  /** Changes what is given. */
  update(number: number, change: PullRequestChange): Promise<PullRequestDetail>;
}

/** A pull request with its text and its state: open, merged or closed. */
export interface PullRequestDetail extends PullRequest {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly labels: readonly string[];
  readonly draft: boolean;
  /** Whether this token opened it, as {@link Comment.own}. */
  readonly own: boolean;
  readonly merged: boolean;
  /** The commit on the base branch that merged it; undefined unless merged. */
  readonly mergedCommit: string | undefined;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Milliseconds since 1970, when it was merged or closed; undefined while it is open. */
  readonly closedAt: number | undefined;
}

/** A pull request that is to be opened. */
export interface NewPullRequest {
  /** At most 256 characters. */
  readonly title: string;
  /** Markdown, at most 65,536 characters. */
  readonly body: string;
  /** The branch of this repository with the changes. */
  readonly head: string;
  /** The branch that they are to be merged into. */
  readonly base: string;
  readonly draft?: boolean;
}

/** What of a pull request is to change; absent: it stays. */
export interface PullRequestChange {
  readonly title?: string;
  readonly body?: string;
  readonly state?: 'open' | 'closed';
}

/** Files of the repository as its commits have them. */
export interface Contents {
  /**
   * A text file of the repository at a commit, branch or tag; undefined when there is none at this path. UTF-8, at most
   * 1 MiB: anything else, as a folder or an unknown ref, is an error.
   */
  read(path: string, ref: string): Promise<string | undefined>;
}
