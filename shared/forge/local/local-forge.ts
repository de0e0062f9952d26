// The code host on a plain git repository and a folder: everything works without GitHub.
import type { Forge, PullRequestDetail, PullRequests } from '../ports/forge.ts';
import { createLocalBranches } from './branches.ts';
import { createLocalChecks } from './checks.ts';
import { createLocalComments } from './comments.ts';
import { createLocalContents } from './contents.ts';
import { createLocalDeployments } from './deployments.ts';
import { createLocalIssues, createLocalLabels } from './issues.ts';
import { mergePullRequest } from './merge.ts';
import { createLocalPullRequests } from './pull-requests.ts';
import { createLocalReleases } from './releases.ts';
import { createLocalRepository } from './repository.ts';
import type { LocalStore } from './store.ts';
import { createLocalTags } from './tags.ts';

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
export function createLocalForge(store: LocalStore): LocalForge {
  return {
    comments: createLocalComments(store),
    checks: createLocalChecks(store),
    pullRequests: {
      ...createLocalPullRequests(store),
      merge: (number, options) => mergePullRequest(store, number, options),
    },
    contents: createLocalContents(store.repository),
    tags: createLocalTags(store),
    releases: createLocalReleases(store),
    deployments: createLocalDeployments(store),
    branches: createLocalBranches(store),
    issues: createLocalIssues(store),
    labels: createLocalLabels(store),
    repository: createLocalRepository(store),
  };
}
