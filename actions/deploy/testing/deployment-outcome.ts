import type { Repository } from '../../../tests/github/state.ts';

/** What deployments left on the emulated GitHub, without numbers and times. */
export function outcomeOf({ refs, tagObjects, releases, deployments }: Repository) {
  return {
    tags: [...refs].sort().flatMap(([name, sha]) => {
      const tag = tagObjects.get(sha);
      return tag ? [[name, tag.object, tag.message]] : [];
    }),
    releases: [...releases.values()].map(({ tag, title, body, draft, assets }) => {
      const files = assets.map(({ name, state, digest }) => [name, state, digest]).sort();
      return { tag, title, body, draft, files };
    }),
    // Those that were made at the same moment as another are inactive, and do not count.
    deployments: [...deployments.values()]
      .map(({ environment, ref, sha, statuses }) => {
        const { state, description, environmentUrl } = statuses.at(-1)!;
        return { environment, ref, sha, state, description, environmentUrl };
      })
      .filter(({ description }) => !description.startsWith('made at the same moment')),
  };
}
