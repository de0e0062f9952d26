import type { Annotation, CheckContent, Forge } from '../ports/forge.ts';
import type { NewIssue } from '../ports/issues.ts';

/**
 * A repository with files on its default branch `main`, a branch `change` with its pull request, and a fork's pull
 * request from the fork's own `main`, as the contract suite finds it on either host.
 */
export interface ForgeScene extends AsyncDisposable {
  readonly forge: Forge;
  /** The owner of the repository, and its name with the owner. */
  readonly owner: string;
  readonly repository: string;
  /** The pull request of `change`. */
  readonly pullRequest: number;
  /** The pull request of a fork of `visitor/fuel`. */
  readonly forkPullRequest: number;
  /** The commit that `change` is at. */
  readonly commit: string;
  /** Pushes to `change`; the new commit. */
  push(files: Files): Promise<string>;
  /** The commit that `main` is at. */
  readonly mainCommit: string;
  /** A tag that somebody else made: on a commit, or only a name for it. */
  plantTag(name: string, commit: string, kind: 'annotated' | 'lightweight'): Promise<void>;
  /** Commits to any branch as somebody else does, with git. */
  commitAs(author: string, branch: string, files: Files): Promise<string>;
  /** Merges a pull request of one commit; the commit on the base branch. */
  merge(number: number): Promise<string>;
  /** A comment by somebody else. */
  comment(author: string, body: string): Promise<number>;
  /** An issue by somebody else; its number. */
  openIssue(author: string, issue: NewIssue): Promise<number>;
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** What is on `main`. */
export const mainFiles: Files = {
  'ciclo.yml': 'name: fuel\n',
  'data/größe 1.csv': 'mpg\n18\n',
  'data/bytes.bin': new Uint8Array([0xff, 0xfe, 0x00]),
};

/** What `change` changes. */
export const changedFiles: Files = { 'ciclo.yml': 'name: fuel # changed\n' };

export function sampleCheck(overrides: Partial<CheckContent> = {}): CheckContent {
  return {
    name: 'ciclo / fuel',
    conclusion: 'failure',
    title: 'rmse 4.2, at most 4',
    summary: '**fail**',
    annotations: [],
    ...overrides,
  };
}

export function sampleAnnotation(overrides: Partial<Annotation> = {}): Annotation {
  return {
    path: 'ciclo.yml',
    line: 3,
    level: 'failure',
    title: 'rmse',
    message: '4.2, at most 4',
    ...overrides,
  };
}
