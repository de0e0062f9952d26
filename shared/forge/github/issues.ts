import { AlreadyExistsError } from '../ports/forge-error.ts';
import type { Issue, Issues, Labels } from '../ports/issues.ts';
import type { IsOwn } from './author.ts';
import type { GitHubSession } from './session.ts';

/** The parts of GitHub's answer that are read; a pull request is an issue there, with a field more. */
interface IssueBody {
  readonly number: number;
  readonly title: string;
  readonly body?: string | null | undefined;
  readonly state: string;
  readonly labels: readonly (string | { readonly name?: string | undefined })[];
  readonly user: { readonly login: string; readonly type: string } | null;
  readonly created_at: string;
  readonly closed_at: string | null;
  readonly html_url: string;
  readonly pull_request?: unknown;
}

const permission = 'issues: write';

/** Issues by GitHub's REST API. @param author who tells Ciclo's own issues from others'. */
export function createGitHubIssues(
  { client, repository, attempt }: GitHubSession,
  author: () => Promise<IsOwn>,
): Issues {
  const { issues } = client.rest;
  return {
    list({ label, state }) {
      const doing = label === undefined ? 'reading the issues' : `reading the issues labelled ${label}`;
      return attempt({ doing, permission: 'issues: read' }, async () => {
        const isOwn = await author();
        const order = { sort: 'created', direction: 'asc' } as const;
        const filter = label === undefined ? { state } : { state, labels: label };
        const request = { ...repository, ...order, ...filter, per_page: 100 };
        const found = await client.paginate(issues.listForRepo, request);
        return found
          .filter(({ pull_request }) => pull_request === undefined)
          .map((issue) => parseIssue(issue, isOwn(issue.user)));
      });
    },
    create({ title, body, labels }) {
      return attempt({ doing: `opening the issue "${title}"`, permission }, async () => {
        const request = { ...repository, title, body, labels: [...labels] };
        return parseIssue((await issues.create(request)).data, true);
      });
    },
    update(number, { labels, ...change }) {
      return attempt({ doing: `updating issue ${number}`, permission }, async () => {
        const isOwn = await author();
        const request = {
          ...repository,
          issue_number: number,
          ...change,
          ...(labels && { labels: [...labels] }),
        };
        const { data } = await issues.update(request);
        return parseIssue(data, isOwn(data.user));
      });
    },
  };
}

/** Labels by GitHub's REST API. @throws ForgeError from its methods, as {@link Labels} says. */
export function createGitHubLabels({ client, repository, repeatable, attempt }: GitHubSession): Labels {
  const { issues } = client.rest;
  return {
    async ensure(name, { color, description }) {
      const request = { ...repository, ...repeatable, name, color, description };
      try {
        // Made twice it is there already: it may be sent again.
        await attempt({ doing: `making the label ${name}`, permission }, () => issues.createLabel(request));
        return 'created';
      } catch (error) {
        if (error instanceof AlreadyExistsError) return 'exists';
        throw error;
      }
    },
    async add(number, labels) {
      if (labels.length === 0) return;
      const doing = `labelling ${number} with ${labels.join(', ')}`;
      const request = { ...repository, ...repeatable, issue_number: number, labels: [...labels] };
      await attempt({ doing, permission }, () => issues.addLabels(request));
    },
  };
}

function parseIssue(issue: IssueBody, own: boolean): Issue {
  const { number, title, body, state, labels, created_at, closed_at, html_url } = issue;
  return {
    number,
    title,
    body: body ?? '',
    state: state === 'open' ? 'open' : 'closed',
    labels: labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    own,
    createdAt: Date.parse(created_at),
    closedAt: closed_at === null ? undefined : Date.parse(closed_at),
    url: html_url,
  };
}
