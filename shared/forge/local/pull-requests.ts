import path from 'node:path';
import { systemClock } from '../../platform/clock.ts';
import { checkTexts } from '../limits/text-limit.ts';
import type { PullRequest, PullRequestDetail, PullRequests } from '../ports/forge.ts';
import { AlreadyExistsError, ForgeError } from '../ports/forge-error.ts';
import { createText, readText, replaceText } from './file.ts';
import { commitOf, gitLine } from './git.ts';
import { closedAt } from './issues.ts';
import { withMergeByHand } from './merged-by-hand.ts';
import { nextNumber, numbersOf } from './number.ts';
import {
  currentPullRequest,
  folderOf,
  formatPullRequest,
  type LocalStore,
  type PullRequestFile,
  pullRequestFile,
  readPullRequest,
  readPullRequestFile,
} from './store.ts';

/**
 * Pull requests as files: `pull-requests/12/pull-request.json`, and their text `pull-requests/12/pull-request.md`.
 *
 * @throws ForgeError from its methods, as {@link PullRequests} says.
 */
export function createLocalPullRequests(store: LocalStore): PullRequests {
  async function all(): Promise<readonly PullRequestFile[]> {
    const numbers = await numbersOf(store, 'pull-requests');
    const found = await Promise.all(numbers.map((number) => readPullRequestFile(store, number)));
    const there = found.filter((one) => one !== undefined).reverse();
    return Promise.all(there.map((one) => withMergeByHand(store, one)));
  }
  async function ofHead(branch: string, state: string): Promise<readonly PullRequestFile[]> {
    return (await all())
      .filter(({ head }) => head.branch === branch && head.repository === store.name)
      .filter((one) => state === 'all' || one.state === state);
  }
  return {
    async get(number) {
      const content = await readPullRequestFile(store, number);
      return content && currentPullRequest(store, await withMergeByHand(store, content));
    },
    async withHead(owner, branch) {
      const found = (await all())
        .filter(({ state }) => state === 'open')
        .filter(({ head }) => head.branch === branch && head.repository?.split('/')[0] === owner);
      return Promise.all(found.map((one) => currentPullRequest(store, one)));
    },
    async mergedAs(commit) {
      const doing = `looking for the pull request that brought ${commit}`;
      if ((await commitOf(store.repository, commit)) === undefined)
        throw new ForgeError(`${doing}: No commit found for SHA: ${commit}`, 422);
      const found = (await all()).filter(({ mergedCommit }) => mergedCommit === commit);
      return Promise.all(found.map((one) => currentPullRequest(store, one)));
    },
    async ofHead(branch, { state }) {
      return Promise.all((await ofHead(branch, state)).map((one) => readDetail(store, one)));
    },
    async create({ title, body, head, base, draft = false }) {
      const doing = `opening a pull request of ${head} into ${base}`;
      checkTexts({ title, body }, doing);
      const [to, from] = await Promise.all([tipOf(store, base), tipOf(store, head)]);
      const ahead = await gitLine(store.repository, ['rev-list', '-1', `${to}..${from}`], { doing });
      if (ahead === '') throw new ForgeError(`${doing}: No commits between ${base} and ${head}`, 422);
      if ((await ofHead(head, 'open')).some((one) => one.base.branch === base))
        throw new AlreadyExistsError(`${doing}: A pull request already exists for ${store.name}:${head}`);
      const { number } = await openPullRequest(store, { title, body, head, base, draft });
      return readDetail(store, (await readPullRequestFile(store, number))!);
    },
    async update(number, { body, ...change }) {
      const doing = `updating pull request ${number}`;
      checkTexts({ title: change.title, body }, doing);
      const content = await readPullRequestFile(store, number);
      if (!content) throw new ForgeError(`${doing}: there is no pull request ${number}`, 404);
      if (content.mergedCommit !== undefined && change.state === 'open')
        throw new ForgeError(`${doing}: it is merged, and cannot be opened again`, 422);
      if (body !== undefined) await replaceText(textFile(store, number), `${body}\n`);
      const { head, base } = await currentPullRequest(store, content);
      const changed: PullRequestFile = {
        ...content,
        ...change,
        head: { ...content.head, commit: head.commit },
        base: { ...content.base, commit: base.commit },
      };
      const { clock = systemClock } = store;
      const closed = { ...changed, closedAt: closedAt(content, changed, clock.now()) };
      await replaceText(pullRequestFile(store, number), formatPullRequest(closed));
      return readDetail(store, closed);
    },
  };
}

function textFile(store: LocalStore, number: number): string {
  return path.join(folderOf(store, number), 'pull-request.md');
}

/** A pull request by its files. */
export async function readDetail(store: LocalStore, content: PullRequestFile): Promise<PullRequestDetail> {
  const { title, labels = [], draft = false, author, createdAt = 0, mergedCommit } = content;
  return {
    ...(await currentPullRequest(store, content)),
    title,
    body: ((await readText(textFile(store, content.number))) ?? '').replace(/\n$/, ''),
    labels,
    draft,
    own: author === store.author,
    merged: mergedCommit !== undefined,
    mergedCommit,
    createdAt,
    closedAt: content.closedAt,
  };
}

export interface OpenedPullRequest {
  /** The branch with the changes, in the store's repository. */
  readonly head: string;
  /** The branch that they are to be merged into. */
  readonly base: string;
  readonly title?: string;
  /** Markdown; no file of it when absent. */
  readonly body?: string;
  readonly draft?: boolean;
  /** `owner/name` of the fork that the branch is said to be of; the store's own repository when absent. */
  readonly from?: string;
}

/**
 * Opens a pull request in a local forge, whatever is open already.
 *
 * @throws ForgeError when a branch is not there.
 */
export async function openPullRequest(store: LocalStore, opened: OpenedPullRequest): Promise<PullRequest> {
  const { head, base, title = head, body, draft = false, from = store.name } = opened;
  const { clock = systemClock } = store;
  const content = {
    title,
    state: 'open',
    head: { commit: await tipOf(store, head), branch: head, repository: from },
    base: { commit: await tipOf(store, base), branch: base, repository: store.name },
    ...(draft ? { draft } : {}),
    author: store.author,
    createdAt: clock.now(),
  } as const;
  for (let number = await nextNumber(store); ; number++) {
    if (await createText(pullRequestFile(store, number), formatPullRequest({ number, ...content }))) {
      if (body !== undefined) await replaceText(textFile(store, number), `${body}\n`);
      return (await readPullRequest(store, number))!;
    }
  }
}

async function tipOf({ repository }: LocalStore, branch: string): Promise<string> {
  const commit = await commitOf(repository, `refs/heads/${branch}`);
  if (commit !== undefined) return commit;
  throw new ForgeError(`opening a pull request: there is no branch ${branch} in ${repository}`, 422);
}
