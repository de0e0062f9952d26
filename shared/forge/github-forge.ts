import { type Clock, systemClock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Forge } from './forge.ts';
import { createAuthorCheck } from './github-author.ts';
import { createGitHubChecks } from './github-checks.ts';
import { createGitHubClient, type GitHubWaits, usualWaits } from './github-client.ts';
import { createGitHubComments } from './github-comments.ts';
import { createGitHubContents } from './github-contents.ts';
import { createGitHubPullRequests } from './github-pull-requests.ts';
import { createSession } from './github-session.ts';

export interface GitHubForgeOptions {
  readonly token: string;
  readonly repository: { readonly owner: string; readonly name: string };
  /** `GITHUB_API_URL`: `https://api.github.com`, or `https://github.example/api/v3` on an Enterprise Server. */
  readonly apiUrl: string;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** How long GitHub is waited for, where not {@link usualWaits}. */
  readonly waits?: Partial<GitHubWaits>;
}

/**
 * GitHub by its REST API. Nothing is asked before a method is called.
 *
 * Requests that read or replace are repeated when GitHub fails or the connection breaks; those that create are not, since
 * they may have been done (upsertComment and upsertCheck look first). Rate limits are waited for within bounds.
 *
 * @throws ConfigurationError when the token cannot be one.
 */
export function createGitHubForge(options: GitHubForgeOptions): Forge {
  const { token, repository, logger, clock = systemClock } = options;
  const client = createGitHubClient({
    token,
    apiUrl: options.apiUrl.replace(/\/+$/, ''),
    logger,
    clock,
    waits: { ...usualWaits, ...options.waits },
  });
  const session = createSession(client, repository, clock);
  return {
    comments: createGitHubComments(session, createAuthorCheck(session, token)),
    checks: createGitHubChecks(session),
    pullRequests: createGitHubPullRequests(session),
    contents: createGitHubContents(session),
  };
}
