import type { Clock } from '../platform/clock.ts';
import type { GitHubClient } from './github-client.ts';
import { type Attempt, toForgeError } from './github-error.ts';

/** What GitHub's implementations of the ports share. */
export interface GitHubSession {
  readonly client: GitHubClient;
  /** As Octokit takes it in every call. */
  readonly repository: { readonly owner: string; readonly repo: string };
  /** Does the work; what Octokit throws becomes a ForgeError that says what was attempted. */
  attempt<T>(attempt: Attempt, work: () => Promise<T>): Promise<T>;
}

export function createSession(
  client: GitHubClient,
  repository: { readonly owner: string; readonly name: string },
  clock: Clock,
): GitHubSession {
  return {
    client,
    repository: { owner: repository.owner, repo: repository.name },
    async attempt(attempt, work) {
      try {
        return await work();
      } catch (error) {
        throw toForgeError(error, attempt, clock);
      }
    },
  };
}
