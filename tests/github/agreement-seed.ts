import type { IssueEvent, Review } from './agreement-state.ts';
import type { PullRequest, Repository, State } from './state.ts';

/** Notes where a branch is now, unless that is known. */
export function recordMove(state: State, repository: Repository, branch: string): void {
  const after = repository.refs.get(`heads/${branch}`) ?? '0'.repeat(40);
  const before = repository.moves.findLast((move) => move.branch === branch)?.after ?? '0'.repeat(40);
  if (before === after) return;
  repository.moves.push({ id: state.nextId(), branch, before, after, at: state.now() });
}

/** A review of a pull request's head. */
export function addReview(
  state: State,
  repository: Repository,
  { number, head }: PullRequest,
  seed: Partial<Omit<Review, 'id' | 'pullRequest'>> = {},
): Review {
  const review: Review = {
    id: state.nextId(),
    pullRequest: number,
    author: 'reviewer',
    state: 'APPROVED',
    commit: head.sha,
    submittedAt: state.now(),
    ...seed,
  };
  repository.reviews.push(review);
  return review;
}

/** Puts a label on an issue or pull request, or takes it off, as somebody. */
export function setLabel(
  state: State,
  repository: Repository,
  issue: number,
  {
    label,
    actor,
    event = 'labeled',
  }: Pick<IssueEvent, 'label' | 'actor'> & Partial<Pick<IssueEvent, 'event'>>,
): void {
  const labels = (repository.issues.get(issue) ?? repository.pullRequests.get(issue))!.labels;
  const at = labels.indexOf(label);
  if (event === 'labeled' && at === -1) labels.push(label);
  if (event === 'unlabeled' && at !== -1) labels.splice(at, 1);
  repository.issueEvents.push({ id: state.nextId(), issue, event, label, actor, createdAt: state.now() });
}
