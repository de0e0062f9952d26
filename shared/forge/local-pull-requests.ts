import path from 'node:path';
import type { PullRequest, PullRequests } from './forge.ts';
import { ForgeError } from './forge-error.ts';
import { createText, namesIn } from './local-file.ts';
import { commitOf } from './local-git.ts';
import { formatPullRequest, type LocalPlace, pullRequestFile, readPullRequest } from './local-place.ts';

/** Pull requests as files: `pull-requests/12/pull-request.json`. */
export function createLocalPullRequests(place: LocalPlace): PullRequests {
  return {
    get: (number) => readPullRequest(place, number),
    async withHead(owner, branch) {
      const all = await Promise.all((await numbersOf(place)).map((number) => readPullRequest(place, number)));
      return all
        .filter((found): found is PullRequest => found !== undefined && found.state === 'open')
        .filter(({ head }) => head.branch === branch && head.repository?.split('/')[0] === owner)
        .reverse();
    },
  };
}

export interface OpenedPullRequest {
  /** The branch with the changes, in the place's repository. */
  readonly head: string;
  /** The branch that they shall go to. */
  readonly base: string;
  readonly title?: string;
  /** `owner/name` of the fork that the branch is said to be of; the place's own repository when absent. */
  readonly from?: string;
}

/**
 * Opens a pull request in a local forge.
 *
 * @throws ForgeError when a branch is not there.
 */
export async function openPullRequest(place: LocalPlace, opened: OpenedPullRequest): Promise<PullRequest> {
  const { head, base, title = head, from = place.name } = opened;
  const content = {
    title,
    state: 'open',
    head: { commit: await tipOf(place, head), branch: head, repository: from },
    base: { commit: await tipOf(place, base), branch: base, repository: place.name },
  } as const;
  for (let number = ((await numbersOf(place)).at(-1) ?? 0) + 1; ; number++) {
    if (await createText(pullRequestFile(place, number), formatPullRequest({ number, ...content }))) {
      return (await readPullRequest(place, number))!;
    }
  }
}

async function tipOf({ repository }: LocalPlace, branch: string): Promise<string> {
  const commit = await commitOf(repository, `refs/heads/${branch}`);
  if (commit !== undefined) return commit;
  throw new ForgeError(`opening a pull request: there is no branch ${branch} in ${repository}`, 422);
}

async function numbersOf({ folder }: LocalPlace): Promise<readonly number[]> {
  const names = await namesIn(path.join(folder, 'pull-requests'));
  return names
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}
