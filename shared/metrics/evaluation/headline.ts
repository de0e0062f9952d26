import { byCount } from '../../text/counts.ts';
import { formatEstimate, formatInterval } from '../../text/number-format.ts';
import { declaredShare } from '../../text/percent.ts';
import { unitIn } from '../descriptors/descriptors.ts';
import { descriptorOfKey } from '../descriptors/metric-key.ts';
import { clearSide } from './clear-side.ts';
import { comparisonWords } from './comparison.ts';
import type { Evaluation } from './evaluation.ts';
import type { GateResult } from './gate-result.ts';
import type { MetricResult } from './metric-result.ts';
import { olderRowsWords, otherRowsWords, twoFiguresWords, valueBesideChampion } from './newer-rows-words.ts';
import { fails } from './verdict.ts';

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
  const failing = gates.filter(fails);
  if (failing.length > 0) {
    const undecided = failing.every(({ outcome }) => outcome === 'inconclusive') ? doubtWords(failing) : '';
    return `${gatesThat(failing.length, 'fails', 'fail')}${undecided} (${declarationsOf(failing)})`;
  }
  const open = gates.filter((gate) => gate.outcome === 'inconclusive');
  if (open.length > 0) {
    const beyond = open.filter(({ doubt }) => doubt === 'beyond');
    const where = beyond.length === open.length ? doubtWords(open) : '';
    return `${gatesThat(open.length, 'is inconclusive', 'are inconclusive')}${where} (${declarationsOf(open)})`;
  }
  const held = gates.filter((gate) => gate.outcome === 'pass').length;
  if (held === 0) return 'No gate applies';
  return held === gates.length ? 'All gates pass' : 'All gates that apply pass';
}

/** What is said of gates that the rows do not decide. */
function doubtWords(gates: readonly GateResult[]): string {
  const all = (doubt: GateResult['doubt']) => gates.every((gate) => gate.doubt === doubt);
  if (all('beyond'))
    return byCount(
      gates.length,
      ', with the value itself beyond the bound',
      ', with the values themselves beyond their bounds',
    );
  return all('unmeasured') ? ', since nothing could be measured' : ', being inconclusive';
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
  const { low, high } = comparison.gain;
  const theirs = `the champion’s ${formatEstimate({ value: comparison.value, low, high })}`;
  const clause = (words: string): string => {
    const rows = otherRowsWords(primary, champion);
    if (rows === undefined) return `, ${words}`;
    const own = formatEstimate({ value: valueBesideChampion(primary), low, high });
    return `; on the ${rows} it is ${own}, ${words}${champion.decidedBy === undefined ? '' : contrast(champion)}`;
  };
  const side = clearSide(comparison.gain);
  const { size, interval = 'no interval' } = comparisonWords(comparison.gain)!;
  if (side === 'better' || side === 'worse') return clause(`${side} than ${theirs} by ${size} (${interval})`);
  return clause(`not clearly different from ${theirs} (${interval})`);
}

/** Where newer and older rows disagree, both figures; the older rows decide nothing. */
function contrast(champion: NonNullable<Evaluation['champion']>): string {
  const words = twoFiguresWords(champion);
  return words === undefined ? '' : `: ${words} (${olderRowsWords(champion)})`;
}
