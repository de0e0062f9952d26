import type { Repository } from '../../../tests/github/state.ts';
import { fixedClock } from '../../platform/clock.ts';
import type { Forge } from '../ports/forge.ts';
import { openDeployment, succeedDeployment, type WantedDeployment } from '../upsert/deployment-upsert.ts';
import { upsertRelease } from '../upsert/release-upsert.ts';
import { sampleRelease } from './release-contract.ts';

export interface WholeDeployment {
  readonly commit: string;
  /** `1.0.0` */
  readonly version: string;
  /** Which assignment of the stage it is. */
  readonly count: number;
  /** Seconds since 1970: when it is run. */
  readonly time: number;
}

/** All that a deployment writes, in the order in which it does. Returns what became of each part. */
export async function deployWhole(
  { tags, releases, deployments }: Forge,
  { commit, version, count, time }: WholeDeployment,
): Promise<readonly string[]> {
  const clock = fixedClock(time * 1000);
  const name = `fuel@v${version}`;
  const assignment = `fuel#production#${count}`;
  const versionTag = await tags.create({ name, commit, time, message: `Registering ${name}` });
  const release = await upsertRelease(releases, sampleRelease({ tag: name }), { clock });
  const wanted: WantedDeployment = {
    pipeline: 'fuel',
    version: name,
    assignment,
    environment: 'production',
    commit,
    ref: name,
    production: true,
  };
  const { deployment } = await openDeployment(deployments, wanted, { clock });
  const message = `Assigning stage production to ${name}`;
  const stageTag = await tags.create({ name: assignment, commit, time: time + 1, message });
  const environmentUrl = 'https://fuel.example/';
  await succeedDeployment(deployments, { deployment, wanted }, { environmentUrl, clock });
  return [versionTag.change, release.change, stageTag.change];
}

/** What is there afterwards, without numbers and times. */
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
