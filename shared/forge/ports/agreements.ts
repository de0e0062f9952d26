/** Who did something: a bot's or an app's word is no person's. */
export interface Actor {
  readonly login: string;
  readonly person: boolean;
}

/** A pull request as far as somebody may agree to it. */
export interface ProposedChange {
  readonly author: string;
  readonly head: {
    readonly commit: string;
    readonly branch: string;
    /** `owner/name`; undefined when the fork is gone. */
    readonly repository: string | undefined;
  };
}

export interface Review {
  readonly by: Actor | undefined;
  /** A comment that says neither is `commented`; one that is not sent yet is `pending`. */
  readonly state: 'approved' | 'changes-requested' | 'dismissed' | 'commented' | 'pending';
  /** The head when it was written; undefined when that is gone. */
  readonly commit: string | undefined;
}

/** When a label was put on, or taken off, the last time. */
export interface LabelEvent {
  readonly by: Actor | undefined;
  readonly change: 'labeled' | 'unlabeled';
  /** By the host's clock, milliseconds since 1970. */
  readonly at: number;
}

/** When a branch came to a commit. */
export interface BranchMove {
  readonly commit: string;
  /** By the host's clock, milliseconds since 1970: never what the commit says of itself. */
  readonly at: number;
}

/** Who said what about a pull request: what the code host itself vouches for. */
export interface Agreements {
  change(pullRequest: number): Promise<ProposedChange | undefined>;
  /** All of them, every page, oldest first. */
  reviews(pullRequest: number): Promise<readonly Review[]>;
  /** The last time that the label was put on or taken off; undefined when it never was. */
  lastLabelling(pullRequest: number, label: string): Promise<LabelEvent | undefined>;
  /** The last time that a branch moved; undefined when the host does not know. @param repository `owner/name` */
  lastMove(repository: string, branch: string): Promise<BranchMove | undefined>;
  /** Whether a person may write to the repository. */
  mayWrite(login: string): Promise<boolean>;
}
