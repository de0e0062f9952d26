import { badnessOf } from '../../metrics/descriptors/direction.ts';
import { changesInParentheses, notBetterWords } from '../../metrics/evaluation/challenger-words.ts';
import { byCount, counted } from '../../text/counts.ts';
import { measuredShare } from '../../text/percent.ts';
import { metricUnit } from '../metric-words.ts';
import { meanText, mergedCount, policyWords } from './policy-words.ts';
import type {
  ReplayCheck,
  ReplayEnding,
  ReplayPolicy,
  ReplayPolicyName,
  ReplayReport,
} from './replay-report.ts';

const found: Readonly<Record<ReplayPolicyName, string>> = {
  never: 'asked for a retraining',
  'every-window': 'had new rows',
  'on-drift': 'found drift',
  'on-performance': 'found a worse performance',
};

/**
 * What a policy led to, in a sentence: `4 checks found drift; 1 challenger was better and went live, 3 were not clearly
 * better on those rows (−0.7%, −14%, −1.1%)`.
 */
export function policySentence(policy: ReplayPolicy): string {
  const { name, alarms, retrainings, checks } = policy;
  if (name === 'never') return 'no check leads to a retraining';
  if (alarms === 0) return `no check ${found[name]}`;
  const live = retrainings.filter(({ merged }) => merged);
  const better = live.filter(({ outcome }) => outcome === 'better');
  const unsure = live.length - better.length;
  const left = retrainings.filter(({ merged }) => !merged);
  const structure = checks.filter(({ ending }) => ending === 'structure').length;
  const wentLive =
    live.length === 0
      ? []
      : unsure === 0
        ? [
            `${counted(live.length, 'challenger')} ${byCount(live.length, 'was', 'were')} better and went live`,
          ]
        : [
            `${counted(live.length, 'challenger')} went live, of which ${unsure} ${byCount(unsure, 'was', 'were')} not clearly better`,
          ];
  const clauses = [
    ...wentLive,
    ...notBetterWords(left, { after: live.length > 0 }),
    ...betterButNotLive(left),
    ...(structure === 0
      ? []
      : [`${counted(structure, 'check')} found a change of structure, which is for a person to look at`]),
  ];
  return `${counted(alarms, 'check')} ${found[name]}${clauses.length === 0 ? '' : `; ${clauses.join(', ')}`}`;
}

function betterButNotLive(left: ReplayPolicy['retrainings']): string[] {
  const some = left.filter(({ outcome }) => outcome === 'better');
  if (some.length === 0) return [];
  return [
    `${counted(some.length, 'challenger')} ${byCount(some.length, 'was', 'were')} better and waited${changesInParentheses(some)}`,
  ];
}

/** The policy with the best mean; of equal ones that with the fewest retrainings. Undefined where no mean is known. */
export function bestPolicy({
  policies,
  better,
}: Pick<ReplayReport, 'policies' | 'better'>): ReplayPolicy | undefined {
  return policies
    .filter(({ mean }) => mean !== null)
    .toSorted(
      (a, b) =>
        badnessOf(better, a.mean!) - badnessOf(better, b.mean!) ||
        a.retrainings.length - b.retrainings.length,
    )[0];
}

/** The best policy on these data, and the others' means beside it, in a sentence. */
export function replayHeadline(report: ReplayReport): string {
  const span = `${report.periods[0] ?? 'none'} to ${report.periods.at(-1) ?? 'none'}`;
  const best = bestPolicy(report);
  if (!best) return `${report.metric} over event time, ${span}`;
  const own = metricUnit(report.metric, report.unit);
  const unit = own === undefined ? '' : ` ${own}`;
  const figure = ({ mean, name }: ReplayPolicy) => {
    const value = mean === null ? 'undefined' : meanText(report, mean);
    return `${policyWords(name)} ${value}`;
  };
  const others = report.policies.filter((policy) => policy !== best);
  const cost = best.name === 'never' ? '' : `, with ${counted(mergedCount(best), 'new version')}`;
  const beside = others.length === 0 ? '' : ` (${others.map(figure).join(', ')})`;
  return `Over ${span}, ${report.metric} is best when ${policyWords(best.name)}: ${meanText(report, best.mean)}${unit} on average${cost}${beside}`;
}

/** Retraining on drift comes near to retraining with every window when its mean is worse by no more than this share. */
const nearShare = 0.05;

const reasons: Readonly<Record<ReplayEnding, string>> = {
  deployed: 'when its version was the newest that the data allowed',
  'not-better': 'after a challenger that was not clearly better',
  structure: 'after a change of structure, which waits for a person',
  'too-few-rows': 'after a check with too few rows to decide',
  'no-alarm': 'after a check that found no drift: more rows helped there, and no change was visible',
};

/**
 * How retraining on drift stands beside retraining with every window: within 5%, or why not, by what each period's loss
 * follows from. Undefined where one of the two was not walked through.
 */
export function besideEveryWindow({ policies, better, metric }: ReplayReport): string | undefined {
  const watched = policies.find(({ name }) => name === 'on-drift');
  const every = policies.find(({ name }) => name === 'every-window');
  if (!watched || !every || watched.mean === null || every.mean === null || every.mean === 0)
    return undefined;
  const worse = (badnessOf(better, watched.mean) - badnessOf(better, every.mean)) / Math.abs(every.mean);
  const counts = `${counted(mergedCount(watched), 'new version')} instead of ${mergedCount(every)}`;
  const size = measuredShare(Math.abs(worse), { beside: nearShare });
  if (worse <= nearShare) {
    const words = worse < 0 ? `${size} better than` : worse === 0 ? 'the same as' : `${size} worse than`;
    return `Retrained on drift, ${metric} is ${words} with every window, for ${counts}.`;
  }
  const shares = lossShares(watched, every, better);
  const told = shares.map(({ ending, share }) => `${measuredShare(share)} came ${reasons[ending]}`);
  const why = told.length === 0 ? '' : ` Of what it lost, ${told.join('; ')}.`;
  return `Retrained on drift, ${metric} is ${size} worse than with every window, for ${counts}.${why}`;
}

/** Parts of the loss below this are not told. */
const leastTold = 0.05;

/**
 * Of the loss against another policy, the share that follows from each ending of the check before: of all periods where the
 * policy was worse, weighted by rows.
 */
export function lossShares(
  policy: ReplayPolicy,
  other: ReplayPolicy,
  better: ReplayReport['better'],
): { readonly ending: ReplayEnding; readonly share: number }[] {
  const theirs = new Map(other.points.map((point) => [point.period, point]));
  const losses = new Map<ReplayEnding, number>();
  let total = 0;
  for (const { period, value, rows } of policy.points) {
    const beside = theirs.get(period)?.value ?? null;
    if (value === null || beside === null) continue;
    const loss = (badnessOf(better, value) - badnessOf(better, beside)) * rows;
    const ending = endingBefore(policy.checks, period);
    if (loss <= 0 || ending === undefined) continue;
    losses.set(ending, (losses.get(ending) ?? 0) + loss);
    total += loss;
  }
  return [...losses]
    .map(([ending, loss]) => ({ ending, share: loss / total }))
    .filter(({ share }) => share >= leastTold)
    .toSorted((a, b) => b.share - a.share);
}

/** What the last check before a period led to: the model of that period followed from it. */
function endingBefore(checks: readonly ReplayCheck[], period: string): ReplayEnding | undefined {
  const at = checks.findIndex((check) => check.period === period);
  return checks[at - 1]?.ending;
}
