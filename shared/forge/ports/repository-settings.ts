/** A workflow of the repository, as the code host runs it. */
export interface WorkflowState {
  /** `.github/workflows/drift.yml` */
  readonly file: string;
  /** `disabled_inactivity`: its schedule was stopped, since nothing had happened in the repository for long. */
  readonly state: string;
}

/** A line of CODEOWNERS that counts for nothing. */
export interface CodeOwnersError {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** `Unknown owner` */
  readonly kind: string;
  readonly suggestion?: string;
}

/** What no file of a repository says: how it is set up at the code host. Every method asks, and none changes anything. */
export interface RepositorySettings {
  workflows(): Promise<WorkflowState[]>;
  /** Names of the secrets that workflows may be given; never their values. */
  secretNames(): Promise<string[]>;
  /** How many rules protect an environment; undefined when there is no such environment. */
  environmentRules(environment: string): Promise<number | undefined>;
  /** Whether workflows may open pull requests. */
  mayOpenPullRequests(): Promise<boolean>;
  /** Names of the checks without which nothing is merged into a branch. */
  requiredChecks(branch: string): Promise<string[]>;
  /** What is wrong in CODEOWNERS of a branch: owners that there are not, or that may not write, among others. */
  codeOwnersErrors(branch: string): Promise<CodeOwnersError[]>;
}
