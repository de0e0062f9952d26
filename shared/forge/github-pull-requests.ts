import type { PullRequest, PullRequests } from './forge.ts';
import { ForgeError } from './forge-error.ts';
import type { GitHubSession } from './github-session.ts';

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

export function createGitHubPullRequests({ client, repository, attempt }: GitHubSession): PullRequests {
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
