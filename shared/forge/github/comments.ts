import type { Comment, PullRequestComments } from '../ports/forge.ts';
import type { IsOwn } from './author.ts';
import type { GitHubSession } from './session.ts';

/** The parts of GitHub's answer that are read. */
interface IssueComment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly login: string; readonly type: string } | null;
  readonly html_url: string;
}

/** Comments of pull requests by GitHub's REST API. @param author who tells Ciclo's own comments from others'. */
export function createGitHubComments(
  { client, repository, attempt }: GitHubSession,
  author: () => Promise<IsOwn>,
): PullRequestComments {
  return {
    async list(pullRequest) {
      const doing = `reading the comments of pull request ${pullRequest}`;
      return attempt({ doing, permission: 'pull-requests: read' }, async () => {
        const isOwn = await author();
        const request = { ...repository, issue_number: pullRequest, per_page: 100 };
        const found = await client.paginate(client.rest.issues.listComments, request);
        return found.map((comment) => parseComment(comment, isOwn(comment.user)));
      });
    },
    async create(pullRequest, body) {
      const doing = `commenting on pull request ${pullRequest}`;
      return attempt({ doing, permission: 'pull-requests: write' }, async () => {
        const request = { ...repository, issue_number: pullRequest, body };
        return parseComment((await client.rest.issues.createComment(request)).data, true);
      });
    },
    async update(id, body) {
      const doing = `updating comment ${id}`;
      return attempt({ doing, permission: 'pull-requests: write' }, async () => {
        const request = { ...repository, comment_id: id, body };
        return parseComment((await client.rest.issues.updateComment(request)).data, true);
      });
    },
  };
}

function parseComment({ id, body = '', user, html_url }: IssueComment, own: boolean): Comment {
  return { id, body, author: user?.login ?? 'ghost', own, url: html_url };
}
