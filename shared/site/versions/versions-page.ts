// The page of all versions of a pipeline, and how their primary metric went.
import { type ColumnHead, dataTable, type TableRow } from '../../report/markup/data-table.ts';
import { dataText, html, type Markup } from '../../report/markup/html.ts';
import { directionWords, metricUnit, metricWords } from '../../report/metric-words.ts';
import { counted } from '../../text/counts.ts';
import { formatEstimate, formatInterval } from '../../text/number-format.ts';
import { renderSitePage } from '../frame.ts';
import { liveVersion, masthead, safeHref, siteFooter } from '../masthead.ts';
import type { PipelineSite, SiteVersion } from '../site-input.ts';
import { chartKey, metricChart, versionName } from './metric-chart.ts';
import { oldestFirst } from './order.ts';

/** Versions listed at most, the latest ones; all of them are tags of the repository. */
const mostListed = 200;

/** versions.html: the metric over time and every version. */
export function versionsPage(site: PipelineSite): string {
  return renderSitePage({
    title: `${site.name}: versions`,
    description: `Every version of the model ${site.name}, how good it was, and which one is live.`,
    body: html`<div class="page">
${masthead(site, 'versions.html')}
<main id="content" tabindex="-1">
${chartSection(site)}
${tableSection(site)}
</main>
${siteFooter()}
</div>`,
  });
}

function chartSection(site: PipelineSite): Markup {
  const { evaluation } = site;
  const { primary } = evaluation;
  const unit = metricUnit(primary, evaluation.unit);
  const chart = metricChart(oldestFirst(site.versions), primary);
  const better = evaluation.metrics.find(({ name }) => name === primary)?.better;
  return html`<section aria-labelledby="over-time">
<h2 id="over-time"><code>${primary}</code> over time</h2>
<p class="lead">${capital(metricWords(primary).title)}${unit ? html`, in ${dataText(unit, 20)}` : ''}${better ? `; ${directionWords(better)}` : ''}.</p>
${chart ? html`${chart}${chartKey}` : html`<p>No version has a value of this metric yet.</p>`}
</section>`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function tableSection(site: PipelineSite): Markup {
  const versions = oldestFirst(site.versions).toReversed();
  const live = liveVersion(site);
  const columns: ColumnHead[] = [
    { label: 'Version' },
    { label: 'Stage' },
    { label: site.evaluation.primary, kind: 'number' },
    { label: 'Data' },
    { label: 'Date' },
    { label: 'Commit' },
  ];
  const left = versions.length - mostListed;
  return html`<section aria-labelledby="versions">
<h2 id="versions">${counted(versions.length, 'version')}</h2>
<p class="lead">${live ? html`<b>${dataText(live.version, 30)}</b> is live: it is what this site predicts with.` : 'No version is live.'}</p>
${dataTable({
  caption: 'Versions, the latest first',
  hideCaption: true,
  columns,
  rows: versions.slice(0, mostListed).map((version) => rowOf(version, site)),
})}
${left > 0 ? html`<p class="note">${counted(left, 'earlier version')} more are tags of the repository.</p>` : ''}
</section>`;
}

function rowOf(version: SiteVersion, site: PipelineSite): TableRow {
  return {
    cells: [
      versionName(version, safeHref),
      version.stage === undefined ? html`<span class="faint">none</span>` : dataText(version.stage, 30),
      metricCell(version, site.evaluation.primary),
      version.window === undefined
        ? html`<span class="faint">not stated</span>`
        : dataText(version.window, 60),
      html`<time datetime="${version.date}">${version.date.slice(0, 10)}</time>`,
      html`<code>${version.commit.slice(0, 8)}</code>`,
    ],
  };
}

function metricCell({ metric }: SiteVersion, primary: string): Markup {
  if (!metric) return html`<span class="faint">not stated</span>`;
  const other = metric.name === primary ? '' : html` <code>${metric.name}</code>`;
  const interval =
    metric.low === null || metric.high === null
      ? ''
      : html` <span class="interval">${formatInterval(metric.low, metric.high)}</span>`;
  return html`<b>${formatEstimate(metric)}</b>${other}${interval}`;
}
