import { type Call, guarded } from '../access.ts';
import { historyOf } from '../commit-seed.ts';
import { completeBody } from '../openapi-filler.ts';
import { pageOf } from '../page.ts';
import { notFound } from '../refusal.ts';
import type { Answer, Exchange, Route } from '../route.ts';
import { type Commit, commitOf, type Repository } from '../state.ts';
import { apiOf, type RouteContext, site, userBody } from './context.ts';

/** What a branch has that another has not. */
export function compareRoutes(context: RouteContext): Route[] {
  return [
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/compare/{basehead}',
      contract: 'openapi',
      answer: guarded(context.state, ['contents=read'], (call) => compare(context, call)),
    },
  ];
}

function compare(context: RouteContext, { exchange, repository }: Call): Answer {
  const [from = '', to = ''] = exchange.params.basehead!.split('...');
  const base = commitOf(repository, from);
  const head = commitOf(repository, to);
  if (!base || !head) throw notFound();
  const has = historyOf(repository, base.sha);
  const ahead = [...historyOf(repository, head.sha)].filter((sha) => !has.has(sha)).reverse();
  const behind = [...has].filter((sha) => !historyOf(repository, head.sha).has(sha)).length;
  const { items, headers } = pageOf(exchange, context.basePath, ahead);
  const url = `${apiOf(context, exchange, repository)}/compare/${from}...${to}`;
  const body = completeBody(context.document, 'commit-comparison', {
    url,
    status:
      ahead.length === 0 ? (behind === 0 ? 'identical' : 'behind') : behind === 0 ? 'ahead' : 'diverged',
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    base_commit: commitBody(context, exchange, repository, base),
    merge_base_commit: commitBody(context, exchange, repository, base),
    commits: items.map((sha) => commitBody(context, exchange, repository, repository.commits.get(sha)!)),
    files: [],
  });
  return { status: 200, headers, body };
}

function commitBody(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  { sha, message, author, verified, parents }: Commit,
): object {
  const url = `${apiOf(context, exchange, repository)}/commits/${sha}`;
  const user = userBody(context, author);
  const who = { name: author, email: `${author}@users.noreply.github.com`, date: '2026-01-05T09:00:00Z' };
  const verification = {
    verified,
    reason: verified ? 'valid' : 'unsigned',
    payload: null,
    signature: null,
    verified_at: null,
  };
  return completeBody(context.document, 'commit', {
    sha,
    url,
    html_url: `${site}/${repository.owner}/${repository.name}/commit/${sha}`,
    commit: { message, author: who, committer: who, verification },
    author: user,
    committer: user,
    parents: parents.map((parent) => ({ sha: parent, url })),
  });
}
