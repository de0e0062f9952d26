import { byCount } from '../../text/counts.ts';
import { formatEstimate, formatInterval } from '../../text/number-format.ts';
import { declaredShare } from '../../text/percent.ts';
import { unitIn } from '../descriptors/descriptors.ts';
import { descriptorOfKey } from '../descriptors/metric-key.ts';
import { comparisonWords } from './comparison.ts';
import type { Evaluation, GateResult, MetricResult } from './evaluation.ts';

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
  const own = unitIn(descriptorOfKey(primary.name)?.unit, unit);
  const suffix = own === undefined ? '' : ` ${own}`;
  const interval =
    primary.low === null || primary.high === null
      ? `no interval: ${primary.reason ?? 'no reason is known'}`
      : `${declaredShare(confidence)} interval ${formatInterval(primary.low, primary.high)}`;
  return `${primary.name} is ${formatEstimate(primary)}${suffix} (${interval})`;
}

function championClause({ primary, champion }: HeadlineInput): string {
  if (!champion) return '';
  if (champion.same) return `; it is the same model as in production, ${champion.name}`;
  if (!champion.comparable) {
    return `; ${champion.name} could not be compared (${champion.reason ?? 'no reason is known'})`;
  }
  const comparison = primary.champion;
  if (!comparison || comparison.gain.value === null) return '';
  const { value, low, high } = comparison.gain;
  const theirs = `the champion’s ${formatEstimate({ value: comparison.value, low, high })}`;
  if (low === null || high === null) return `, not clearly different from ${theirs} (no interval)`;
  const { size, interval } = comparisonWords(comparison.gain)!;
  if (low <= 0 && high >= 0) return `, not clearly different from ${theirs} (${interval})`;
  return `, ${value > 0 ? 'better' : 'worse'} than ${theirs} by ${size} (${interval})`;
}
