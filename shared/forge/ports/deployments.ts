/** What is, or was, somewhere in use, as the code host shows it. */
export interface Deployment {
  readonly id: number;
  /** `production` */
  readonly environment: string;
  readonly commit: string;
  /** The branch, tag or commit that was asked for. */
  readonly ref: string;
  readonly description: string;
  /** What its creator put there: anything. */
  readonly payload: unknown;
  /** A login: `github-actions[bot]`. */
  readonly creator: string;
  /** The app by which it was created, `github-actions`; undefined when by none, or not said. */
  readonly app: string | undefined;
  readonly url: string;
}

/** A deployment that is to be recorded. */
export interface NewDeployment {
  readonly environment: string;
  /** A tag, branch or commit. */
  readonly ref: string;
  /** At most 140 characters, as everywhere on GitHub. */
  readonly description: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Whether users are served from it. */
  readonly production: boolean;
}

/** How far a deployment was at some time. */
export interface DeploymentStatus {
  readonly id: number;
  /** One of {@link NewStatus.state}'s, or what the host itself says: `waiting`, `error`. */
  readonly state: string;
  readonly description: string;
  /** Where it is in use, empty when not said. */
  readonly environmentUrl: string;
  /** Where its log is, empty when not said. */
  readonly logUrl: string;
}

/** A status that is to be recorded. */
export interface NewStatus {
  readonly state: 'queued' | 'in_progress' | 'success' | 'failure' | 'inactive';
  /** At most 140 characters. */
  readonly description?: string;
  readonly environmentUrl?: string;
  readonly logUrl?: string;
}

/** Deployments of the repository, and their statuses. */
export interface Deployments {
  /** Newest first, every page; those of one commit when it is given. */
  list(filter: { readonly environment: string; readonly commit?: string }): Promise<readonly Deployment[]>;
  /** Whatever the commit's checks say. Not repeated by the transport: {@link openDeployment} looks first. */
  create(deployment: NewDeployment): Promise<Deployment>;
  /** Newest first, every page. */
  statuses(id: number): Promise<readonly DeploymentStatus[]>;
  /** Not repeated by the transport. No other deployment is touched. */
  addStatus(id: number, status: NewStatus): Promise<DeploymentStatus>;
}

/** Most characters of a description. */
export const descriptionLimit = 140;
