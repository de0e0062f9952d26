import { type Call, guarded, jsonBody, type Needed } from '../access.ts';
import { followBranch, historyOf } from '../commit-seed.ts';
import { completeBody } from '../openapi-filler.ts';
import { pageOf } from '../page.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Answer, Exchange, Route } from '../route.ts';
import { openPullRequest } from '../seed.ts';
import { actionsApp, type PullRequest, type Repository, type Side } from '../state.ts';
import { apiOf, type RouteContext, repositoryBody, site, userBody } from './context.ts';
import { checked, labelBodies } from './issue-routes.ts';

const read: readonly Needed[] = ['pull_requests=read'];
const write: readonly Needed[] = ['pull_requests=write'];

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
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/commits/{commit_sha}/pulls',
      contract: 'openapi',
      answer: guarded(context.state, read, (call) => ofCommit(context, call)),
    },
    {
      method: 'POST',
      path: '/repos/{owner}/{repo}/pulls',
      contract: 'openapi',
      answer: guarded(context.state, write, (call) => create(context, call)),
    },
    {
      method: 'PATCH',
      path: '/repos/{owner}/{repo}/pulls/{pull_number}',
      contract: 'openapi',
      answer: guarded(context.state, write, (call) => update(context, call)),
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
    .filter((pullRequest) => base === null || pullRequest.base.branch === base);
  if (query.get('direction') !== 'asc') all.reverse();
  const { items, headers } = pageOf(exchange, context.basePath, all);
  return {
    status: 200,
    headers,
    body: items.map((item) => pullRequestBody(context, exchange, repository, item, 'pull-request-simple')),
  };
}

/** Those that merged the commit, or have it as their head. */
function ofCommit(context: RouteContext, { exchange, repository }: Call): Answer {
  const sha = exchange.params.commit_sha!;
  if (!repository.commits.has(sha)) throw new Refusal(422, `No commit found for SHA: ${sha}`);
  const all = [...repository.pullRequests.values()].filter(
    ({ mergeCommit, head }) => mergeCommit === sha || head.sha === sha,
  );
  const { items, headers } = pageOf(exchange, context.basePath, all);
  return {
    status: 200,
    headers,
    body: items.map((item) => pullRequestBody(context, exchange, repository, item, 'pull-request-simple')),
  };
}

function create(context: RouteContext, { exchange, repository, token }: Call): Answer {
  const {
    title,
    body = '',
    head,
    base,
    draft = false,
  } = checked(
    jsonBody(exchange) as {
      readonly title: string;
      readonly body?: string;
      readonly head: string;
      readonly base: string;
      readonly draft?: boolean;
    },
    'PullRequest',
  );
  if (token.app?.id === actionsApp.id && !repository.workflowsMayOpenPullRequests)
    throw new Refusal(403, 'GitHub Actions is not permitted to create or approve pull requests.');
  const [from, to] = [head, base].map((branch) => repository.refs.get(`heads/${branch}`));
  if (from === undefined) throw invalid({ field: 'head', code: 'invalid' });
  if (to === undefined) throw invalid({ field: 'base', code: 'invalid' });
  if (historyOf(repository, to).has(from))
    throw invalid({ code: 'custom', message: `No commits between ${base} and ${head}` });
  const fullName = `${repository.owner}/${repository.name}`;
  const open = [...repository.pullRequests.values()].some(
    (one) =>
      one.state === 'open' &&
      one.head.repository === fullName &&
      one.head.branch === head &&
      one.base.branch === base,
  );
  if (open) {
    const message = `A pull request already exists for ${repository.owner}:${head}.`;
    throw invalid({ code: 'custom', message });
  }
  const side = { repository: fullName, branch: base, sha: to };
  const overrides = { title, body, draft, author: token.login, base: side };
  const made = openPullRequest(context.state, repository, { branch: head, overrides });
  return { status: 201, body: pullRequestBody(context, exchange, repository, made, 'pull-request') };
}

function invalid(error: object): Refusal {
  return new Refusal(422, 'Validation Failed', { errors: [{ resource: 'PullRequest', ...error }] });
}

function update(context: RouteContext, { exchange, repository }: Call): Answer {
  const pullRequest = repository.pullRequests.get(Number(exchange.params.pull_number));
  if (!pullRequest) throw notFound();
  const { title, body, state } = checked(
    jsonBody(exchange) as {
      readonly title?: string;
      readonly body?: string;
      readonly state?: 'open' | 'closed';
    },
    'PullRequest',
  );
  if (state === 'open' && pullRequest.mergedAt !== undefined)
    throw invalid({ code: 'invalid', field: 'state' });
  pullRequest.title = title ?? pullRequest.title;
  pullRequest.body = body ?? pullRequest.body;
  pullRequest.state = state ?? pullRequest.state;
  if (pullRequest.state === 'open') pullRequest.closedAt = undefined;
  else pullRequest.closedAt ??= context.state.now();
  if (state === 'open') followBranch(context.state, repository, pullRequest.head.branch);
  return { status: 200, body: pullRequestBody(context, exchange, repository, pullRequest, 'pull-request') };
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
  const { id, number, title, body, draft, labels, author, state, createdAt, closedAt } = pullRequest;
  const { mergedAt, mergeCommit } = pullRequest;
  const api = apiOf(context, exchange, repository);
  return completeBody(context.document, shape, {
    id,
    number,
    title,
    body,
    draft,
    labels: labelBodies(context, exchange, repository, labels),
    closed_at: closedAt ?? null,
    merged_at: mergedAt ?? null,
    merge_commit_sha: mergeCommit ?? null,
    ...(shape === 'pull-request' ? { merged: mergedAt !== undefined } : {}),
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
