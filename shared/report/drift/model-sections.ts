import type { MonitorReport } from '../../drift/history/monitor-report.ts';
import type { DriftReport } from '../../drift/report/drift-report.ts';
import { allowedValue } from '../../metrics/descriptors/direction.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { formatEstimate, formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { timeChart, timeKey } from '../chart/time-chart.ts';
import { disclosure, type ListLimit, omittedNote, type Section } from '../evaluation/section.ts';
import { dataTable } from '../markup/data-table.ts';
import { dataText, html } from '../markup/html.ts';
import { outcomeBadge } from '../markup/icon.ts';
import { metricUnit } from '../metric-words.ts';
import { columnBody } from './column-details.ts';
import { chanceCell } from './column-words.ts';
import { columnCells } from './columns-section.ts';
import { type AnyDriftReport, monitored } from './drift-verdict.ts';
import { detectableWords, figureWords, judgementWords, methodWords } from './performance-words.ts';

const shownSegments = 20;
const shownPeriods = 120;

/** The model's predictions now, beside those for the reference. */
export function predictionSection(report: AnyDriftReport, limit: ListLimit): Section | undefined {
  const { prediction } = report;
  if (!prediction) return undefined;
  return {
    id: 'prediction',
    title: 'Predictions',
    lead: html`The distribution of the model’s predictions. It shifts when the features shift, with or without labels.`,
    body: [
      html`<div class="columns-table">${dataTable({
        caption: 'Drift of the predictions',
        hideCaption: true,
        columns: [
          { label: 'Predictions' },
          { label: 'Outcome' },
          { label: 'Before and now', kind: 'plot' },
          { label: 'Effect size' },
          { label: 'Adjusted p', kind: 'number' },
          { label: 'Smallest detectable change' },
        ],
        rows: [{ cells: columnCells(prediction, { unit: monitored(report)?.unit }) }],
      })}</div>`,
      disclosure('Prediction details', html`<div class="column">${columnBody(prediction, limit)}</div>`),
    ],
  };
}

/** Whether a classifier can tell current rows from reference rows. */
export function multivariateSection({ multivariate }: DriftReport): Section | undefined {
  if (!multivariate) return undefined;
  const { outcome, auc, p, floor, drifted, rows, reasons } = multivariate;
  return {
    id: 'multivariate',
    title: 'All features together',
    lead: html`Whether a classifier can separate current from reference rows: it detects changes in how features go together that no single column shows. A ROC AUC of 0.5 is chance.`,
    body: [
      outcome === 'compared'
        ? html`<p>${drifted ? outcomeBadge('fail', 'drifted') : outcomeBadge('pass', 'no drift')} ROC AUC <b>${formatNumber(auc, { digits: 3 })}</b>, p ${chanceCell(p)}; alarm from ${formatNumber(floor, { digits: 3 })}. ${counted(rows.current, 'current row')} and ${counted(rows.reference, 'reference row')} took part.</p>`
        : html`<p>${outcomeBadge('not-applicable', 'not available')}</p>`,
      reasons.length > 0 &&
        html`<ul class="reasons">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`,
    ],
  };
}

/** How the model does on the current rows: measured by labels, or estimated without. */
export function performanceSection(report: MonitorReport): Section | undefined {
  const { performance } = report;
  if (!performance) return undefined;
  const { metric, outcome, rows } = performance;
  const unit = metricUnit(metric, report.unit);
  const known = outcome === 'measured' || outcome === 'estimated';
  const seen = detectableWords(performance, unit);
  const title = { measured: 'Performance, measured', estimated: 'Performance, estimated without labels' };
  return {
    id: 'performance',
    title: outcome === 'measured' || outcome === 'estimated' ? title[outcome] : 'Performance',
    lead: known
      ? html`<code>${metric}</code> ${methodWords(performance)}. ${outcome === 'estimated' && html`<b>No label of these rows is known yet</b>: an estimate is a reason to get labels, not to retrain.`}`
      : undefined,
    body: [
      known &&
        html`<dl class="facts"><div><dt>Evaluation</dt><dd>${figureWords(performance.reference, unit)}, ${counted(rows.reference, 'judged row')}</dd></div><div><dt>Current rows</dt><dd>${figureWords(performance.current, unit)}, ${counted(rows.current, 'row')}${rows.unlabelled > 0 && `; ${counted(rows.unlabelled, 'row')} without a label yet`}</dd></div><div><dt>How much worse</dt><dd>${figureWords(performance.worse, unit)}. ${judgementWords(performance, unit)}</dd></div>${seen !== undefined && html`<div><dt>Smallest detectable worsening</dt><dd>${seen}</dd></div>`}</dl>`,
      performance.reasons.length > 0 &&
        html`<ul class="reasons">${performance.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`,
      known && periodsChart(report),
    ],
  };
}

function periodsChart({ performance, unit: targetUnit }: MonitorReport) {
  const { periods, metric, reference, limit, better, outcome } = performance!;
  const shown = periods.slice(-shownPeriods);
  if (shown.length < 2) return undefined;
  const unit = metricUnit(metric, targetUnit);
  const bound = allowedValue(better, reference.value, limit);
  const look = outcome === 'measured' ? 'main' : 'second';
  const first = shown[0]!;
  const last = shown.at(-1)!;
  const chart = timeChart({
    periods: shown.map(({ period }) => period),
    series: [{ look, points: shown.map((point, at) => ({ ...point, at })) }],
    reference: reference.value,
    limit: bound,
    description: `${metric} over ${shown.length} periods, ${outcome}: ${formatEstimate(first)} in ${first.period}, ${formatEstimate(last)} in ${last.period}; the evaluation has ${formatEstimate(reference)}.`,
  });
  return (
    chart &&
    html`<figure>${chart}<figcaption><span class="legend"><span>${timeKey(look)}<span>${metric}${unit === undefined ? '' : html` in ${dataText(unit, 20)}`}, ${outcome}, by period</span></span><span>thin dashes: evaluation</span>${bound !== null && html`<span>thick line: alarm threshold</span>`}</span></figcaption></figure>${disclosure(
      'The periods as a table',
      dataTable({
        caption: 'The metric by period',
        hideCaption: true,
        compact: true,
        columns: [{ label: 'Period' }, { label: 'Rows', kind: 'number' }, { label: metric, kind: 'number' }],
        rows: shown.map((point) => ({
          cells: [dataText(point.period), formatCount(point.rows), figureWords(point)],
        })),
      }),
    )}`
  );
}

/** Parts of the rows that changed or got worse most. */
export function segmentsSection(report: MonitorReport, limit: ListLimit): Section | undefined {
  const { segments, performance } = report;
  if (segments.length === 0) return undefined;
  const shown = segments.slice(0, limit(shownSegments));
  const measured = shown.some(({ metric }) => metric !== undefined);
  return {
    id: 'segments',
    title: 'Slices',
    lead: html`The slices that drifted or got worse most.`,
    body: [
      dataTable({
        caption: 'Slices, worst first',
        hideCaption: true,
        columns: [
          { label: 'Slice' },
          { label: 'Rows', kind: 'number' },
          { label: 'Share before', kind: 'number' },
          { label: 'Share now', kind: 'number' },
          ...(measured ? [{ label: performance?.metric ?? 'Metric', kind: 'number' } as const] : []),
          { label: 'Why' },
        ],
        rows: shown.map((segment) => ({
          cells: [
            html`${dataText(segment.label)}<span class="sub">${dataText(segment.column)}</span>`,
            formatCount(segment.rows.current),
            measuredShare(segment.share.reference),
            measuredShare(segment.share.current),
            ...(measured ? [segment.metric ? figureWords(segment.metric) : '–'] : []),
            segment.reason,
          ],
        })),
      }),
      omittedNote(segments.length, shown.length, 'slices', 'drift.json'),
    ],
  };
}
