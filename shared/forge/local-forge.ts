import type { Forge, PullRequestDetail, PullRequests } from './forge.ts';
import { createLocalBranches } from './local-branches.ts';
import { createLocalChecks } from './local-checks.ts';
import { createLocalComments } from './local-comments.ts';
import { createLocalContents } from './local-contents.ts';
import { createLocalDeployments } from './local-deployments.ts';
import { createLocalIssues, createLocalLabels } from './local-issues.ts';
import { mergePullRequest } from './local-merge.ts';
import type { LocalPlace } from './local-place.ts';
import { createLocalPullRequests } from './local-pull-requests.ts';
import { createLocalReleases } from './local-releases.ts';
import { createLocalRepository } from './local-repository.ts';
import { createLocalTags } from './local-tags.ts';

/** A forge in which Ciclo also does what on a code host a person does. */
export interface LocalForge extends Forge {
  readonly pullRequests: PullRequests & {
    /** As {@link mergePullRequest}. */
    merge(number: number, options?: { readonly message?: string }): Promise<PullRequestDetail>;
  };
}

/**
 * The code host on a plain git repository and a folder of readable files. Every write is whole or not at all, and two
 * writers at once get two comments, not one.
 */
export function createLocalForge(place: LocalPlace): LocalForge {
  return {
    comments: createLocalComments(place),
    checks: createLocalChecks(place),
    pullRequests: {
      ...createLocalPullRequests(place),
      merge: (number, options) => mergePullRequest(place, number, options),
    },
    contents: createLocalContents(place.repository),
    tags: createLocalTags(place),
    releases: createLocalReleases(place),
    deployments: createLocalDeployments(place),
    branches: createLocalBranches(place),
    issues: createLocalIssues(place),
    labels: createLocalLabels(place),
    repository: createLocalRepository(place),
  };
}
