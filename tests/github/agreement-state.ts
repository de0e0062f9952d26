export type Role = 'admin' | 'maintain' | 'write' | 'triage' | 'read';

export interface Review {
  readonly id: number;
  readonly pullRequest: number;
  /** Login; null once the account is gone. */
  readonly author: string | null;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED' | 'COMMENTED';
  readonly commit: string | null;
  readonly submittedAt: string;
}

export interface IssueEvent {
  readonly id: number;
  readonly issue: number;
  readonly event: 'labeled' | 'unlabeled';
  readonly label: string;
  readonly actor: string;
  readonly createdAt: string;
}

/** A branch that came to a commit, as the repository's activity tells it. */
export interface BranchMove {
  readonly id: number;
  readonly branch: string;
  readonly before: string;
  readonly after: string;
  readonly at: string;
}
