import { type Call, guarded, jsonBody, type Needed } from '../access.ts';
import { addDeployment, addDeploymentStatus } from '../deployment-seed.ts';
import type { Deployment } from '../deployment-state.ts';
import { pageOf } from '../page.ts';
import { notFound, Refusal, validationFailed } from '../refusal.ts';
import type { Answer, Route } from '../route.ts';
import { commitOf, type Repository } from '../state.ts';
import type { RouteContext } from './context.ts';
import { deploymentBody, statusBody } from './deployment-body.ts';

const read: readonly Needed[] = ['deployments=read'];
const write: readonly Needed[] = ['deployments=write'];

/** Most characters of a description. */
const descriptionLimit = 140;

export function deploymentRoutes(context: RouteContext): Route[] {
  const { state } = context;
  const deployments = { path: '/repos/{owner}/{repo}/deployments', contract: 'openapi' } as const;
  const statuses = {
    path: '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
    contract: 'openapi',
  } as const;
  return [
    { ...deployments, method: 'GET', answer: guarded(state, read, (call) => list(context, call)) },
    { ...deployments, method: 'POST', answer: guarded(state, write, (call) => create(context, call)) },
    { ...statuses, method: 'GET', answer: guarded(state, read, (call) => listStatuses(context, call)) },
    { ...statuses, method: 'POST', answer: guarded(state, write, (call) => addStatus(context, call)) },
  ];
}

function list(context: RouteContext, { exchange, repository }: Call): Answer {
  const { query } = exchange;
  const wanted = (key: string, value: string): boolean => !query.has(key) || query.get(key) === value;
  const all = [...repository.deployments.values()]
    .filter(({ environment, sha }) => wanted('environment', environment) && wanted('sha', sha))
    .filter(({ ref, task }) => wanted('ref', ref) && wanted('task', task))
    .reverse();
  const { items, headers } = pageOf(exchange, context.basePath, all);
  const body = items.map((item) => deploymentBody(context, exchange, repository, item));
  return { status: 200, headers, body };
}

function create(context: RouteContext, { exchange, repository, token }: Call): Answer {
  const body = jsonBody(exchange) as {
    readonly ref: string;
    readonly task?: string;
    readonly required_contexts?: readonly string[];
    readonly payload?: unknown;
    readonly environment?: string;
    readonly description?: string | null;
    readonly transient_environment?: boolean;
    readonly production_environment?: boolean;
  };
  const { ref, environment = 'production', description = null } = body;
  const commit = commitOf(repository, ref);
  if (!commit) throw new Refusal(422, `No ref found for: ${ref}`);
  checkDescription('Deployment', description ?? '');
  checkContexts(repository, commit.sha, body.required_contexts);
  const deployment = addDeployment(context.state, repository, {
    ref,
    sha: commit.sha,
    environment,
    description,
    task: body.task ?? 'deploy',
    payload: body.payload ?? {},
    transient: body.transient_environment ?? false,
    production: body.production_environment ?? environment === 'production',
    creator: token.login,
    app: token.app,
  });
  return { status: 201, body: deploymentBody(context, exchange, repository, deployment) };
}

/** Unless told which checks must have passed, or none, GitHub wants all of them. */
function checkContexts(repository: Repository, sha: string, required: readonly string[] | undefined): void {
  const failing = [...repository.checkRuns.values()]
    .filter((run) => run.sha === sha && run.conclusion !== 'success')
    .filter(({ name }) => required?.includes(name) ?? true);
  if (failing.length === 0) return;
  throw new Refusal(409, `Conflict: Commit status checks failed for ${sha}.`);
}

function deploymentOf({ exchange, repository }: Call): Deployment {
  const deployment = repository.deployments.get(Number(exchange.params.deployment_id));
  if (!deployment) throw notFound();
  return deployment;
}

function listStatuses(context: RouteContext, call: Call): Answer {
  const { exchange, repository } = call;
  const deployment = deploymentOf(call);
  const { items, headers } = pageOf(exchange, context.basePath, deployment.statuses.toReversed());
  const body = items.map((item) => statusBody(context, exchange, repository, deployment, item));
  return { status: 200, headers, body };
}

function addStatus(context: RouteContext, call: Call): Answer {
  const { exchange, repository, token } = call;
  const deployment = deploymentOf(call);
  const body = jsonBody(exchange) as {
    readonly state: string;
    readonly description?: string;
    readonly environment_url?: string;
    readonly log_url?: string;
    readonly target_url?: string;
    readonly auto_inactive?: boolean;
  };
  checkDescription('DeploymentStatus', body.description ?? '');
  const status = addDeploymentStatus(context.state, deployment, {
    state: body.state,
    description: body.description ?? '',
    environmentUrl: body.environment_url ?? '',
    logUrl: body.log_url ?? body.target_url ?? '',
    creator: token.login,
  });
  if (body.state === 'success' && (body.auto_inactive ?? true))
    deactivateOthers(context, repository, deployment);
  return { status: 201, body: statusBody(context, exchange, repository, deployment, status) };
}

/** Of the same environment, those before; never production's, nor transient ones. */
function deactivateOthers({ state }: RouteContext, repository: Repository, deployment: Deployment): void {
  for (const other of repository.deployments.values()) {
    if (other.id >= deployment.id || other.environment !== deployment.environment) continue;
    if (!other.transient && !other.production) addDeploymentStatus(state, other, { state: 'inactive' });
  }
}

function checkDescription(resource: string, description: string): void {
  if (description.length <= descriptionLimit) return;
  const message = `description is too long (maximum is ${descriptionLimit} characters)`;
  throw validationFailed(resource, 'description', message);
}
