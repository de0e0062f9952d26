import path from 'node:path';
import { systemClock } from '../../platform/clock.ts';
import { checkTexts } from '../limits/text-limit.ts';
import type { PullRequest, PullRequestDetail, PullRequests } from '../ports/forge.ts';
import { AlreadyExistsError, ForgeError } from '../ports/forge-error.ts';
import { createText, readText, replaceText } from './file.ts';
import { commitOf, gitLine } from './git.ts';
import { closedAt } from './issues.ts';
import { nextNumber, numbersOf } from './number.ts';
import {
  currentPullRequest,
  folderOf,
  formatPullRequest,
  type LocalPlace,
  type PullRequestFile,
  pullRequestFile,
  readPullRequest,
  readPullRequestFile,
} from './place.ts';

/** Pull requests as files: `pull-requests/12/pull-request.json`, and their text `pull-requests/12/pull-request.md`. */
export function createLocalPullRequests(place: LocalPlace): PullRequests {
  async function all(): Promise<readonly PullRequestFile[]> {
    const numbers = await numbersOf(place, 'pull-requests');
    const found = await Promise.all(numbers.map((number) => readPullRequestFile(place, number)));
    return found.filter((one) => one !== undefined).reverse();
  }
  async function ofHead(branch: string, state: string): Promise<readonly PullRequestFile[]> {
    return (await all())
      .filter(({ head }) => head.branch === branch && head.repository === place.name)
      .filter((one) => state === 'all' || one.state === state);
  }
  return {
    get: (number) => readPullRequest(place, number),
    async withHead(owner, branch) {
      const found = (await all())
        .filter(({ state }) => state === 'open')
        .filter(({ head }) => head.branch === branch && head.repository?.split('/')[0] === owner);
      return Promise.all(found.map((one) => currentPullRequest(place, one)));
    },
    async mergedAs(commit) {
      const doing = `looking for the pull request that brought ${commit}`;
      if ((await commitOf(place.repository, commit)) === undefined)
        throw new ForgeError(`${doing}: No commit found for SHA: ${commit}`, 422);
      const found = (await all()).filter(({ mergedCommit }) => mergedCommit === commit);
      return Promise.all(found.map((one) => currentPullRequest(place, one)));
    },
    async ofHead(branch, { state }) {
      return Promise.all((await ofHead(branch, state)).map((one) => readDetail(place, one)));
    },
    async create({ title, body, head, base, draft = false }) {
      const doing = `opening a pull request of ${head} into ${base}`;
      checkTexts({ title, body }, doing);
      const [to, from] = await Promise.all([tipOf(place, base), tipOf(place, head)]);
      const ahead = await gitLine(place.repository, ['rev-list', '-1', `${to}..${from}`], { doing });
      if (ahead === '') throw new ForgeError(`${doing}: No commits between ${base} and ${head}`, 422);
      if ((await ofHead(head, 'open')).some((one) => one.base.branch === base))
        throw new AlreadyExistsError(`${doing}: A pull request already exists for ${place.name}:${head}`);
      const { number } = await openPullRequest(place, { title, body, head, base, draft });
      return readDetail(place, (await readPullRequestFile(place, number))!);
    },
    async update(number, { body, ...change }) {
      const doing = `updating pull request ${number}`;
      checkTexts({ title: change.title, body }, doing);
      const content = await readPullRequestFile(place, number);
      if (!content) throw new ForgeError(`${doing}: there is no pull request ${number}`, 404);
      if (content.mergedCommit !== undefined && change.state === 'open')
        throw new ForgeError(`${doing}: it is merged, and cannot be opened again`, 422);
      if (body !== undefined) await replaceText(textFile(place, number), `${body}\n`);
      const { head, base } = await currentPullRequest(place, content);
      const changed: PullRequestFile = {
        ...content,
        ...change,
        head: { ...content.head, commit: head.commit },
        base: { ...content.base, commit: base.commit },
      };
      const { clock = systemClock } = place;
      const closed = { ...changed, closedAt: closedAt(content, changed, clock.now()) };
      await replaceText(pullRequestFile(place, number), formatPullRequest(closed));
      return readDetail(place, closed);
    },
  };
}

function textFile(place: LocalPlace, number: number): string {
  return path.join(folderOf(place, number), 'pull-request.md');
}

/** A pull request by its files. */
export async function readDetail(place: LocalPlace, content: PullRequestFile): Promise<PullRequestDetail> {
  const { title, labels = [], draft = false, author, createdAt = 0, mergedCommit } = content;
  return {
    ...(await currentPullRequest(place, content)),
    title,
    body: ((await readText(textFile(place, content.number))) ?? '').replace(/\n$/, ''),
    labels,
    draft,
    own: author === place.author,
    merged: mergedCommit !== undefined,
    mergedCommit,
    createdAt,
    closedAt: content.closedAt,
  };
}

export interface OpenedPullRequest {
  /** The branch with the changes, in the place's repository. */
  readonly head: string;
  /** The branch that they shall go to. */
  readonly base: string;
  readonly title?: string;
  /** Markdown; no file of it when absent. */
  readonly body?: string;
  readonly draft?: boolean;
  /** `owner/name` of the fork that the branch is said to be of; the place's own repository when absent. */
  readonly from?: string;
}

/**
 * Opens a pull request in a local forge, whatever is open already.
 *
 * @throws ForgeError when a branch is not there.
 */
export async function openPullRequest(place: LocalPlace, opened: OpenedPullRequest): Promise<PullRequest> {
  const { head, base, title = head, body, draft = false, from = place.name } = opened;
  const { clock = systemClock } = place;
  const content = {
    title,
    state: 'open',
    head: { commit: await tipOf(place, head), branch: head, repository: from },
    base: { commit: await tipOf(place, base), branch: base, repository: place.name },
    ...(draft ? { draft } : {}),
    author: place.author,
    createdAt: clock.now(),
  } as const;
  for (let number = await nextNumber(place); ; number++) {
    if (await createText(pullRequestFile(place, number), formatPullRequest({ number, ...content }))) {
      if (body !== undefined) await replaceText(textFile(place, number), `${body}\n`);
      return (await readPullRequest(place, number))!;
    }
  }
}

async function tipOf({ repository }: LocalPlace, branch: string): Promise<string> {
  const commit = await commitOf(repository, `refs/heads/${branch}`);
  if (commit !== undefined) return commit;
  throw new ForgeError(`opening a pull request: there is no branch ${branch} in ${repository}`, 422);
}
