import type { Evaluation, GateResult, MetricResult } from '../shared/metrics/evaluation.ts';
import {
  formatCounted,
  formatEstimate,
  formatInterval,
  formatNumber,
  formatShare,
  intervalDecimals,
} from '../shared/report/number-format.ts';
import type { Style } from './style.ts';
import { textTable } from './text-table.ts';
import { block, type Words, wrap } from './words.ts';

/** The verdict, the metrics and the gates, for people. */
export function evaluationSummary(evaluation: Evaluation, words: Words): string[] {
  return [
    ...block('Validate', words, [
      `${verdictWord(evaluation.verdict, words.style)}  ${evaluation.headline}`,
      ...championLine(evaluation),
    ]),
    '',
    ...metricsTable(evaluation, words).map((line) => `  ${line}`),
    '',
    ...gateLines(evaluation, words),
  ];
}

/** `PASS`, `WARN`, `FAIL`. */
export function verdictWord(verdict: Evaluation['verdict'], style: Style): string {
  const paint = { pass: style.good, warn: style.doubtful, fail: style.bad }[verdict];
  return style.bold(paint(verdict.toUpperCase()));
}

function championLine({ champion }: Evaluation): string[] {
  if (!champion) return [];
  return [
    champion.comparable
      ? `compared with ${champion.name} on ${formatCounted(champion.rows, 'row')} unseen by both`
      : `not comparable with ${champion.name}${champion.reason ? `: ${champion.reason}` : ''}`,
  ];
}

/** Metrics with their intervals, against the naive model's values and, where there is one, the champion's. */
function metricsTable(evaluation: Evaluation, { style }: Words): string[] {
  const { metrics } = evaluation;
  const withBaseline = metrics.some((metric) => metric.baseline !== undefined);
  const withTrain = metrics.some((metric) => metric.train !== undefined);
  const withChampion = metrics.some((metric) => metric.champion !== undefined);
  const confidence = `${formatShare(evaluation.bootstrap.confidence)} interval`;
  const head = [
    'metric',
    'value',
    confidence,
    ...(withBaseline ? ['naive'] : []),
    ...(withTrain ? ['training'] : []),
    ...(withChampion ? ['champion', 'better by'] : []),
  ].map(style.dim);
  const rows = metrics.map((metric) => [
    metric.name === evaluation.primary ? style.bold(metric.name) : metric.name,
    formatEstimate(metric),
    metric.value === null ? style.dim(metric.reason ?? '') : formatInterval(metric.low, metric.high),
    ...(withBaseline ? [alike(metric, metric.baseline)] : []),
    ...(withTrain ? [alike(metric, metric.train)] : []),
    ...(withChampion ? championCells(metric, style) : []),
  ]);
  return textTable([head, ...rows], ['left', 'right', 'right', 'right', 'right', 'right', 'right']);
}

/** Another value of the metric, with as many decimals as the metric itself. */
function alike(metric: MetricResult, value: number | null | undefined): string {
  if (value === undefined) return '';
  const decimals = intervalDecimals(metric.low, metric.high);
  return formatNumber(value, decimals === undefined ? {} : { decimals });
}

function championCells(metric: MetricResult, style: Style): string[] {
  const { champion } = metric;
  if (!champion) return ['', ''];
  const { gain } = champion;
  const text = formatEstimate(gain, { sign: true });
  const certain = gain.low !== null && gain.high !== null && (gain.low > 0 || gain.high < 0);
  const paint = !certain ? (t: string) => t : gain.low! > 0 ? style.good : style.bad;
  return [alike(metric, champion.value), paint(text)];
}

function gateLines({ gates }: Evaluation, words: Words): string[] {
  if (gates.length === 0) {
    return wrap(
      '  No gates are declared: validate.gates in ciclo.yml says what a good model is.',
      words.width,
    );
  }
  return gates.flatMap((gate) => gateLine(gate, words));
}

function gateLine(gate: GateResult, { style, width }: Words): string[] {
  const [mark, paint] = {
    pass: ['✓', style.good],
    fail: ['✗', style.bad],
    inconclusive: ['?', style.doubtful],
    'not-applicable': ['–', style.dim],
  }[gate.outcome] as [string, (text: string) => string];
  const measured = gate.measured === null ? '' : `  ${formatEstimate({ ...gate, value: gate.measured })}`;
  const interval =
    gate.low === null || gate.high === null ? '' : style.dim(` (${formatInterval(gate.low, gate.high)})`);
  const line = `  ${paint(mark)} ${gate.declared}${measured}${interval}`;
  return gate.outcome === 'pass'
    ? [line]
    : [line, ...wrap(gate.message, width - 4).map((text) => `    ${style.dim(text)}`)];
}
