/** One commit that is to become a branch's head. */
export interface NewCommit {
  /** Without `refs/heads/`: `ciclo/retrain/fuel`. */
  readonly branch: string;
  /** The pipeline that commits: its trailer ends the message, by which {@link BranchCommit.own} is decided. */
  readonly pipeline: string;
  /** Where the branch is now; undefined: it must not be there, and is created. */
  readonly expectedHead: string | undefined;
  /**
   * The commit to build on: then the branch leaves what it holds beyond it. Absent: on `expectedHead`; and on nothing
   * when that is undefined too, which makes an orphan branch.
   */
  readonly base?: string;
  /** Without the trailer. */
  readonly message: string;
  /** By path from the repository's root; null deletes, also what is not there. */
  readonly files: ReadonlyMap<string, string | Uint8Array | null>;
}

/** A commit of a branch. */
export interface BranchCommit {
  readonly commit: string;
  /** The login, on GitHub; else the name. */
  readonly author: string;
  /**
   * Whether this token's Ciclo wrote it: the author is the token's (as with comments: any bot for an installation), the
   * message ends with Ciclo's trailer and, for a bot on GitHub, GitHub signed it. Anything doubtful is somebody else's.
   */
  readonly own: boolean;
}

/** Branches of the repository, written through the host and never by a push. */
export interface Branches {
  /** The commit that a branch is at; undefined when there is none. */
  head(branch: string): Promise<string | undefined>;
  /**
   * Commits files and moves the branch there, from where it is expected to be. When the branch says the same already
   * (the same files on the same base), nothing is committed and its head is the answer: so it may be called again.
   * GitHub signs what an app or a workflow commits; what a person's token commits is not signed.
   *
   * @returns the branch's head.
   * @throws BranchMovedError when the branch is not, or no longer, where it was expected; nothing was changed.
   */
  commit(commit: NewCommit): Promise<string>;
  /**
   * Moves a branch to another commit, whatever is left behind. GitHub compares before it moves, not in one step.
   *
   * @throws BranchMovedError when it is elsewhere than expected.
   */
  reset(branch: string, move: { readonly expectedHead: string; readonly toCommit: string }): Promise<void>;
  /** As {@link reset}; a branch that is not there is deleted already. */
  delete(branch: string, expectedHead: string): Promise<void>;
  /** The branch's commits that `base` (a branch or commit) does not have, oldest first, every page. */
  commitsSince(branch: string, base: string): Promise<readonly BranchCommit[]>;
}

const trailer = 'Ciclo-Pipeline';

/** The message of a commit of Ciclo's: the text, a blank line, `Ciclo-Pipeline: fuel`. */
export function formatCommitMessage({ message, pipeline }: Pick<NewCommit, 'message' | 'pipeline'>): string {
  return `${message.trimEnd()}\n\n${trailer}: ${pipeline}`;
}

/** The pipeline of a commit's last line; undefined when it is not a trailer of Ciclo's. */
export function pipelineOfMessage(message: string): string | undefined {
  return /\n\nCiclo-Pipeline: (\S+)\s*$/.exec(message)?.[1];
}
