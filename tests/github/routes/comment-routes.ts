import { type Call, guarded, jsonBody, type Needed } from '../access.ts';
import { completeBody } from '../openapi-filler.ts';
import { pageOf } from '../page.ts';
import { notFound, validationFailed } from '../refusal.ts';
import type { Answer, Exchange, Route } from '../route.ts';
import { addComment } from '../seed.ts';
import type { Comment, Repository } from '../state.ts';
import { apiOf, appBody, type RouteContext, site, userBody } from './context.ts';

const read: readonly Needed[] = ['issues=read', 'pull_requests=read'];
const write: readonly Needed[] = ['issues=write', 'pull_requests=write'];

/** Most characters of a comment. */
const bodyLimit = 65_536;

/** Comments in a pull request's conversation, which is an issue's. */
export function commentRoutes(context: RouteContext): Route[] {
  const { state } = context;
  const collection = {
    path: '/repos/{owner}/{repo}/issues/{issue_number}/comments',
    contract: 'openapi',
  } as const;
  return [
    { ...collection, method: 'GET', answer: guarded(state, read, (call) => list(context, call)) },
    { ...collection, method: 'POST', answer: guarded(state, write, (call) => create(context, call)) },
    {
      method: 'PATCH',
      path: '/repos/{owner}/{repo}/issues/comments/{comment_id}',
      contract: 'openapi',
      answer: guarded(state, write, (call) => update(context, call)),
    },
  ];
}

function issueOf({ exchange, repository }: Call): number {
  const issue = Number(exchange.params.issue_number);
  if (!repository.pullRequests.has(issue)) throw notFound();
  return issue;
}

function list(context: RouteContext, call: Call): Answer {
  const { exchange, repository } = call;
  const issue = issueOf(call);
  const all = [...repository.comments.values()].filter((comment) => comment.issue === issue);
  const { items, headers } = pageOf(exchange, context.basePath, all);
  return {
    status: 200,
    headers,
    body: items.map((comment) => bodyOf(context, exchange, repository, comment)),
  };
}

function create(context: RouteContext, call: Call): Answer {
  const { exchange, repository, token } = call;
  const issue = issueOf(call);
  const body = textOf(exchange);
  const comment = addComment(context.state, repository, { issue, body, author: token.login, app: token.app });
  const made = bodyOf(context, exchange, repository, comment);
  return { status: 201, body: made, headers: { location: made.url } };
}

function update(context: RouteContext, { exchange, repository }: Call): Answer {
  const comment = repository.comments.get(Number(exchange.params.comment_id));
  if (!comment) throw notFound();
  comment.body = textOf(exchange);
  comment.updatedAt = context.state.now();
  return { status: 200, body: bodyOf(context, exchange, repository, comment) };
}

function textOf(exchange: Exchange): string {
  const { body } = jsonBody(exchange);
  if (typeof body !== 'string') throw validationFailed('IssueComment', 'body', 'body is not a string');
  if (body.trim() === '') throw validationFailed('IssueComment', 'body', "body can't be blank");
  if (body.length > bodyLimit) {
    throw validationFailed('IssueComment', 'body', `body is too long (maximum is ${bodyLimit} characters)`);
  }
  return body;
}

function bodyOf(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  { id, issue, body, author, app, createdAt, updatedAt }: Comment,
): { readonly url: string } {
  const api = apiOf(context, exchange, repository);
  const url = `${api}/issues/comments/${id}`;
  const rest = completeBody(context.document, 'issue-comment', {
    id,
    body,
    node_id: `IC_${id}`,
    html_url: `${site}/${repository.owner}/${repository.name}/pull/${issue}#issuecomment-${id}`,
    issue_url: `${api}/issues/${issue}`,
    user: userBody(context, author),
    created_at: createdAt,
    updated_at: updatedAt,
    author_association: app ? 'NONE' : 'CONTRIBUTOR',
    performed_via_github_app: appBody(context, app),
  });
  return { ...rest, url };
}
