import { byCount } from '../../text/counts.ts';
import { declaredShare } from '../../text/percent.ts';
import type { Evaluation, GateResult, MetricResult } from './evaluation.ts';
import { besideFigure, ends, type Figure, figure, negated } from './words.ts';

/** What a headline is made of. */
export interface HeadlineInput {
  readonly verdict: Evaluation['verdict'];
  /** The primary metric. */
  readonly primary: MetricResult;
  readonly gates: readonly GateResult[];
  readonly champion: Evaluation['champion'];
  readonly confidence: number;
  /** Of the target. */
  readonly unit: string | undefined;
}

/** Metrics in the target's own unit. */
const inTargetUnit: ReadonlySet<string> = new Set([
  'rmse',
  'mae',
  'median-absolute-error',
  'max-error',
  'mean-bias',
  'pinball',
]);

/** One sentence: how the gates ended and the one number that matters, with its interval, against the champion. */
export function headlineOf(input: HeadlineInput): string {
  return `${gatesClause(input.gates)}: ${numberClause(input)}${championClause(input)}.`;
}

function gatesClause(gates: readonly GateResult[]): string {
  if (gates.length === 0) return 'No gates are declared';
  const failed = gates.filter((gate) => gate.outcome === 'fail');
  if (failed.length > 0) return `${gatesThat(failed.length, 'fails', 'fail')} (${declarationsOf(failed)})`;
  const open = gates.filter((gate) => gate.outcome === 'inconclusive');
  if (open.length > 0) {
    return `${gatesThat(open.length, 'is inconclusive', 'are inconclusive')} (${declarationsOf(open)})`;
  }
  const held = gates.filter((gate) => gate.outcome === 'pass').length;
  if (held === 0) return 'No gate applies';
  return held === gates.length ? 'All gates pass' : 'All gates that apply pass';
}

function gatesThat(count: number, one: string, many: string): string {
  return byCount(count, `One gate ${one}`, `${count} gates ${many}`);
}

/** At most two of what was declared, then how many more. */
function declarationsOf(gates: readonly GateResult[]): string {
  const all = [...new Set(gates.map((gate) => gate.declared))];
  const more = all.length > 2 ? [`${all.length - 2} more`] : [];
  return [...all.slice(0, 2), ...more].join('; ');
}

function numberClause({ primary, unit, confidence }: HeadlineInput): string {
  if (primary.value === null) {
    return `${primary.name} is undefined (${primary.reason ?? 'no reason is known'})`;
  }
  const suffix = unit !== undefined && inTargetUnit.has(primary.name) ? ` ${unit}` : '';
  const interval =
    primary.low === null || primary.high === null
      ? `no interval: ${primary.reason ?? 'no reason is known'}`
      : `${declaredShare(confidence)} interval ${ends(primary)}`;
  return `${primary.name} is ${figure(primary)}${suffix} (${interval})`;
}

function championClause({ primary, champion }: HeadlineInput): string {
  if (!champion) return '';
  if (!champion.comparable) {
    return `; ${champion.name} could not be compared (${champion.reason ?? 'no reason is known'})`;
  }
  const comparison = primary.champion;
  if (!comparison || comparison.gain.value === null) return '';
  const theirs = `the champion’s ${besideFigure(comparison.value, comparison.gain)}`;
  const { value, low, high } = comparison.gain;
  if (low === null || high === null || (low <= 0 && high >= 0)) {
    return `, not clearly different from ${theirs} (better by ${ends(comparison.gain)})`;
  }
  const [word, size]: [string, Figure] =
    value > 0 ? ['better', comparison.gain] : ['worse', negated(comparison.gain)];
  return `, ${word} than ${theirs} by ${figure(size)} (${ends(size)})`;
}
