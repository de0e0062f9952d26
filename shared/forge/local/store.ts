import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Clock } from '../../platform/clock.ts';
import { formatJson } from '../../platform/json.ts';
import type { PullRequest } from '../ports/forge.ts';
import { ForgeError } from '../ports/forge-error.ts';
import { readText } from './file.ts';
import { commitOf } from './git.ts';

/** Where a local forge keeps everything. */
export interface LocalStore {
  /** A git repository, bare or not. */
  readonly repository: string;
  /** Pull requests, comments and checks, as readable files. */
  readonly folder: string;
  /** Who writes: its comments are its own. */
  readonly author: string;
  /** `owner/name`, by which heads of the repository itself are distinguished from those of forks. */
  readonly name: string;
  /** When commits, merges, pull requests and issues are made; the machine's when absent. */
  readonly clock?: Clock;
}

/** The folder of a pull request. */
export function folderOf(store: LocalStore, pullRequest: number): string {
  return path.join(store.folder, 'pull-requests', String(pullRequest));
}

/** The file that says what a pull request is. */
export function pullRequestFile(store: LocalStore, pullRequest: number): string {
  return path.join(folderOf(store, pullRequest), 'pull-request.json');
}

const side = { commit: z.string(), branch: z.string() };
const schema = z.object({
  number: z.int().positive(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  /** Without `repository`: a fork that is deleted. */
  head: z.object({ ...side, repository: z.string().optional() }),
  base: z.object({ ...side, repository: z.string() }),
  draft: z.boolean().optional(),
  labels: z.array(z.string()).optional(),
  author: z.string().optional(),
  /** Milliseconds since 1970, as `closedAt`. */
  createdAt: z.number().optional(),
  closedAt: z.number().optional(),
  /** The commit on the base branch that merged it. */
  mergedCommit: z.string().optional(),
});

/** What pull-request.json holds. */
export type PullRequestFile = z.output<typeof schema>;

/** pull-request.json as it is stored. */
export function formatPullRequest(content: PullRequestFile): string {
  return formatJson(content);
}

/** Reads a pull request; an open one's head and base are where their branches are now. */
export async function readPullRequest(store: LocalStore, number: number): Promise<PullRequest | undefined> {
  const content = await readPullRequestFile(store, number);
  return content && currentPullRequest(store, content);
}

/** What a pull request's file says. */
export async function readPullRequestFile(
  store: LocalStore,
  number: number,
): Promise<PullRequestFile | undefined> {
  const file = pullRequestFile(store, number);
  const text = await readText(file);
  return text === undefined ? undefined : parsePullRequest(text, file);
}

/** A pull request by its file; of an open one head and base are where their branches are now. */
export async function currentPullRequest(
  store: LocalStore,
  { number, state, head, base }: PullRequestFile,
): Promise<PullRequest> {
  const now = async ({
    branch,
    commit,
    repository,
  }: {
    branch: string;
    commit: string;
    repository?: string | undefined;
  }) =>
    (state === 'open' && repository === store.name
      ? await commitOf(store.repository, `refs/heads/${branch}`)
      : undefined) ?? commit;
  return {
    number,
    state,
    head: { commit: await now(head), branch: head.branch, repository: head.repository },
    base: { commit: await now(base), branch: base.branch, repository: base.repository },
    url: pathToFileURL(pullRequestFile(store, number)).href,
  };
}

function parsePullRequest(text: string, file: string): PullRequestFile {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new ForgeError(`reading pull request ${file}: ${why}`, undefined, { cause: error });
  }
}
