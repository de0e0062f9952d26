import type { Deployment, DeploymentStatus } from '../deployment-state.ts';
import { completeBody } from '../openapi-filler.ts';
import type { Exchange } from '../route.ts';
import type { Repository } from '../state.ts';
import { apiOf, appBody, type RouteContext, userBody } from './context.ts';

export function deploymentBody(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  deployment: Deployment,
): object {
  const api = apiOf(context, exchange, repository);
  const url = `${api}/deployments/${deployment.id}`;
  return completeBody(context.document, 'deployment', {
    id: deployment.id,
    node_id: `DE_${deployment.id}`,
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    environment: deployment.environment,
    original_environment: deployment.environment,
    description: deployment.description,
    payload: deployment.payload,
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    creator: userBody(context, deployment.creator),
    performed_via_github_app: appBody(context, deployment.app),
    created_at: deployment.createdAt,
    updated_at: deployment.statuses.at(-1)?.createdAt ?? deployment.createdAt,
    url,
    statuses_url: `${url}/statuses`,
    repository_url: api,
  });
}

export function statusBody(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  { id, environment }: Deployment,
  status: DeploymentStatus,
): object {
  const api = apiOf(context, exchange, repository);
  return completeBody(context.document, 'deployment-status', {
    id: status.id,
    node_id: `DES_${status.id}`,
    state: status.state,
    description: status.description,
    environment,
    environment_url: status.environmentUrl,
    log_url: status.logUrl,
    target_url: status.logUrl,
    creator: userBody(context, status.creator),
    created_at: status.createdAt,
    updated_at: status.createdAt,
    url: `${api}/deployments/${id}/statuses/${status.id}`,
    deployment_url: `${api}/deployments/${id}`,
    repository_url: api,
  });
}
