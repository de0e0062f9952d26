import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { powerWords } from '../../metrics/evaluation/gate-power-words.ts';
import type { GateResult } from '../../metrics/evaluation/gate-result.ts';
import { judgedRowsWords, outOfFoldNotes } from '../../metrics/evaluation/judged-rows-words.ts';
import { byCount, counted } from '../../text/counts.ts';
import { escapeMarkdown as literal, markdownTable } from '../../text/markdown.ts';
import { formatEstimate, formatInterval } from '../../text/number-format.ts';
import { declaredShare } from '../../text/percent.ts';
import type { ModelCardInput } from './card-input.ts';

/** Slices that a card lists; the others are in evaluation.json. */
const mostSlices = 40;

/** What validation found: metrics, gates, slices. */
export function judgementSections({ evaluation }: ModelCardInput): string[] {
  if (!evaluation) return ['## Metrics\n\nNot evaluated on unseen rows yet: run `ciclo validate`.'];
  return [metricsSection(evaluation), gatesSection(evaluation), slicesSection(evaluation)];
}

function metricsSection(evaluation: Evaluation): string {
  const compared = evaluation.metrics.some(({ champion }) => champion !== undefined);
  const rows = evaluation.metrics.map(({ name, baseline, champion, ...metric }) => [
    literal(name),
    estimateOf(metric),
    intervalOf(metric),
    estimateOf({ ...metric, value: baseline }),
    ...(compared ? [estimateOf({ ...metric, value: champion?.value })] : []),
  ]);
  const confidence = `${declaredShare(evaluation.bootstrap.confidence)} interval`;
  const head = ['Metric', 'Value', confidence, 'Naive baseline', ...(compared ? ['Model before'] : [])];
  return [
    '## Metrics',
    `On ${evaluation.outOfFold ? judgedRowsWords(evaluation) : `${counted(evaluation.rows, 'test row')} not used in training`}. Verdict: **${evaluation.verdict}**. ${literal(evaluation.headline)}`,
    markdownTable(head, rows),
    ...outOfFoldNotes(evaluation).map(literal),
  ].join('\n\n');
}

type Estimate = Pick<Evaluation['metrics'][number], 'low' | 'high'> & {
  readonly value?: number | null | undefined;
};

/** With the decimals that its interval deserves, as everywhere else. */
function estimateOf({ value, low, high }: Estimate): string {
  return value === null || value === undefined ? '–' : formatEstimate({ value, low, high });
}

function intervalOf({ low, high }: Estimate): string {
  return low === null || high === null ? '–' : formatInterval(low, high);
}

function gatesSection({ gates }: Evaluation): string {
  if (gates.length === 0) return '## Gates\n\nciclo.yml declares none: nothing was required of the metrics.';
  const rows = gates.map((gate) => [
    literal(gate.slice ? `${gate.declared}: ${gate.slice.label}` : gate.declared),
    outcomeWords(gate),
    literal([gate.message, powerWords(gate) ?? ''].join(' ').trim()),
  ]);
  return ['## Gates', markdownTable(['Required', 'Outcome', 'Why'], rows)].join('\n\n');
}

function outcomeWords({ outcome, means }: GateResult): string {
  if (means === 'fail') return 'inconclusive, fails';
  return outcome === 'not-applicable' ? 'not applicable' : outcome;
}

function slicesSection(evaluation: Evaluation): string {
  const { slices } = evaluation;
  if (slices.length === 0) return '';
  const rows = slices
    .slice(0, mostSlices)
    .map(({ column, label, rows: count, judged, metric, ...estimate }) => [
      `${literal(column)}: ${literal(label)}`,
      counted(count, 'row'),
      judged ? `${literal(metric)} ${estimateOf(estimate)}` : 'too few rows to judge',
      judged ? intervalOf(estimate) : '–',
    ]);
  const left = slices.length - rows.length;
  return [
    '## Slices',
    markdownTable(['Slice', evaluation.outOfFold ? 'Rows' : 'Test rows', 'Metric', 'Interval'], rows),
    ...(left > 0 ? [`${counted(left, 'more slice')} ${byCount(left, 'is', 'are')} in evaluation.json.`] : []),
  ].join('\n\n');
}
