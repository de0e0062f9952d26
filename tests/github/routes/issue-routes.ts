import { type Call, guarded, jsonBody, type Needed } from '../access.ts';
import type { Issue } from '../issue-state.ts';
import { completeBody } from '../openapi-filler.ts';
import { pageOf } from '../page.ts';
import { addIssue } from '../proposal-seed.ts';
import { notFound, validationFailed } from '../refusal.ts';
import type { Answer, Exchange, Route } from '../route.ts';
import type { PullRequest, Repository } from '../state.ts';
import { apiOf, type RouteContext, site, userBody } from './context.ts';

const write: readonly Needed[] = ['issues=write'];

/** Issues, pull requests among them, as in GitHub's lists. */
export function issueRoutes(context: RouteContext): Route[] {
  const { state } = context;
  const contract = 'openapi';
  const collection = '/repos/{owner}/{repo}/issues';
  return [
    {
      method: 'GET',
      path: collection,
      contract,
      answer: guarded(state, ['issues=read'], (call) => list(context, call)),
    },
    {
      method: 'POST',
      path: collection,
      contract,
      answer: guarded(state, write, (call) => create(context, call)),
    },
    {
      method: 'PATCH',
      path: `${collection}/{issue_number}`,
      contract,
      answer: guarded(state, write, (call) => update(context, call)),
    },
  ];
}

type Shown = Pick<
  Issue,
  'id' | 'number' | 'title' | 'body' | 'state' | 'labels' | 'author' | 'createdAt' | 'closedAt'
>;

function list(context: RouteContext, { exchange, repository }: Call): Answer {
  const { query } = exchange;
  const state = query.get('state') ?? 'open';
  const labels = query.get('labels')?.split(',') ?? [];
  const ascending = query.get('direction') === 'asc' ? 1 : -1;
  const all = [...repository.issues.values(), ...repository.pullRequests.values()]
    .filter((issue) => state === 'all' || issue.state === state)
    .filter((issue) => labels.every((label) => issue.labels.includes(label)))
    .sort((a, b) => ascending * (a.number - b.number));
  const { items, headers } = pageOf(exchange, context.basePath, all);
  return { status: 200, headers, body: items.map((item) => issueBody(context, exchange, repository, item)) };
}

interface Input {
  readonly title?: string;
  readonly body?: string;
  readonly labels?: string[];
  readonly state?: 'open' | 'closed';
}

function create(context: RouteContext, { exchange, repository, token }: Call): Answer {
  const { title = '', body = '', labels = [] } = checked(jsonBody(exchange) as Input, 'Issue');
  const issue = addIssue(context.state, repository, { title, body, labels, author: token.login });
  return { status: 201, body: issueBody(context, exchange, repository, issue) };
}

function update(context: RouteContext, { exchange, repository }: Call): Answer {
  const issue = repository.issues.get(Number(exchange.params.issue_number));
  if (!issue) throw notFound();
  const { state = issue.state, ...rest } = checked(jsonBody(exchange) as Input, 'Issue');
  if (state === 'open') issue.closedAt = undefined;
  else issue.closedAt ??= context.state.now();
  Object.assign(issue, rest, { state });
  return { status: 200, body: issueBody(context, exchange, repository, issue) };
}

/** GitHub's limits of texts. */
export function checked<T extends { readonly title?: string; readonly body?: string }>(
  input: T,
  what: string,
): T {
  const { title, body } = input;
  if (title?.trim() === '') throw validationFailed(what, 'title', "title can't be blank");
  if ((title?.length ?? 0) > 256)
    throw validationFailed(what, 'title', 'title is too long (maximum is 256 characters)');
  if ((body?.length ?? 0) > 65_536)
    throw validationFailed(what, 'body', 'body is too long (maximum is 65536 characters)');
  return input;
}

function issueBody(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  issue: Shown | PullRequest,
): object {
  const { id, number, title, body, state, labels, author, createdAt, closedAt } = issue;
  const api = apiOf(context, exchange, repository);
  const isPullRequest = 'mergedAt' in issue;
  const pull = `${api}/pulls/${number}`;
  const links = { url: pull, html_url: null, diff_url: null, patch_url: null };
  return completeBody(context.document, 'issue', {
    id,
    number,
    title,
    body,
    state,
    user: userBody(context, author),
    labels: labelBodies(context, exchange, repository, labels),
    created_at: createdAt,
    updated_at: createdAt,
    closed_at: closedAt ?? null,
    url: `${api}/issues/${number}`,
    html_url: `${site}/${repository.owner}/${repository.name}/issues/${number}`,
    ...(isPullRequest ? { pull_request: links } : {}),
  });
}

/** Labels as they come with an issue or a pull request. */
export function labelBodies(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  names: readonly string[],
): object[] {
  return names.map((name) => {
    const { id = 1, color = 'ededed', description = '' } = repository.labels.get(name) ?? {};
    const url = `${apiOf(context, exchange, repository)}/labels/${encodeURIComponent(name)}`;
    return { id, node_id: `LA_${id}`, url, name, color, description, default: false };
  });
}
