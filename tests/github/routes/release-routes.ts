import { type Call, guarded, jsonBody } from '../access.ts';
import { pageOf } from '../page.ts';
import { notFound, Refusal, validationFailed } from '../refusal.ts';
import { addRelease } from '../release-seed.ts';
import type { Release } from '../release-state.ts';
import type { Answer, Route } from '../route.ts';
import { commitOf, type Repository } from '../state.ts';
import type { RouteContext } from './context.ts';
import { releaseBody } from './release-body.ts';
import { checkWorkflows } from './tag-routes.ts';

/** Most characters of a release's text. */
const bodyLimit = 125_000;

const root = '/repos/{owner}/{repo}/releases';

/** Releases. Drafts are seen only by those who may write, and never found by tag. */
export function releaseRoutes(context: RouteContext): Route[] {
  const { state } = context;
  const contract = 'openapi';
  const shown = (call: Call, release: Release | undefined): Answer => {
    if (!release) throw notFound();
    return { status: 200, body: releaseBody(context, call.repository, release) };
  };
  const read = (path: string, find: (call: Call) => Release | undefined): Route => ({
    method: 'GET',
    path: `${root}/${path}`,
    contract,
    answer: guarded(state, ['contents=read'], (call) => shown(call, find(call))),
  });
  return [
    read('latest', ({ repository }) => repository.releases.get(repository.latestRelease ?? 0)),
    read('tags/{tag}', ({ repository, exchange }) => publishedOf(repository, exchange.params.tag!)),
    read('{release_id}', visibleRelease),
    {
      method: 'GET',
      path: root,
      contract,
      answer: guarded(state, ['contents=read'], (call) => list(context, call)),
    },
    {
      method: 'POST',
      path: root,
      contract,
      answer: guarded(state, ['contents=write'], (call) => create(context, call)),
    },
    {
      method: 'PATCH',
      path: `${root}/{release_id}`,
      contract,
      answer: guarded(state, ['contents=write'], (call) => {
        const release = visibleRelease(call);
        if (release) change(context, call, release);
        return shown(call, release);
      }),
    },
    {
      method: 'DELETE',
      path: `${root}/{release_id}`,
      contract,
      answer: guarded(state, ['contents=write'], ({ exchange, repository }) => {
        if (!repository.releases.delete(Number(exchange.params.release_id))) throw notFound();
        return { status: 204 };
      }),
    },
  ];
}

/** The release of the path; undefined when there is none, or none that the token may see. */
export function visibleRelease({ exchange, repository, token }: Call): Release | undefined {
  const release = repository.releases.get(Number(exchange.params.release_id));
  return release?.draft && token.permissions.contents !== 'write' ? undefined : release;
}

function publishedOf(repository: Repository, tag: string): Release | undefined {
  return [...repository.releases.values()].find((release) => release.tag === tag && !release.draft);
}

function list(context: RouteContext, { exchange, repository, token }: Call): Answer {
  const mayWrite = token.permissions.contents === 'write';
  const all = [...repository.releases.values()].filter(({ draft }) => mayWrite || !draft).reverse();
  const { items, headers } = pageOf(exchange, context.basePath, all);
  return { status: 200, headers, body: items.map((item) => releaseBody(context, repository, item)) };
}

function create(context: RouteContext, call: Call): Answer {
  const { repository, token, exchange } = call;
  const tag = String(jsonBody(exchange).tag_name);
  const release = addRelease(context.state, repository, { tag, draft: true, author: token.login });
  try {
    change(context, call, release, false);
  } catch (error) {
    repository.releases.delete(release.id);
    throw error;
  }
  return { status: 201, body: releaseBody(context, repository, release) };
}

/** What a body says is taken over; a draft that it makes public is published. */
function change(context: RouteContext, call: Call, release: Release, draftByDefault = release.draft): void {
  const body = jsonBody(call.exchange) as {
    readonly tag_name?: string;
    readonly target_commitish?: string;
    readonly name?: string;
    readonly body?: string;
    readonly draft?: boolean;
    readonly prerelease?: boolean;
    readonly make_latest?: 'true' | 'false' | 'legacy';
  };
  if ((body.body?.length ?? 0) > bodyLimit)
    throw validationFailed('Release', 'body', `body is too long (maximum is ${bodyLimit} characters)`);
  const publishes = release.draft && !(body.draft ?? draftByDefault);
  const tag = body.tag_name ?? release.tag;
  const target = body.target_commitish ?? release.target;
  if (publishes) prepareTag(call, release, { tag, target });
  release.tag = tag;
  release.target = target;
  release.title = body.name ?? release.title;
  release.body = body.body ?? release.body;
  release.prerelease = body.prerelease ?? release.prerelease;
  if (!publishes) return;
  release.draft = false;
  release.publishedAt = context.state.now();
  if ((body.make_latest ?? 'true') !== 'false') call.repository.latestRelease = release.id;
}

/** One published release for each tag; a tag that is not there is made, a lightweight one. */
function prepareTag(
  { repository, token }: Call,
  release: Release,
  { tag, target }: { readonly tag: string; readonly target: string },
): void {
  const other = publishedOf(repository, tag);
  if (other && other !== release) {
    const errors = [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }];
    throw new Refusal(422, 'Validation Failed', { errors });
  }
  if (repository.refs.has(`tags/${tag}`)) return;
  const commit = commitOf(repository, target);
  if (!commit) throw validationFailed('Release', 'target_commitish', 'target_commitish is invalid');
  checkWorkflows(repository, token, commit.sha);
  repository.refs.set(`tags/${tag}`, commit.sha);
}
