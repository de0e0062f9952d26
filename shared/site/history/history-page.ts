// The page of all drift checks of a pipeline.
import type { HistoryLine } from '../../drift/history/history-line.ts';
import { meaningOfDrift } from '../../drift/report/drift-outcomes.ts';
import { historySection, kindWords } from '../../report/drift/history-section.ts';
import { sectionMarkup } from '../../report/evaluation/section.ts';
import { type ColumnHead, dataTable, type TableRow } from '../../report/markup/data-table.ts';
import { dataText, html, type Markup } from '../../report/markup/html.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { formatEstimate, formatInterval } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { shownTime } from '../../text/shown-time.ts';
import { renderSitePage } from '../frame.ts';
import { masthead, safeHref, siteFooter } from '../masthead.ts';
import type { PipelineSite } from '../site-input.ts';

/** Checks listed at most, the latest ones; all of them are on the branch ciclo-history. */
const mostListed = 200;

/** history.html: what checks of the live data found, over time; nothing before the first check. */
export function historyPage(site: PipelineSite): string | undefined {
  const { history = [] } = site;
  const last = history.at(-1);
  if (!last) return undefined;
  const overview = historySection(history, (fullLength) => fullLength);
  return renderSitePage({
    title: `${site.name}: drift history`,
    description: `What checks of the live data of the model ${site.name} found, over time.`,
    body: html`<div class="page">
${masthead(site, 'history.html')}
<main id="content" tabindex="-1">
${lastSection(last)}
${overview ? sectionMarkup({ ...overview, title: 'Over time' }) : ''}
${tableSection(history)}
</main>
${siteFooter()}
</div>`,
  });
}

function lastSection(line: HistoryLine): Markup {
  const drifted = line.columns.filter((column) => column.drifted).map(({ name }) => name);
  return html`<section aria-labelledby="last">
<h2 id="last">Last check: ${meaningOfDrift(line.outcome).brief}</h2>
<p class="lead">${day(line)}, ${counted(line.rows, 'row')}${line.model === null ? '' : html`, against ${dataText(line.model, 30)}`}.</p>
<p>${drifted.length === 0 ? 'No feature drifted.' : html`Columns carrying ${measuredShare(line.share)} of feature importance drifted: ${drifted.slice(0, 12).map((name, i) => html`${i === 0 ? '' : ', '}<b>${dataText(name, 40)}</b>`)}${drifted.length > 12 ? ` and ${formatCount(drifted.length - 12)} more` : ''}.`}</p>
${line.performance && line.performance.value !== null ? html`<p>${performanceWords(line.performance)}</p>` : ''}
${line.action && line.action.kind !== 'none' ? html`<p>${dataText(line.action.reason, 200)}</p>` : ''}
</section>`;
}

function performanceWords(performance: NonNullable<HistoryLine['performance']>): Markup {
  const { metric, kind, low, high, degraded } = performance;
  const interval = low === null || high === null ? '' : ` (${formatInterval(low, high)})`;
  return html`<code>${metric}</code> <b>${formatEstimate(performance)}</b>${interval}, ${kindWords[kind]}${degraded ? ': beyond the alarm threshold' : ''}.`;
}

function tableSection(history: readonly HistoryLine[]): Markup {
  const columns: ColumnHead[] = [
    { label: 'Checked' },
    { label: 'Version' },
    { label: 'Rows', kind: 'number' },
    { label: 'Newest row' },
    { label: 'Outcome' },
    { label: 'Performance', kind: 'number' },
    { label: 'Led to' },
  ];
  const left = history.length - mostListed;
  return html`<section aria-labelledby="checks">
<h2 id="checks">${counted(history.length, 'check')}</h2>
${dataTable({
  caption: 'Checks, the latest first',
  hideCaption: true,
  columns,
  rows: history.slice(-mostListed).toReversed().map(rowOf),
})}
${left > 0 ? html`<p class="note">${counted(left, 'earlier check')} more are on the branch <code>ciclo-history</code>.</p>` : ''}
</section>`;
}

function rowOf(line: HistoryLine): TableRow {
  const { model, rows, window, outcome, severity, performance, action, run } = line;
  return {
    cells: [
      run === undefined ? day(line) : html`<a href="${safeHref(run)}">${day(line)}</a>`,
      model === null ? faint('none') : dataText(model, 30),
      formatCount(rows),
      window.until === null ? faint('not stated') : dataText(shownTime(window.until), 30),
      html`${meaningOfDrift(outcome).brief}${outcome === 'drift' ? html` <span class="tag">${severity}</span>` : ''}`,
      performance ? performanceCell(performance) : faint('not known'),
      action && action.kind !== 'none' ? actionWords(action) : faint('nothing'),
    ],
  };
}

const faint = (text: string): Markup => html`<span class="faint">${text}</span>`;

function performanceCell(performance: NonNullable<HistoryLine['performance']>): Markup {
  const { metric, kind, degraded } = performance;
  return html`<b>${formatEstimate(performance)}</b> <code>${metric}</code>${kind === 'estimated' ? html` <span class="faint">${kindWords.estimated}</span>` : ''}${degraded ? html` <span class="tag">worse</span>` : ''}`;
}

function actionWords({ kind, number }: NonNullable<HistoryLine['action']>): string {
  return `${kind.replace('-', ' ')}${number === undefined ? '' : ` #${number}`}`;
}

function day({ time }: HistoryLine): Markup {
  return html`<time datetime="${time}">${time.slice(0, 10)}</time>`;
}
