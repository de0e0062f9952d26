import type { OpenApiDocument } from '../openapi-document.ts';
import { completeBody } from '../openapi-filler.ts';
import type { Exchange } from '../route.ts';
import type { App, Repository, State } from '../state.ts';

/** What the routes are made of. */
export interface RouteContext {
  readonly state: State;
  readonly document: OpenApiDocument;
  /** Before every path of the API: empty, or `/api/v3` as on GitHub Enterprise. */
  readonly basePath: string;
  /** Where the hosts answer. */
  readonly origins: Origins;
}

/** Filled once they listen. */
export interface Origins {
  api: string;
  /** The hosts that take and give the files of releases. */
  storage: string;
}

/** Where pages for people are. */
export const site = 'https://github.com';

/** The API's address of a repository. */
export function apiOf({ basePath }: RouteContext, { origin }: Exchange, { owner, name }: Repository): string {
  return `${origin}${basePath}/repos/${owner}/${name}`;
}

/** A user or a bot (`…[bot]`), with an id made from the name. */
export function userBody(context: RouteContext, login: string): object {
  return completeBody(context.document, 'simple-user', {
    login,
    id: [...login].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_003, 7),
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    html_url: login.endsWith('[bot]') ? `${site}/apps/${login.slice(0, -5)}` : `${site}/${login}`,
  });
}

export function appBody(context: RouteContext, app: App | undefined): object | null {
  if (!app) return null;
  return completeBody(context.document, 'integration', {
    ...app,
    name: app.slug,
    owner: userBody(context, 'github'),
  });
}

/** A repository in one of the shapes that GitHub has for it. */
export function repositoryBody(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  shape: 'repository' | 'minimal-repository' | 'full-repository',
): object {
  const { id, owner, name, fork, defaultBranch } = repository;
  return completeBody(context.document, shape, {
    id,
    name,
    full_name: `${owner}/${name}`,
    private: repository.private,
    fork,
    default_branch: defaultBranch,
    owner: userBody(context, owner),
    url: apiOf(context, exchange, repository),
    html_url: `${site}/${owner}/${name}`,
  });
}
