import { positiveClass } from '../../dataset/schema/positive-class.ts';
import { clearSide } from '../../metrics/evaluation/clear-side.ts';
import { comparisonWords } from '../../metrics/evaluation/comparison.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import type { GateResult } from '../../metrics/evaluation/gate-result.ts';
import { judgedRowsWords, outOfFoldNotes } from '../../metrics/evaluation/judged-rows-words.ts';
import { looksWords } from '../../metrics/evaluation/looks.ts';
import type { MetricResult } from '../../metrics/evaluation/metric-result.ts';
import {
  comparedRowsWords,
  comparedValueText,
  olderRowsWords,
  otherRowsWords,
  twoFiguresWords,
  valueBesideChampion,
} from '../../metrics/evaluation/newer-rows-words.ts';
import { notesOf } from '../../metrics/evaluation/notes.ts';
import { fails } from '../../metrics/evaluation/verdict.ts';
import { byCount } from '../../text/counts.ts';
import { formatEstimate, formatInterval } from '../../text/number-format.ts';
import { declaredShare } from '../../text/percent.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';
import { alert, clippedText, code, type Markdown, md } from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { outcomeSigns, unitOf } from './words.ts';

const verbs: Readonly<Record<Evaluation['verdict'], string>> = {
  pass: 'passes',
  warn: 'is inconclusive',
  fail: 'fails',
};

/**
 * The verdict and the one number that matters, against the champion, with its interval, as plain text; from the numbers
 * only, not from the headline, which in a fork somebody else wrote.
 */
export function verdictSentence(report: PullRequestReport): string {
  return `${clipText(visibleText(report.evaluation.pipeline), 60)} ${verdictWords(report)}`;
}

function verdictWords(report: PullRequestReport): string {
  const { evaluation } = report;
  const verb =
    evaluation.gates.length === 0 && evaluation.verdict === 'pass'
      ? 'has no gates'
      : verbs[evaluation.verdict];
  const primary = primaryOf(evaluation);
  return `${verb}${primary ? `: ${numberWords(primary, report)}` : ''}`;
}

function primaryOf({ metrics, primary }: Evaluation): MetricResult | undefined {
  return metrics.find(({ name }) => name === primary);
}

function numberWords(metric: MetricResult, report: PullRequestReport): string {
  const name = clipText(visibleText(metric.name), 40);
  if (metric.value === null) return `${name} is undefined`;
  const { champion } = report.evaluation;
  const against = championWords(metric, report.evaluation);
  const rows = champion && otherRowsWords(metric, champion);
  if (against !== undefined && rows !== undefined) {
    const own = comparedValueText(metric, valueBesideChampion(metric));
    const contrast = champion?.decidedBy === undefined ? undefined : twoFiguresWords(champion);
    return `${name} ${own}${unitOf(metric.name, report)} on ${rows}, ${against}${contrast === undefined ? '' : `: ${contrast}`}`;
  }
  const value = `${name} ${formatEstimate(metric)}${unitOf(metric.name, report)}`;
  return against === undefined ? `${value} (${intervalWords(metric)})` : `${value}, ${against}`;
}

function intervalWords({ low, high }: MetricResult): string {
  return low === null || high === null ? 'no interval' : formatInterval(low, high);
}

function championWords(metric: MetricResult, { champion }: Evaluation): string | undefined {
  const { gain, value } = metric.champion ?? {};
  if (!champion?.comparable || champion.same || !gain || value === undefined || gain.value === null)
    return undefined;
  const theirs = `the champion’s ${formatEstimate({ value, low: gain.low, high: gain.high })}`;
  const side = clearSide(gain);
  if (side === 'unknown') return `the champion’s is ${comparedValueText(metric, value)}`;
  const { size, interval } = comparisonWords(gain)!;
  if (side !== 'same') return `${size} ${side} than ${theirs} (${interval})`;
  return `not clearly different from ${theirs} (${interval})`;
}

/** The first line, and under it on what rows and how sure. */
export function verdictLines(report: PullRequestReport): Markdown {
  const { evaluation } = report;
  const sign =
    evaluation.gates.length === 0 && evaluation.verdict === 'pass' ? '➖' : outcomeSigns[evaluation.verdict];
  return md`### ${sign} ${code(evaluation.pipeline)} ${verdictWords(report)}

${gateCounts(evaluation.gates)}. Evaluated on ${judgedRowsWords(evaluation)}; ${certainty(report)}.${positiveSentence(evaluation)}${championSentence(evaluation)}${looksSentence(report)}${foldsSentence(evaluation)}${notesSentence(evaluation)}`;
}

/** How gates end, worst first, and the verb of one and of several. */
const endings: readonly (readonly [ends: (gate: GateResult) => boolean, one: string, many: string])[] = [
  [({ outcome }) => outcome === 'fail', 'fails', 'fail'],
  [
    (gate) => gate.outcome === 'inconclusive' && fails(gate),
    'is inconclusive and fails',
    'are inconclusive and fail',
  ],
  [({ outcome }) => outcome === 'inconclusive', 'is inconclusive', 'are inconclusive'],
  [({ outcome }) => outcome === 'pass', 'passes', 'pass'],
  [() => true, 'does not apply', 'do not apply'],
];

/** How many declared gates end in each way of {@link endings}; one by slice ends as its worst slice does. */
function endingCounts(gates: readonly GateResult[]): number[] {
  const groups = [...Map.groupBy(gates, ({ index, kind }) => `${index}/${kind}`).values()];
  const ended = groups.map((group) => endings.findIndex(([ends]) => group.some(ends)));
  return endings.map((_, ending) => ended.filter((one) => one === ending).length);
}

/** `All 5 gates pass`; `1 of 5 gates fails, 4 pass`. */
export function gateCounts(gates: readonly GateResult[]): string {
  const counts = endingCounts(gates);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const parts = endings.flatMap(([, one, many], ending) => {
    const count = counts[ending]!;
    return count === 0 ? [] : [{ count, words: byCount(count, one, many) }];
  });
  const [first, ...others] = parts;
  if (!first) return 'No gates are declared: nothing could fail';
  const start =
    first.count === all ? byCount(all, 'The gate', `All ${all} gates`) : `${first.count} of ${all} gates`;
  return [`${start} ${first.words}`, ...others.map(({ count, words }) => `${count} ${words}`)].join(', ');
}

/** The first line has one interval: that of the difference where there is a champion. */
function certainty({ evaluation }: PullRequestReport): string {
  const share = declaredShare(evaluation.bootstrap.confidence);
  const primary = primaryOf(evaluation);
  const { low = null, high = null } = primary ?? {};
  if (!primary || low === null || high === null || championWords(primary, evaluation) === undefined) {
    return `intervals are ${share} intervals`;
  }
  const name = clipText(visibleText(primary.name), 40);
  return `the ${share} interval of ${name} itself is ${formatInterval(low, high)}`;
}

function positiveSentence(evaluation: Evaluation): Markdown | string {
  const label = positiveClass(evaluation);
  return label === undefined ? '' : md` Positive class: ${code(label, 40)}.`;
}

function notesSentence(evaluation: Evaluation): Markdown | string {
  const notes = notesOf(evaluation);
  return notes.length === 0
    ? ''
    : md`

${alert(
  'WARNING',
  notes.map((note) => md`${clippedText(note, 400)}`),
)}`;
}

function looksSentence({ looks }: PullRequestReport): string {
  const words = looks && looksWords(looks);
  return words === undefined ? '' : ` ${words}`;
}

function foldsSentence(evaluation: Evaluation): Markdown | string {
  const notes = outOfFoldNotes(evaluation).join(' ');
  return notes === ''
    ? ''
    : md`

<sub>${clippedText(notes, 900)}</sub>`;
}

function championSentence(evaluation: Evaluation): Markdown {
  const { champion } = evaluation;
  if (!champion) return md` There is no champion to compare with yet.`;
  if (champion.same) return md` It is the same model as in production, ${code(champion.name)}.`;
  if (champion.comparable) {
    const others = olderRowsWords(champion);
    const primary = primaryOf(evaluation);
    if (!primary || otherRowsWords(primary, champion) === undefined)
      return md` The champion is ${code(champion.name)}.`;
    return md` The champion is ${code(champion.name)}, compared on the ${comparedRowsWords(champion)}${others === undefined ? '' : `; ${others}`}.`;
  }
  return md` The champion ${code(champion.name)} cannot be compared: ${clipText(champion.reason ?? 'no reason is known', 200)}.`;
}

const longestWarning = 700;

/** What to look at before the verdict is believed. */
export function warningNote({ evaluation: { warnings = [] } }: PullRequestReport): Markdown | undefined {
  if (warnings.length === 0) return undefined;
  return alert(
    'WARNING',
    warnings.slice(0, 3).map(({ message }) => clippedText(message, longestWarning)),
  );
}

/** Of a fork, whose figures these are. */
export function originNote({ origin }: PullRequestReport): Markdown | undefined {
  return origin === 'fork'
    ? alert('NOTE', [
        'These figures come from the fork’s own run of its own code. They have not been repeated here, and no check passes on them.',
      ])
    : undefined;
}
