import type { Agreements, ProposedChange, Review } from '../../shared/forge/ports/agreements.ts';
import { ForgeError } from '../../shared/forge/ports/forge-error.ts';
import { agreementLabel } from '../../shared/report/pull-request/agreement.ts';

/** Whether somebody agreed that a pull request loosens what it is judged by. */
export type Agreement =
  | { readonly state: 'agreed'; readonly by: string; readonly how: 'review' | 'label' }
  /** `why`: what there is and does not count, each a sentence without a full stop. */
  | { readonly state: 'awaited'; readonly why: readonly string[] };

/**
 * Looks for somebody with write access who agrees to this very commit: by an approving review of it, or by the label
 * {@link agreementLabel}, put on after the branch came to it. Times are the code host's; what a commit says of itself can
 * be made up. Whatever cannot be asked is no agreement (docs/adr/0013).
 *
 * @param commit the judged head; undefined in a merge queue, where it is the pull request's head now.
 */
export async function agreementOn(
  pullRequest: number,
  commit: string | undefined,
  agreements: Agreements,
): Promise<Agreement> {
  const why: string[] = [];
  const asked = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ForgeError)) throw error;
      why.push(error.message);
      return undefined;
    }
  };
  const change = await asked(() => agreements.change(pullRequest));
  if (!change) return { state: 'awaited', why: [...why, `pull request ${pullRequest} could not be read`] };
  const judged = commit ?? change.head.commit;
  const reviewer = await asked(() => approvedBy({ pullRequest, change, judged }, agreements, why));
  if (reviewer !== undefined) return { state: 'agreed', by: reviewer, how: 'review' };
  const labeller = await asked(() => labelledBy({ pullRequest, change, judged }, agreements, why));
  if (labeller !== undefined) return { state: 'agreed', by: labeller, how: 'label' };
  return { state: 'awaited', why };
}

/** The head that must be agreed to. */
interface JudgedChange {
  readonly pullRequest: number;
  readonly change: ProposedChange;
  readonly judged: string;
}

/** Whose last word is an approval of the judged commit. */
async function approvedBy(
  { pullRequest, change, judged }: JudgedChange,
  agreements: Agreements,
  why: string[],
): Promise<string | undefined> {
  for (const [login, { state, commit }] of lastWords(await agreements.reviews(pullRequest))) {
    if (state !== 'approved' || login === change.author) continue;
    if (commit !== judged) {
      why.push(
        `the approval by ${login} is of ${(commit ?? 'a commit that is gone').slice(0, 8)}, not of ${judged.slice(0, 8)}`,
      );
    } else if (await agreements.mayWrite(login)) return login;
    else why.push(`${login}, who approved it, has no write access`);
  }
  return undefined;
}

/** Of each person the last review that says something: a comment takes nothing back. */
function lastWords(reviews: readonly Review[]): ReadonlyMap<string, Review> {
  return new Map(
    reviews
      .filter(({ state }) => state !== 'commented' && state !== 'pending')
      .flatMap((review) => (review.by?.person ? [[review.by.login, review]] : [])),
  );
}

/** Who put the label on after the head's branch came to the judged commit. */
async function labelledBy(
  { pullRequest, change, judged }: JudgedChange,
  agreements: Agreements,
  why: string[],
): Promise<string | undefined> {
  const label = await agreements.lastLabelling(pullRequest, agreementLabel);
  if (label?.change !== 'labeled' || !label.by) return undefined;
  const { login, person } = label.by;
  const not = (reason: string): undefined => void why.push(`the label ${agreementLabel} ${reason}`);
  if (!person) return not(`was put on by ${login}, which is no person`);
  if (!(await agreements.mayWrite(login))) return not(`was put on by ${login}, who has no write access`);
  const { repository, branch, commit } = change.head;
  if (commit !== judged) return not(`is on ${commit.slice(0, 8)}, not on ${judged.slice(0, 8)}`);
  const move = repository === undefined ? undefined : await agreements.lastMove(repository, branch);
  if (move?.commit !== judged)
    return not(`counts only where the code host says when ${branch} came to ${judged.slice(0, 8)}`);
  return label.at > move.at
    ? login
    : not(`is older than the last push to ${branch}: take it off and put it on again`);
}
