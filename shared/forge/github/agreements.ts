import type { Actor, Agreements, Review } from '../ports/agreements.ts';
import { ForgeError } from '../ports/forge-error.ts';
import { createSession, type GitHubForgeOptions } from './session.ts';

const states: Readonly<Record<string, Review['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  DISMISSED: 'dismissed',
  PENDING: 'pending',
};

/** The parts of GitHub's issue events that are read: each kind has fields of its own. */
interface IssueEventBody {
  readonly event?: string;
  readonly created_at?: string;
  readonly actor?: { readonly login: string; readonly type: string } | null;
  readonly label?: { readonly name?: string | null };
}

/** GitHub's legacy roles: `maintain` is told as `write`, a role of one's own as the one that it is made from. */
const writers: readonly string[] = ['admin', 'write'];

/**
 * Reviews, labels and pushes by GitHub's REST API.
 *
 * @throws ForgeError from its methods, when GitHub refuses or cannot be reached.
 */
export function createGitHubAgreements(options: GitHubForgeOptions): Agreements {
  const { client, repository, attempt } = createSession(options);
  const { pulls, issues, repos } = client.rest;
  return {
    change(number) {
      return orNothing(
        attempt({ doing: `reading pull request ${number}`, permission: 'pull-requests: read' }, async () => {
          const { data } = await pulls.get({ ...repository, pull_number: number });
          const { sha, ref, repo } = data.head;
          const head = { commit: sha, branch: ref, repository: repo?.full_name };
          return { author: data.user?.login ?? '', head };
        }),
      );
    },
    reviews(number) {
      const doing = `reading the reviews of pull request ${number}`;
      return attempt({ doing, permission: 'pull-requests: read' }, async () => {
        const request = { ...repository, pull_number: number, per_page: 100 };
        const found = await client.paginate(pulls.listReviews, request);
        return found.map(({ user, state, commit_id }) => ({
          by: actorOf(user),
          state: states[state] ?? 'commented',
          commit: commit_id ?? undefined,
        }));
      });
    },
    lastLabelling(number, label) {
      const doing = `reading who labelled pull request ${number}`;
      return attempt({ doing, permission: 'pull-requests: read' }, async () => {
        const request = { ...repository, issue_number: number, per_page: 100 };
        const events: readonly IssueEventBody[] = await client.paginate(issues.listEvents, request);
        const last = events
          .filter(({ event }) => event === 'labeled' || event === 'unlabeled')
          .filter((event) => event.label?.name?.toLowerCase() === label.toLowerCase())
          .at(-1);
        if (!last) return undefined;
        return {
          by: actorOf(last.actor),
          change: last.event === 'labeled' ? 'labeled' : 'unlabeled',
          at: Date.parse(last.created_at ?? ''),
        };
      });
    },
    lastMove(fullName, branch) {
      const doing = `asking when ${branch} of ${fullName} was last pushed to`;
      const [owner = '', repo = ''] = fullName.split('/');
      return orNothing(
        attempt({ doing, permission: 'contents: read' }, async () => {
          const request = {
            owner,
            repo,
            ref: `refs/heads/${branch}`,
            direction: 'desc',
            per_page: 1,
          } as const;
          const [newest] = (await repos.listActivities(request)).data;
          return newest && { commit: newest.after, at: Date.parse(newest.timestamp) };
        }),
      );
    },
    async mayWrite(login) {
      const doing = `asking whether ${login} may write to the repository`;
      const found = await orNothing(
        attempt({ doing, permission: 'contents: read' }, () =>
          repos.getCollaboratorPermissionLevel({ ...repository, username: login }),
        ),
      );
      return found !== undefined && writers.includes(found.data.permission);
    },
  };
}

function actorOf(
  user: { readonly login: string; readonly type: string } | null | undefined,
): Actor | undefined {
  return user ? { login: user.login, person: user.type === 'User' } : undefined;
}

/** What is not there is no agreement. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ForgeError && error.status === 404) return undefined;
    throw error;
  }
}
