import { type Call, guarded } from '../access.ts';
import type { Role } from '../agreement-state.ts';
import { completeBody } from '../openapi-filler.ts';
import { pageOf } from '../page.ts';
import { notFound } from '../refusal.ts';
import type { Answer, Route } from '../route.ts';
import { apiOf, type RouteContext, site, userBody } from './context.ts';

/** Who reviewed, labelled and pushed, and what they may. */
export function agreementRoutes(context: RouteContext): Route[] {
  const { state } = context;
  const contract = 'openapi';
  const method = 'GET';
  const conversation = ['issues=read', 'pull_requests=read'] as const;
  return [
    {
      method,
      path: '/repos/{owner}/{repo}/pulls/{pull_number}/reviews',
      contract,
      answer: guarded(state, ['pull_requests=read'], (call) => reviews(context, call)),
    },
    {
      method,
      path: '/repos/{owner}/{repo}/issues/{issue_number}/events',
      contract,
      answer: guarded(state, conversation, (call) => events(context, call)),
    },
    {
      method,
      path: '/repos/{owner}/{repo}/activity',
      contract,
      answer: guarded(state, ['contents=read'], (call) => activity(context, call)),
    },
    {
      method,
      path: '/repos/{owner}/{repo}/collaborators/{username}/permission',
      contract,
      // Metadata, which every token may read.
      answer: guarded(state, ['metadata=read', 'contents=read', 'pull_requests=read'], (call) =>
        permission(context, call),
      ),
    },
  ];
}

function reviews(context: RouteContext, { exchange, repository }: Call): Answer {
  const number = Number(exchange.params.pull_number);
  if (!repository.pullRequests.has(number)) throw notFound();
  const all = repository.reviews.filter(({ pullRequest }) => pullRequest === number);
  const { items, headers } = pageOf(exchange, context.basePath, all);
  const page = `${site}/${repository.owner}/${repository.name}/pull/${number}`;
  const address = `${apiOf(context, exchange, repository)}/pulls/${number}`;
  const body = items.map(({ id, author, state, commit, submittedAt }) =>
    completeBody(context.document, 'pull-request-review', {
      id,
      state,
      user: author === null ? null : userBody(context, author),
      commit_id: commit,
      submitted_at: submittedAt,
      html_url: `${page}#pullrequestreview-${id}`,
      pull_request_url: address,
    }),
  );
  return { status: 200, headers, body };
}

function events(context: RouteContext, { exchange, repository }: Call): Answer {
  const number = Number(exchange.params.issue_number);
  if (!repository.pullRequests.has(number) && !repository.issues.has(number)) throw notFound();
  const all = repository.issueEvents.filter(({ issue }) => issue === number);
  const { items, headers } = pageOf(exchange, context.basePath, all);
  const body = items.map(({ id, event, label, actor, createdAt }) =>
    completeBody(context.document, 'labeled-issue-event', {
      id,
      event,
      actor: userBody(context, actor),
      label: { name: label, color: 'ededed' },
      created_at: createdAt,
      url: `${apiOf(context, exchange, repository)}/issues/events/${id}`,
    }),
  );
  return { status: 200, headers, body };
}

function activity(context: RouteContext, { exchange, repository }: Call): Answer {
  const ref = exchange.query.get('ref')?.replace(/^refs\/heads\//, '');
  const all = repository.moves.filter(({ branch }) => ref === undefined || branch === ref);
  if (exchange.query.get('direction') !== 'asc') all.reverse();
  const { items, headers } = pageOf(exchange, context.basePath, all);
  const body = items.map(({ id, branch, before, after, at }) =>
    completeBody(context.document, 'activity', {
      ...{ id, before, after, ref: `refs/heads/${branch}`, timestamp: at, activity_type: 'push' },
      actor: userBody(context, 'octocat'),
    }),
  );
  return { status: 200, headers, body };
}

/** As GitHub tells it: the legacy roles, of which there are four. */
const legacy: Readonly<Record<Role, string>> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
};

function permission(context: RouteContext, { exchange, repository }: Call): Answer {
  const login = exchange.params.username!;
  const role = repository.roles.get(login);
  const body = {
    permission: role ? legacy[role] : repository.private ? 'none' : 'read',
    role_name: role ?? (repository.private ? 'none' : 'read'),
    user: null,
  };
  return {
    status: 200,
    body: completeBody(context.document, 'repository-collaborator-permission', body),
  };
}
