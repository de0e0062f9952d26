import type { PullRequest, PullRequestDetail, PullRequests } from '../ports/forge.ts';
import { ForgeError, MissingPermissionError } from '../ports/forge-error.ts';
import type { IsOwn } from './author.ts';
import type { GitHubSession } from './session.ts';

/** The parts of GitHub's answer that are read. A head's repository is null once the fork is deleted. */
interface PullRequestBody {
  readonly number: number;
  readonly state: string;
  readonly html_url: string;
  readonly head: {
    readonly sha: string;
    readonly ref: string;
    readonly repo: { readonly full_name: string } | null;
  };
  readonly base: {
    readonly sha: string;
    readonly ref: string;
    readonly repo: { readonly full_name: string };
  };
}

/** What more there is in lists, and in answers to a create or update. */
interface DetailBody extends PullRequestBody {
  readonly title: string;
  readonly body: string | null;
  readonly labels: readonly { readonly name: string }[];
  readonly draft?: boolean | undefined;
  readonly user: { readonly login: string; readonly type: string } | null;
  readonly created_at: string;
  readonly closed_at: string | null;
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
}

/** Pull requests by GitHub's REST API. @throws ForgeError from its methods, as {@link PullRequests} says. */
export function createGitHubPullRequests(
  { client, repository, attempt }: GitHubSession,
  author: () => Promise<IsOwn>,
): PullRequests {
  const { pulls } = client.rest;
  return {
    async get(number) {
      try {
        return await attempt(
          { doing: `reading pull request ${number}`, permission: 'pull-requests: read' },
          async () => parsePullRequest((await pulls.get({ ...repository, pull_number: number })).data),
        );
      } catch (error) {
        if (error instanceof ForgeError && error.status === 404) return undefined;
        throw error;
      }
    },
    withHead(owner, branch) {
      const head = `${owner}:${branch}`;
      return attempt(
        { doing: `looking for pull requests of ${head}`, permission: 'pull-requests: read' },
        async () => {
          const request = { ...repository, state: 'open', head, per_page: 100 } as const;
          return (await client.paginate(pulls.list, request)).map(parsePullRequest);
        },
      );
    },
    mergedAs(commit) {
      return attempt(
        { doing: `looking for the pull request that brought ${commit}`, permission: 'pull-requests: read' },
        async () => {
          const request = { ...repository, commit_sha: commit, per_page: 100 };
          const list = client.rest.repos.listPullRequestsAssociatedWithCommit;
          const found = await client.paginate(list, request);
          return found
            .filter((one) => one.merged_at !== null)
            .sort((a, b) => b.number - a.number)
            .map(parsePullRequest);
        },
      );
    },
    ofHead(branch, { state }) {
      const head = `${repository.owner}:${branch}`;
      return attempt(
        { doing: `looking for pull requests of ${head}`, permission: 'pull-requests: read' },
        async () => {
          const isOwn = await author();
          const order = { sort: 'created', direction: 'desc' } as const;
          const request = { ...repository, ...order, state, head, per_page: 100 };
          const found = await client.paginate(pulls.list, request);
          // Another repository of the same owner may be a fork with a branch of this name.
          return found
            .filter((one) => one.head.repo === null || one.head.repo.full_name === one.base.repo.full_name)
            .map((one) => parseDetail(one, isOwn(one.user)));
        },
      );
    },
    async create({ title, body, head, base, draft = false }) {
      const doing = `opening a pull request of ${head} into ${base}`;
      try {
        return await attempt({ doing, permission: 'pull-requests: write' }, async () =>
          parseDetail((await pulls.create({ ...repository, title, body, head, base, draft })).data, true),
        );
      } catch (error) {
        throw notPermitted(error, doing);
      }
    },
    update(number, change) {
      const doing = `updating pull request ${number}`;
      return attempt({ doing, permission: 'pull-requests: write' }, async () => {
        const isOwn = await author();
        const { data } = await pulls.update({ ...repository, pull_number: number, ...change });
        return parseDetail(data, isOwn(data.user));
      });
    },
  };
}

/** A setting of the repository, which no permission of the job's makes up for. */
function notPermitted(error: unknown, doing: string): unknown {
  if (
    !(error instanceof ForgeError) ||
    !/not permitted to create or approve pull requests/i.test(error.message)
  )
    return error;
  const remedy = [
    `${doing}: this repository does not let workflows open pull requests. Tick, in its`,
    'Settings → Actions → General → Workflow permissions,',
    '"Allow GitHub Actions to create and approve pull requests" (an organisation may have to allow it first),',
    "or pass an app's token with pull-requests: write",
  ].join(' ');
  return new MissingPermissionError(remedy, 'pull-requests: write', { cause: error });
}

function parseDetail(body: DetailBody, own: boolean): PullRequestDetail {
  const merged = body.merged_at !== null;
  return {
    ...parsePullRequest(body),
    title: body.title,
    body: body.body ?? '',
    labels: body.labels.map(({ name }) => name),
    draft: body.draft ?? false,
    own,
    merged,
    mergedCommit: merged ? (body.merge_commit_sha ?? undefined) : undefined,
    createdAt: Date.parse(body.created_at),
    closedAt: body.closed_at === null ? undefined : Date.parse(body.closed_at),
  };
}

function parsePullRequest({ number, state, html_url, head, base }: PullRequestBody): PullRequest {
  return {
    number,
    state: state === 'open' ? 'open' : 'closed',
    head: { commit: head.sha, branch: head.ref, repository: head.repo?.full_name },
    base: { commit: base.sha, branch: base.ref, repository: base.repo.full_name },
    url: html_url,
  };
}
