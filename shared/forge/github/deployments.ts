import type { Deployment, DeploymentStatus, Deployments } from '../ports/deployments.ts';
import type { GitHubSession } from './session.ts';

/** The parts of GitHub's answers that are read. */
interface DeploymentBody {
  readonly id: number;
  readonly environment: string;
  readonly sha: string;
  readonly ref: string;
  readonly description: string | null;
  readonly payload: unknown;
  readonly creator: { readonly login: string } | null;
  readonly performed_via_github_app?: { readonly slug?: string } | null;
  readonly url: string;
}

interface StatusBody {
  readonly id: number;
  readonly state: string;
  readonly description?: string;
  readonly environment_url?: string;
  readonly log_url?: string;
  readonly target_url?: string;
}

/** Deployments and their statuses by GitHub's REST API. */
export function createGitHubDeployments({ client, repository, attempt }: GitHubSession): Deployments {
  const { repos } = client.rest;
  return {
    list({ environment, commit }) {
      const doing = `reading the deployments to ${environment}`;
      return attempt({ doing, permission: 'deployments: read' }, async () => {
        const sha = commit === undefined ? {} : { sha: commit };
        const request = { ...repository, environment, ...sha, per_page: 100 };
        return (await client.paginate(repos.listDeployments, request))
          .map(parseDeployment)
          .sort((a, b) => b.id - a.id);
      });
    },
    create({ environment, ref, description, payload, production }) {
      const doing = `creating the deployment of ${ref} to ${environment}`;
      return attempt({ doing, permission: 'deployments: write' }, async () => {
        const { data } = await repos.createDeployment({
          ...repository,
          environment,
          ref,
          description,
          payload: { ...payload },
          production_environment: production,
          transient_environment: false,
          // It records what was decided: it neither merges nor waits for checks.
          auto_merge: false,
          required_contexts: [],
        });
        // Without merging, the answer is always the deployment.
        return parseDeployment(data as DeploymentBody);
      });
    },
    statuses(id) {
      return attempt({ doing: `reading deployment ${id}`, permission: 'deployments: read' }, async () => {
        const request = { ...repository, deployment_id: id, per_page: 100 };
        return (await client.paginate(repos.listDeploymentStatuses, request))
          .map(parseStatus)
          .sort((a, b) => b.id - a.id);
      });
    },
    addStatus(id, { state, description, environmentUrl, logUrl }) {
      const doing = `setting deployment ${id} to ${state}`;
      return attempt({ doing, permission: 'deployments: write' }, async () => {
        const { data } = await repos.createDeploymentStatus({
          ...repository,
          deployment_id: id,
          state,
          ...(description === undefined ? {} : { description }),
          ...(environmentUrl === undefined ? {} : { environment_url: environmentUrl }),
          ...(logUrl === undefined ? {} : { log_url: logUrl }),
          // It would not reach production's, and would take other pipelines' of the environment.
          auto_inactive: false,
        });
        return parseStatus(data);
      });
    },
  };
}

function parseDeployment(body: DeploymentBody): Deployment {
  return {
    id: body.id,
    environment: body.environment,
    commit: body.sha,
    ref: body.ref,
    description: body.description ?? '',
    payload: body.payload,
    creator: body.creator?.login ?? 'ghost',
    app: body.performed_via_github_app?.slug,
    url: body.url,
  };
}

function parseStatus(body: StatusBody): DeploymentStatus {
  return {
    id: body.id,
    state: body.state,
    description: body.description ?? '',
    environmentUrl: body.environment_url ?? '',
    logUrl: body.log_url || (body.target_url ?? ''),
  };
}
