import type { HistoryLine } from '../../../shared/drift/history/history-line.ts';
import { measuredShare } from '../../../shared/text/percent.ts';

/** A retraining pull request of the pipeline, as far as the plan depends on it. */
export interface FormerProposal {
  readonly number: number;
  readonly state: 'open' | 'merged' | 'closed';
  /** When it was closed, milliseconds since 1970; of an open one undefined. */
  readonly closed?: number;
  /** The version that its challenger was compared with: `v1.2.0`; undefined when its marker is gone. */
  readonly champion?: string;
}

export interface PlanInput {
  /** The newest first. */
  readonly former: readonly FormerProposal[];
  /** The branch holds a commit that is not Ciclo's. */
  readonly humanCommits: boolean;
  /** The version in production. */
  readonly champion: string;
  readonly better: boolean;
  readonly open: 'if-better' | 'always';
  /** Milliseconds. */
  readonly cooldown: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** This check's line, and the earlier ones. */
  readonly line: HistoryLine;
  readonly history: readonly HistoryLine[];
}

/** What is to be done about a challenger. */
export type ProposalPlan =
  | { readonly kind: 'open'; readonly reason: string }
  | { readonly kind: 'update'; readonly number: number; readonly reason: string }
  | { readonly kind: 'issue'; readonly reason: string }
  /** Nothing is written beside the history. */
  | { readonly kind: 'quiet'; readonly number?: number; readonly reason: string };

/** Drift has grown clearly when this many times the weight has drifted. */
const clearly = 1.5;

/**
 * One pull request a pipeline: an open one is updated as long as only Ciclo has committed to its branch; a closed one keeps
 * new ones away until its cooldown is over or drift has grown clearly; a merged one until its model is in production.
 */
export function planProposal(input: PlanInput): ProposalPlan {
  const { former, better, open, champion, humanCommits } = input;
  const current = former.find(({ state }) => state === 'open');
  if (current) {
    return humanCommits
      ? {
          kind: 'quiet',
          number: current.number,
          reason: `a person has committed to the branch of #${current.number}, so Ciclo leaves it as it is`,
        }
      : { kind: 'update', number: current.number, reason: `#${current.number} is open` };
  }
  if (humanCommits) {
    return {
      kind: 'quiet',
      reason:
        'the retraining branch holds commits of a person and has no open pull request: delete the branch, or open one from it',
    };
  }
  const last = former[0];
  if (last?.state === 'merged' && last.champion === champion) {
    return {
      kind: 'quiet',
      number: last.number,
      reason: `#${last.number} is merged, and its model is not in production yet`,
    };
  }
  if (!better && open === 'if-better') {
    return { kind: 'issue', reason: 'the challenger is not better than the model in production' };
  }
  const snoozed = last?.state === 'closed' ? snooze(last, input) : undefined;
  return snoozed ?? { kind: 'open', reason: 'none was open before' };
}

function snooze(last: FormerProposal, { now, cooldown, line, history }: PlanInput): ProposalPlan | undefined {
  const until = (last.closed ?? now) + cooldown;
  if (now >= until) return undefined;
  const worse = worseThanAll(ledTo(last, history), line);
  if (worse !== undefined) return { kind: 'open', reason: `${worse} since #${last.number} was closed` };
  return {
    kind: 'quiet',
    number: last.number,
    reason: `#${last.number} was closed without a merge: quiet until ${new Date(until).toISOString().slice(0, 16)}Z, unless drift grows clearly`,
  };
}

/** The checks that opened or updated it. Quiet ones name it too, and may have looked at nothing. */
function ledTo({ number }: FormerProposal, history: readonly HistoryLine[]): HistoryLine[] {
  return history.filter(({ action }) => action?.kind === 'pull-request' && action.number === number);
}

/** What is worse than at each of the checks, against the one with the most drift. */
function worseThanAll(checks: readonly HistoryLine[], now: HistoryLine): string | undefined {
  const worse = checks.toSorted((a, b) => a.share - b.share).map((then) => howMuchWorse(then, now));
  return worse.includes(undefined) ? undefined : worse.at(-1);
}

const severities = ['none', 'minor', 'major'];

function howMuchWorse(then: HistoryLine, now: HistoryLine): string | undefined {
  if (severities.indexOf(now.severity) > severities.indexOf(then.severity)) {
    return `drift became ${now.severity}`;
  }
  if (now.performance?.degraded && !then.performance?.degraded) return 'the performance fell below its limit';
  // Half as much again of 0.4 is 0.6, whatever the last digit of the product.
  if (now.share >= Math.min(1, then.share * clearly) - 1e-9 && now.share > then.share) {
    return `the weight of drifted features grew from ${measuredShare(then.share)} to ${measuredShare(now.share)}`;
  }
  return undefined;
}
