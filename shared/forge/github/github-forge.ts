// The code host at GitHub, by its API.
import type { Forge } from '../ports/forge.ts';
import { createAuthorCheck } from './author.ts';
import { createGitHubBranches } from './branches.ts';
import { createGitHubChecks } from './checks.ts';
import { createGitHubComments } from './comments.ts';
import { createGitHubContents } from './contents.ts';
import { createGitHubDeployments } from './deployments.ts';
import { createGitHubIssues, createGitHubLabels } from './issues.ts';
import { createGitHubPullRequests } from './pull-requests.ts';
import { createGitHubReleases } from './releases.ts';
import { createGitHubRepository } from './repository.ts';
import { createSession, type GitHubForgeOptions } from './session.ts';
import { createGitHubTags } from './tags.ts';

/**
 * GitHub by its REST API. Nothing is asked before a method is called.
 *
 * Requests that read or replace are repeated when GitHub fails or the connection breaks; those that create are not, since
 * they may have been done (upsertComment and upsertCheck look first). Rate limits are waited for within bounds.
 *
 * @throws ConfigurationError when the token cannot be one.
 */
export function createGitHubForge(options: GitHubForgeOptions): Forge {
  const session = createSession(options);
  const author = createAuthorCheck(session, options.token);
  return {
    comments: createGitHubComments(session, author),
    checks: createGitHubChecks(session),
    pullRequests: createGitHubPullRequests(session, author),
    contents: createGitHubContents(session),
    tags: createGitHubTags(session),
    releases: createGitHubReleases(session),
    deployments: createGitHubDeployments(session),
    branches: createGitHubBranches(session, author),
    issues: createGitHubIssues(session, author),
    labels: createGitHubLabels(session),
    repository: createGitHubRepository(session),
  };
}
