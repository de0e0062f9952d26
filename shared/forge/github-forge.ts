import type { Forge } from './forge.ts';
import { createAuthorCheck } from './github-author.ts';
import { createGitHubBranches } from './github-branches.ts';
import { createGitHubChecks } from './github-checks.ts';
import { createGitHubComments } from './github-comments.ts';
import { createGitHubContents } from './github-contents.ts';
import { createGitHubDeployments } from './github-deployments.ts';
import { createGitHubIssues, createGitHubLabels } from './github-issues.ts';
import { createGitHubPullRequests } from './github-pull-requests.ts';
import { createGitHubReleases } from './github-releases.ts';
import { createGitHubRepository } from './github-repository.ts';
import { createSession, type GitHubForgeOptions } from './github-session.ts';
import { createGitHubTags } from './github-tags.ts';

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
