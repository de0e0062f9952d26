import type { Evaluation, GateResult } from '../../shared/metrics/evaluation/evaluation.ts';
import { counted, formatCount } from '../../shared/text/counts.ts';
import { formatEstimate, formatInterval } from '../../shared/text/number-format.ts';
import type { Style } from '../terminal/style.ts';
import { metricsLines } from './metrics-lines.ts';
import { block, type TextLayout, wrap } from './words.ts';

/** The verdict, the metrics and the gates, for people. */
export function evaluationSummary(evaluation: Evaluation, layout: TextLayout): string[] {
  return [
    ...block('Validate', layout, [
      `${verdictWord(evaluation.verdict, layout.style)}  ${evaluation.headline}`,
      ...championLine(evaluation),
      ...(evaluation.warnings ?? []).map(({ message }) => `${layout.style.doubtful('warning')} ${message}`),
    ]),
    '',
    ...metricsLines(evaluation, { ...layout, width: layout.width - 2 }).map((line) => `  ${line}`),
    '',
    ...gateLines(evaluation, layout),
  ];
}

/** `PASS`, `WARN`, `FAIL`. */
function verdictWord(verdict: Evaluation['verdict'], style: Style): string {
  const paint = { pass: style.good, warn: style.doubtful, fail: style.bad }[verdict];
  return style.bold(paint(verdict.toUpperCase()));
}

function championLine({ champion }: Evaluation): string[] {
  if (!champion) return [];
  if (!champion.comparable) {
    return [`not comparable with ${champion.name}${champion.reason ? `: ${champion.reason}` : ''}`];
  }
  const { name, rows, filtered = 0 } = champion;
  const dropped = filtered > 0 ? `, of which filters dropped ${formatCount(filtered)} from the test` : '';
  return [`compared with ${name} on ${counted(rows, 'row')} unseen by both${dropped}`];
}

function gateLines({ gates }: Evaluation, layout: TextLayout): string[] {
  if (gates.length === 0) {
    return wrap(
      '  No gates are declared: validate.gates in ciclo.yml says what a good model is.',
      layout.width,
    );
  }
  return gates.flatMap((gate) => gateLine(gate, layout));
}

function gateLine(gate: GateResult, { style, width }: TextLayout): string[] {
  const [mark, paint] = {
    pass: ['✓', style.good],
    fail: ['✗', style.bad],
    inconclusive: ['?', style.doubtful],
    'not-applicable': ['–', style.dim],
  }[gate.outcome] as [string, (text: string) => string];
  const slice = gate.slice === undefined ? '' : `, ${gate.slice.label}`;
  const text = `${gate.declared}${slice}${measuredWords(gate, style)}`;
  const [first, ...rest] = wrap(text, width - 4).map((line) => line.replaceAll('\u00a0', ' '));
  const lines = [`  ${paint(mark)} ${first}`, ...rest.map((line) => `    ${line}`)];
  if (gate.outcome === 'pass') return lines;
  return [...lines, ...wrap(gate.message, width - 4).map((text) => `    ${style.dim(text)}`)];
}

/** `: 2.87 (2.47 to 3.32)`, with spaces that keep the figures on one line. */
function measuredWords({ measured, low, high }: GateResult, style: Style): string {
  if (measured === null) return '';
  const value = formatEstimate({ value: measured, low, high });
  const interval = low === null || high === null ? '' : style.dim(` (${formatInterval(low, high)})`);
  return `: ${`${value}${interval}`.replaceAll(' ', '\u00a0')}`;
}
