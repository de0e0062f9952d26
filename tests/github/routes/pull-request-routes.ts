import { type Call, guarded, type Needed } from '../access.ts';
import { completeBody } from '../openapi-filler.ts';
import { pageOf } from '../page.ts';
import { notFound } from '../refusal.ts';
import type { Answer, Exchange, Route } from '../route.ts';
import type { PullRequest, Repository, Side } from '../state.ts';
import { apiOf, type RouteContext, repositoryBody, site, userBody } from './context.ts';

const read: readonly Needed[] = ['pull_requests=read'];

export function pullRequestRoutes(context: RouteContext): Route[] {
  return [
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/pulls/{pull_number}',
      contract: 'openapi',
      answer: guarded(context.state, read, ({ exchange, repository }) => {
        const pullRequest = repository.pullRequests.get(Number(exchange.params.pull_number));
        if (!pullRequest) throw notFound();
        return {
          status: 200,
          body: pullRequestBody(context, exchange, repository, pullRequest, 'pull-request'),
        };
      }),
    },
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/pulls',
      contract: 'openapi',
      answer: guarded(context.state, read, (call) => list(context, call)),
    },
  ];
}

function list(context: RouteContext, { exchange, repository }: Call): Answer {
  const { query } = exchange;
  const state = query.get('state') ?? 'open';
  const head = query.get('head') ?? '';
  const base = query.get('base');
  const all = [...repository.pullRequests.values()]
    .filter((pullRequest) => state === 'all' || pullRequest.state === state)
    // A head without its owner is not a filter for GitHub: everything is listed.
    .filter(({ head: side }) => !head.includes(':') || labelOf(side) === head)
    .filter((pullRequest) => base === null || pullRequest.base.branch === base)
    .reverse();
  const { items, headers } = pageOf(exchange, context.basePath, all);
  return {
    status: 200,
    headers,
    body: items.map((item) => pullRequestBody(context, exchange, repository, item, 'pull-request-simple')),
  };
}

/** `owner:branch`, by which GitHub names a head. */
function labelOf({ repository, branch }: Side): string {
  return `${repository?.split('/')[0] ?? 'unknown'}:${branch}`;
}

function pullRequestBody(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  pullRequest: PullRequest,
  shape: 'pull-request' | 'pull-request-simple',
): object {
  const { id, number, title, author, state, createdAt } = pullRequest;
  const api = apiOf(context, exchange, repository);
  return completeBody(context.document, shape, {
    id,
    number,
    title,
    state,
    user: userBody(context, author),
    created_at: createdAt,
    updated_at: createdAt,
    url: `${api}/pulls/${number}`,
    html_url: `${site}/${repository.owner}/${repository.name}/pull/${number}`,
    comments_url: `${api}/issues/${number}/comments`,
    head: sideBody(context, exchange, pullRequest.head),
    base: sideBody(context, exchange, pullRequest.base),
  });
}

function sideBody(context: RouteContext, exchange: Exchange, side: Side): object {
  const { repository: fullName, branch, sha } = side;
  const repository = fullName === undefined ? undefined : context.state.repositories.get(fullName);
  return {
    label: labelOf(side),
    ref: branch,
    sha,
    user: userBody(context, fullName?.split('/')[0] ?? 'ghost'),
    repo: repository ? repositoryBody(context, exchange, repository, 'repository') : null,
  };
}
