import { type Clock, systemClock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { createGitHubClient, type GitHubClient, type GitHubWaits, usualWaits } from './client.ts';
import { type Attempt, toForgeError } from './github-error.ts';

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

/** What GitHub's implementations of the ports share. */
export interface GitHubSession {
  readonly client: GitHubClient;
  /** As Octokit takes it in every call. */
  readonly repository: { readonly owner: string; readonly repo: string };
  readonly clock: Clock;
  /** For a POST that may be sent again, as one that only reads, or makes the same thing twice. */
  readonly repeatable: { readonly request: { readonly repeatable: true } };
  /** Time for a file's bytes, which are many. */
  transferTime(): AbortSignal;
  /** Does the work; what Octokit throws becomes a ForgeError that says what was attempted. */
  attempt<T>(attempt: Attempt, work: () => Promise<T>): Promise<T>;
}

/** @throws ConfigurationError when the token cannot be one. */
export function createSession(options: GitHubForgeOptions): GitHubSession {
  const { token, repository, logger, clock = systemClock } = options;
  const apiUrl = options.apiUrl.replace(/\/+$/, '');
  const waits = { ...usualWaits, ...options.waits };
  return {
    client: createGitHubClient({ token, apiUrl, logger, clock, waits }),
    repository: { owner: repository.owner, repo: repository.name },
    clock,
    transferTime: () => AbortSignal.timeout(waits.transfer),
    repeatable: { request: { repeatable: true } },
    async attempt(attempt, work) {
      try {
        return await work();
      } catch (error) {
        throw toForgeError(error, attempt, clock);
      }
    },
  };
}
