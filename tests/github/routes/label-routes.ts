import { type Call, guarded, jsonBody, type Needed } from '../access.ts';
import { setLabel } from '../agreement-seed.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Answer, Route } from '../route.ts';
import type { RouteContext } from './context.ts';
import { labelBodies } from './issue-routes.ts';

const write: readonly Needed[] = ['issues=write', 'pull_requests=write'];

/** The repository's labels, and those of issues and pull requests. */
export function labelRoutes(context: RouteContext): Route[] {
  const { state } = context;
  const contract = 'openapi';
  return [
    {
      method: 'POST',
      path: '/repos/{owner}/{repo}/labels',
      contract,
      answer: guarded(state, write, (call) => create(context, call)),
    },
    {
      method: 'POST',
      path: '/repos/{owner}/{repo}/issues/{issue_number}/labels',
      contract,
      answer: guarded(state, write, (call) => add(context, call)),
    },
  ];
}

function create(context: RouteContext, { exchange, repository }: Call): Answer {
  const {
    name,
    color = 'ededed',
    description = '',
  } = jsonBody(exchange) as {
    readonly name: string;
    readonly color?: string;
    readonly description?: string;
  };
  if (repository.labels.has(name)) {
    const errors = [{ resource: 'Label', code: 'already_exists', field: 'name' }];
    throw new Refusal(422, 'Validation Failed', { errors });
  }
  repository.labels.set(name, { id: context.state.nextId(), name, color, description });
  return { status: 201, body: labelBodies(context, exchange, repository, [name])[0] };
}

/** GitHub makes labels that are not there. */
function add(context: RouteContext, { exchange, repository, token }: Call): Answer {
  const number = Number(exchange.params.issue_number);
  const issue = repository.issues.get(number) ?? repository.pullRequests.get(number);
  if (!issue) throw notFound();
  const { labels } = jsonBody(exchange) as { readonly labels: readonly string[] };
  for (const label of labels) {
    if (issue.labels.includes(label)) continue;
    setLabel(context.state, repository, number, { label, actor: token.login });
  }
  return { status: 200, body: labelBodies(context, exchange, repository, issue.labels) };
}
