import { type Clock, systemClock } from '../../platform/clock.ts';
import type { NewPullRequest, PullRequestDetail, PullRequests } from '../ports/forge.ts';
import { AlreadyExistsError, isUncertain } from '../ports/forge-error.ts';
import { formatMarker, isMarkedWith, type Marker } from './marker.ts';
import { sameText } from './same-text.ts';

/** How often writing a pull request is tried again after the host broke off. */
const attempts = 3;

export interface WantedPullRequest extends NewPullRequest {
  /** Put above the text. */
  readonly marker: Marker;
}

export interface UpsertedPullRequest {
  readonly pullRequest: PullRequestDetail;
  readonly change: 'created' | 'updated' | 'unchanged';
}

/**
 * Makes the open pull request of the branch say what is wanted: updated in place, else opened, left alone when it says so
 * already. Hosts have one open pull request per head and base, so there are never two. One that a person opened for the
 * branch, or whose marker a person took away, is what they made of it: it is refused rather than overwritten.
 *
 * When the connection breaks off, the pull requests are read again before anything is repeated.
 *
 * @throws AlreadyExistsError when somebody else has opened one for the branch.
 * @throws ForgeError when the host refuses, or broke off three times.
 */
export async function upsertPullRequest(
  pullRequests: PullRequests,
  wanted: WantedPullRequest,
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Promise<UpsertedPullRequest> {
  const { marker, title, head, base, draft } = wanted;
  const body = `${formatMarker(marker)}\n${wanted.body}`;
  let change = 'unchanged' as UpsertedPullRequest['change'];
  for (let attempt = 1; ; attempt++) {
    try {
      const open = (await pullRequests.ofHead(head, { state: 'open' })).filter(
        (one) => one.base.branch === base,
      );
      const current = open.find((one) => one.own && isMarkedWith(one.body, marker));
      if (!current && open[0]) throw foreign(open[0], head);
      if (!current) {
        change = 'created';
        const made = { title, body, head, base, ...(draft === undefined ? {} : { draft }) };
        return { pullRequest: await pullRequests.create(made), change };
      }
      if (current.title === title && sameText(current.body, body)) return { pullRequest: current, change };
      if (change !== 'created') change = 'updated';
      return { pullRequest: await pullRequests.update(current.number, { title, body }), change };
    } catch (error) {
      const faster = error instanceof AlreadyExistsError && change === 'created';
      if (attempt === attempts || !(isUncertain(error) || faster)) throw error;
      await clock.sleep(1000 * attempt ** 2);
    }
  }
}

function foreign({ number, url }: PullRequestDetail, branch: string): AlreadyExistsError {
  return new AlreadyExistsError(
    `opening a pull request of ${branch}: there is one, #${number} (${url}), that Ciclo did not open or whose first line, its marker, somebody changed; close it, and run again`,
  );
}
