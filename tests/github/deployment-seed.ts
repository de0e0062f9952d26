import type { Deployment, DeploymentStatus } from './deployment-state.ts';
import { actionsApp, type Repository, type State } from './state.ts';

export function addDeployment(
  state: State,
  repository: Repository,
  seed: Pick<Deployment, 'sha' | 'environment'> & Partial<Deployment>,
): Deployment {
  const deployment: Deployment = {
    id: state.nextId(),
    ref: seed.sha,
    task: 'deploy',
    description: null,
    payload: {},
    transient: false,
    production: seed.environment === 'production',
    creator: 'octocat',
    app: undefined,
    createdAt: state.now(),
    statuses: [],
    ...seed,
  };
  repository.deployments.set(deployment.id, deployment);
  return deployment;
}

export function addDeploymentStatus(
  state: State,
  deployment: Deployment,
  seed: Pick<DeploymentStatus, 'state'> & Partial<DeploymentStatus>,
): DeploymentStatus {
  const status: DeploymentStatus = {
    id: state.nextId(),
    description: '',
    environmentUrl: '',
    logUrl: '',
    creator: deployment.creator,
    createdAt: state.now(),
    ...seed,
  };
  deployment.statuses.push(status);
  return status;
}

export interface EnvironmentJob {
  readonly environment: string;
  readonly sha: string;
  /** The workflow's run and the job in it. */
  readonly run: number;
  readonly job: number;
  /** Without a log's address, as it can be at first. */
  readonly withoutLog?: boolean;
}

/** What GitHub does when a job with an `environment:` key begins. */
export function startEnvironmentJob(
  state: State,
  repository: Repository,
  { environment, sha, run, job, withoutLog = false }: EnvironmentJob,
): Deployment {
  const deployment = addDeployment(state, repository, {
    environment,
    sha,
    ref: repository.defaultBranch,
    creator: 'github-actions[bot]',
    app: actionsApp,
  });
  const address = `https://github.com/${repository.owner}/${repository.name}/actions/runs/${run}/job/${job}`;
  const logUrl = withoutLog ? '' : address;
  addDeploymentStatus(state, deployment, { state: 'in_progress', logUrl });
  return deployment;
}

/** What GitHub does when such a job ends. */
export function endEnvironmentJob(
  state: State,
  deployment: Deployment,
  { succeeded, environmentUrl = '' }: { readonly succeeded: boolean; readonly environmentUrl?: string },
): void {
  const logUrl = deployment.statuses[0]?.logUrl ?? '';
  addDeploymentStatus(state, deployment, {
    state: succeeded ? 'success' : 'failure',
    logUrl,
    environmentUrl,
  });
}
