import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { judgedRowsWords } from '../../metrics/evaluation/judged-rows-words.ts';
import type { MetricResult } from '../../metrics/evaluation/metric-result.ts';
import {
  comparedRowsWords,
  comparedValueText,
  olderRowsWords,
} from '../../metrics/evaluation/newer-rows-words.ts';
import { counted } from '../../text/counts.ts';
import { formatEstimate, formatInterval } from '../../text/number-format.ts';
import { declaredShare } from '../../text/percent.ts';
import { type ColumnHead, dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html } from '../markup/html.ts';
import { intervalMark } from '../markup/interval-mark.ts';
import { baselineKey, championKey, modelKey } from '../markup/legend.ts';
import { directionWords, metricUnit, metricWords } from '../metric-words.ts';
import { gainOutcome } from './gain.ts';
import { foldedRows, type Section } from './section.ts';

/** Shown beside the primary metric and those that have a gate. */
const shownOthers = 4;

/** Every metric with its interval, beside the champion, the naive baseline and the rows it was trained on. */
export function metricsSection(evaluation: Evaluation): Section {
  const { metrics, champion, bootstrap } = evaluation;
  const has = {
    champion: metrics.some((metric) => metric.champion !== undefined),
    baseline: metrics.some((metric) => metric.baseline !== undefined),
    train: metrics.some((metric) => metric.train !== undefined),
  };
  const columns: ColumnHead[] = [
    { label: 'Metric' },
    { label: 'This model', kind: 'number' },
    { label: 'Interval', kind: 'plot' },
    ...(has.champion ? [column('Champion'), column('Gain')] : []),
    ...(has.baseline ? [column('Naive baseline')] : []),
    ...(has.train ? [column('Training rows')] : []),
  ];
  const gated = new Set(evaluation.gates.map(({ metric }) => metric));
  const rank = ({ name }: MetricResult) => (name === evaluation.primary ? 0 : gated.has(name) ? 1 : 2);
  const ordered = metrics.toSorted((a, b) => rank(a) - rank(b));
  const shown = ordered.filter((metric) => rank(metric) < 2).length + shownOthers;
  return {
    id: 'metrics',
    title: 'Metrics',
    lead: html`${rowsSentence(evaluation)}, with ${declaredShare(bootstrap.confidence)} intervals.${championSentence(champion)}`,
    body: [
      foldedRows(ordered, shown, {
        table: (rows, folded) =>
          dataTable({
            caption: folded ? 'Further metrics' : 'Metrics',
            hideCaption: true,
            columns,
            rows: rows.map((metric) => ({ cells: metricCells(metric, evaluation, has) })),
          }),
        rest: (count) => counted(count, 'more metric'),
      }),
      html`<p class="legend" aria-hidden="true"><span>${modelKey}this model</span>${
        has.champion && html`<span>${championKey}champion</span>`
      }${
        has.baseline && html`<span>${baselineKey}naive baseline (an arrow when it is far off)</span>`
      }<span>Each metric has its own scale.</span></p>`,
    ],
  };
}

function rowsSentence(evaluation: Evaluation): string {
  const { rows, model, outOfFold } = evaluation;
  if (outOfFold) return `On ${judgedRowsWords(evaluation)}`;
  return model === undefined
    ? `On ${counted(rows, 'row')} of predictions`
    : `On ${counted(rows, 'test row')} that neither training nor the choice of the model has seen`;
}

function column(label: string): ColumnHead {
  return { label, kind: 'number' };
}

function championSentence(champion: Evaluation['champion']): Child {
  if (!champion) return undefined;
  const name = dataText(champion.name, 40);
  if (champion.same) return html` It is the same model as in production, ${name}.`;
  if (!champion.comparable) {
    return html` Champion ${name} cannot be compared: ${champion.reason ?? 'no reason was given'}`;
  }
  const others = olderRowsWords(champion);
  return html` Champion ${name} is judged on the ${comparedRowsWords(champion)}${others === undefined ? '' : `; ${others}`}.`;
}

function metricCells(
  metric: MetricResult,
  evaluation: Evaluation,
  has: { readonly champion: boolean; readonly baseline: boolean; readonly train: boolean },
): Child[] {
  const unit = metricUnit(metric.name, evaluation.unit);
  const beside = (value: number | null | undefined): Child =>
    value === undefined ? html`<span class="faint">–</span>` : formatEstimate({ ...metric, value });
  return [
    html`<code>${metric.name}</code>${metric.name === evaluation.primary ? html` <span class="tag">primary</span>` : ''}<span class="sub">${metricWords(metric.name).title}${unit === undefined ? '' : html`, ${dataText(unit, 20)}`}; ${directionWords(metric.better)}</span>`,
    valueCell(metric),
    intervalMark({ ...metric, champion: metric.champion?.value }) ?? html`<span class="faint">–</span>`,
    ...(has.champion ? [championCell(metric), gainCell(metric)] : []),
    ...(has.baseline ? [beside(metric.baseline)] : []),
    ...(has.train ? [beside(metric.train)] : []),
  ];
}

function championCell(metric: MetricResult): Child {
  return metric.champion === undefined
    ? html`<span class="faint">–</span>`
    : comparedValueText(metric, metric.champion.value);
}

function valueCell(metric: MetricResult): Child {
  if (metric.value === null) return undefinedText(metric.reason);
  const value = html`<b>${formatEstimate(metric)}</b>`;
  return metric.low === null || metric.high === null
    ? html`${value} <span class="interval reason">no interval${metric.reason ? `: ${metric.reason}` : ''}</span>`
    : html`${value} <span class="interval"><span class="visually-hidden">interval </span>${formatInterval(metric.low, metric.high)}</span>`;
}

function gainCell(metric: MetricResult): Child {
  if (!metric.champion) return html`<span class="faint">–</span>`;
  const { gain } = metric.champion;
  if (gain.value === null) return undefinedText(gain.reason);
  const words = gainOutcome(gain);
  return html`<span class="gain ${words.className}"><span aria-hidden="true">${words.sign}</span> ${words.phrase}</span> <span class="interval"><span class="visually-hidden">interval </span>${words.interval ?? 'no interval'}</span>`;
}

/** `undefined: one class only`, never an empty cell or a zero. */
function undefinedText(reason: string | undefined): Child {
  return html`<span class="undefined">undefined: ${reason ?? 'no reason was given'}</span>`;
}
