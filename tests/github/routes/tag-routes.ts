import { type Call, guarded, jsonBody, notAccessible } from '../access.ts';
import { followBranch, historyOf } from '../commit-seed.ts';
import { completeBody } from '../openapi-filler.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Answer, Exchange, Route } from '../route.ts';
import { commitOf, type Repository, type Token } from '../state.ts';
import { addTagObject } from '../tag-seed.ts';
import { apiOf, type RouteContext } from './context.ts';

/** Refs, and the objects of annotated tags. */
export function tagRoutes(context: RouteContext): Route[] {
  const { state } = context;
  const git = '/repos/{owner}/{repo}/git';
  const contract = 'openapi';
  return [
    {
      method: 'GET',
      path: `${git}/matching-refs/{ref}`,
      contract,
      answer: guarded(state, ['contents=read'], ({ exchange, repository }) => {
        const names = [...repository.refs.keys()].filter((name) => name.startsWith(exchange.params.ref!));
        return {
          status: 200,
          body: names.sort().map((name) => refBody(context, exchange, repository, name)),
        };
      }),
    },
    {
      method: 'GET',
      path: `${git}/ref/{ref}`,
      contract,
      answer: guarded(state, ['contents=read'], ({ exchange, repository }) => {
        const name = exchange.params.ref!;
        if (!repository.refs.has(name)) throw notFound();
        return { status: 200, body: refBody(context, exchange, repository, name) };
      }),
    },
    {
      method: 'POST',
      path: `${git}/refs`,
      contract,
      answer: guarded(state, ['contents=write'], (call) => createRef(context, call)),
    },
    {
      method: 'POST',
      path: `${git}/tags`,
      contract,
      answer: guarded(state, ['contents=write'], (call) => createTag(context, call)),
    },
  ];
}

function createTag(context: RouteContext, { exchange, repository, token }: Call): Answer {
  const { tag, message, object, tagger } = jsonBody(exchange) as {
    readonly tag: string;
    readonly message: string;
    readonly object: string;
    readonly tagger?: { readonly name: string; readonly email: string; readonly date?: string };
  };
  if (!repository.commits.has(object)) throw new Refusal(422, `Could not find object ${object}`);
  const { name = token.login, email = '', date = context.state.now() } = tagger ?? {};
  const made = addTagObject(repository, { name: tag, message, object, tagger: { name, email, date } });
  const api = apiOf(context, exchange, repository);
  const body = completeBody(context.document, 'git-tag', {
    node_id: `TA_${made.sha}`,
    sha: made.sha,
    url: `${api}/git/tags/${made.sha}`,
    tag,
    message,
    tagger: made.tagger,
    object: { sha: object, type: 'commit', url: `${api}/git/commits/${object}` },
  });
  return { status: 201, body };
}

function createRef(context: RouteContext, { exchange, repository, token }: Call): Answer {
  const { ref, sha } = jsonBody(exchange) as { readonly ref: string; readonly sha: string };
  const name = /^refs\/((?:heads|tags)\/[^\s~^:?*[\\]+)$/.exec(ref)?.[1];
  if (name === undefined || /\.\.|\/$|\.$|@\{/.test(ref)) throw new Refusal(422, 'Reference name is invalid');
  const commit = commitOf(repository, sha);
  if (!commit) throw new Refusal(422, 'Object does not exist');
  if (repository.refs.has(name)) throw new Refusal(422, 'Reference already exists');
  if (repository.protectedBranches.has(name.replace(/^heads\//, '')))
    throw new Refusal(
      422,
      'Repository rule violations found\n\nCannot create ref due to creations being restricted.\n\n',
    );
  checkWorkflows(repository, token, commit.sha);
  repository.refs.set(name, sha);
  followBranch(context.state, repository, name.replace(/^heads\//, ''));
  return { status: 201, body: refBody(context, exchange, repository, name) };
}

/**
 * GitHub lets no token without `workflows` make a ref to a commit with workflow files that are not as on the default
 * branch, and says no more than that it is not accessible. An orphan branch without any, as of pages, may be made.
 */
export function checkWorkflows(repository: Repository, token: Token, sha: string): void {
  if (token.permissions.workflows === 'write') return;
  const tip = repository.refs.get(`heads/${repository.defaultBranch}`) ?? '';
  if (workflowsAt(repository, sha) === workflowsAt(repository, tip)) return;
  if (workflowsAt(repository, sha) === '[]' && !isRelated(repository, sha, tip)) return;
  throw notAccessible(token, ['contents=write', 'contents=write,workflows=write' as 'contents=write']);
}

function isRelated(repository: Repository, sha: string, tip: string): boolean {
  const before = historyOf(repository, tip);
  return [...historyOf(repository, sha)].some((one) => before.has(one));
}

function workflowsAt(repository: Repository, sha: string): string {
  const files = [...(repository.commits.get(sha)?.files ?? [])];
  const workflows = files.filter(([path]) => path.startsWith('.github/workflows/'));
  return JSON.stringify(workflows.map(([path, bytes]) => [path, bytes.toString('base64')]).sort());
}

export function refBody(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  name: string,
): object {
  const sha = repository.refs.get(name)!;
  const api = apiOf(context, exchange, repository);
  const type = repository.tagObjects.has(sha) ? 'tag' : 'commit';
  return {
    ref: `refs/${name}`,
    node_id: `REF_${name}`,
    url: `${api}/git/refs/${name.split('/').map(encodeURIComponent).join('/')}`,
    object: { sha, type, url: `${api}/git/${type}s/${sha}` },
  };
}
