import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import type { Interval } from '../../shared/metrics/evaluation/judged-values.ts';
import type { MetricResult } from '../../shared/metrics/evaluation/metric-result.ts';
import { gainOutcome } from '../../shared/report/evaluation/gain.ts';
import { type MetricRow, metricRows } from '../../shared/report/metrics-table.ts';
import { declaredShare } from '../../shared/text/percent.ts';
import type { Style } from '../terminal/style.ts';
import { textTable } from './text-table.ts';
import { type TextLayout, visibleLength, wrap } from './words.ts';

/** A column of the table: its heading and its cell for a metric. */
interface TableColumn {
  readonly heading: string;
  cell(row: MetricRow, metric: MetricResult): string;
}

/**
 * The metrics with the report's own numbers, the primary one first, against champion and naive model where there
 * are such; below it, why a value is undefined. The naive model's column gives way where the terminal is narrow.
 */
export function metricsLines(evaluation: Evaluation, { style, width }: TextLayout): string[] {
  const byName = new Map(evaluation.metrics.map((metric) => [metric.name, metric]));
  const pairs = metricRows(evaluation).map((row) => ({ row, metric: byName.get(nameOf(row))! }));
  const columns = columnsFor(evaluation, style).filter(
    ({ cell }) => pairs.length === 0 || pairs.some(({ row, metric }) => cell(row, metric) !== ''),
  );
  const table = (kept: readonly TableColumn[]): string[] =>
    textTable(
      [
        kept.map(({ heading }) => style.dim(heading)),
        ...pairs.map(({ row, metric }) => kept.map(({ cell }) => cell(row, metric))),
      ],
      kept.map((_, i) => (i === 0 ? 'left' : 'right')),
    );
  const whole = table(columns);
  const fits = whole.every((line) => visibleLength(line) <= width);
  const lines = fits ? whole : table(columns.filter(({ heading }) => heading !== 'baseline'));
  const reasons = evaluation.metrics.flatMap((metric) =>
    whyUndefined(metric).flatMap((line) => wrap(line, width)),
  );
  return [...lines, ...reasons.map(style.dim)];
}

/** Why a value, its interval or its comparison is not there. */
function whyUndefined({ name, value, low, high, reason, baseline, champion }: MetricResult): string[] {
  const why = (what: string, words: string | undefined) => `${what}: ${words ?? 'no reason was given'}`;
  if (value === null) return [why(`${name} is undefined`, reason)];
  return [
    ...(low === null || high === null ? [why(`${name} has no interval`, reason)] : []),
    ...(champion?.gain.value === null
      ? [why(`the champion’s ${name} is undefined`, champion.gain.reason)]
      : []),
    ...(baseline === null ? [`the naive baseline’s ${name} is undefined`] : []),
  ];
}

/** `rmse (mpg)` → `rmse`. */
function nameOf({ metric }: MetricRow): string {
  return metric.split(' ', 1)[0]!;
}

function columnsFor(evaluation: Evaluation, style: Style): TableColumn[] {
  return [
    {
      heading: 'metric',
      cell: (row, { name }) => (name === evaluation.primary ? style.bold(row.metric) : row.metric),
    },
    { heading: 'value', cell: (row, { value }) => (value === null ? 'undefined' : row.value) },
    { heading: `${declaredShare(evaluation.bootstrap.confidence)} interval`, cell: (row) => row.interval },
    { heading: 'champion', cell: (row) => row.champion },
    {
      heading: 'against it',
      cell: (_, { champion }) => (champion ? gainWords(champion.gain, style) : ''),
    },
    { heading: 'baseline', cell: (row) => row.baseline },
  ];
}

/** `better by 0.21`: certain where the paired interval lies on one side of zero. */
function gainWords(gain: Interval, style: Style): string {
  if (gain.value === null) return 'undefined';
  const { className, phrase, sentence } = gainOutcome(gain);
  if (className === 'better') return style.good(phrase);
  if (className === 'worse') return style.bad(phrase);
  if (className === 'unknown') return sentence;
  return phrase === 'no clear difference' ? 'unclear' : phrase;
}
