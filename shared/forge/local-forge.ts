import type { Forge } from './forge.ts';
import { createLocalChecks } from './local-checks.ts';
import { createLocalComments } from './local-comments.ts';
import { createLocalContents } from './local-contents.ts';
import { createLocalDeployments } from './local-deployments.ts';
import type { LocalPlace } from './local-place.ts';
import { createLocalPullRequests } from './local-pull-requests.ts';
import { createLocalReleases } from './local-releases.ts';
import { createLocalTags } from './local-tags.ts';

/**
 * The code host on a plain git repository and a folder of readable files. Every write is whole or not at all, and two
 * writers at once get two comments, not one.
 */
export function createLocalForge(place: LocalPlace): Forge {
  return {
    comments: createLocalComments(place),
    checks: createLocalChecks(place),
    pullRequests: createLocalPullRequests(place),
    contents: createLocalContents(place.repository),
    tags: createLocalTags(place),
    releases: createLocalReleases(place),
    deployments: createLocalDeployments(place),
  };
}
