import type { HistoryLine } from '../../drift/history/history-line.ts';
import { timeStyle } from '../chart/time-style.ts';
import { type Limit, type Section, sectionLinks, sectionMarkup } from '../evaluation/section.ts';
import { dataText, html, type Markup } from '../markup/html.ts';
import { renderPage } from '../markup/page.ts';
import { reportStyle } from '../markup/style.ts';
import { columnsSection } from './columns-section.ts';
import { comparedSection, driftHead } from './drift-head.ts';
import { type AnyDriftReport, driftWord, monitored } from './drift-verdict.ts';
import { historySection } from './history-section.ts';
import {
  multivariateSection,
  performanceSection,
  predictionSection,
  segmentsSection,
} from './model-sections.ts';

/** What a report of a drift check is made of. */
export interface DriftReportInput {
  readonly report: AnyDriftReport;
  /** Earlier checks, the oldest first. */
  readonly history?: readonly HistoryLine[];
  /** http or https: the published site, whose page of the pipeline shows all checks. Undefined: none is known. */
  readonly siteUrl?: string;
}

/** In bytes; a report is sent, stored and opened on phones. */
const largestReport = 480_000;
/** Shares of the long lists that are shown: less each time until the report is small enough. */
const levelsOfDetail = [1, 0.6, 0.35, 0.2, 0.1, 0.05] as const;
const style = `${reportStyle}${timeStyle.replaceAll('\n', '')}`;

/**
 * report.html of a drift check: one file with everything in it, no script, nothing loaded from anywhere, under 500 KB.
 * The verdict comes first. The same input gives the same bytes.
 */
export function renderDriftReport(input: DriftReportInput): string {
  let page = '';
  for (const detail of levelsOfDetail) {
    page = renderWith(input, (most) => Math.max(1, Math.round(most * detail)));
    if (Buffer.byteLength(page) <= largestReport) break;
  }
  return page;
}

function renderWith(input: DriftReportInput, limit: Limit): string {
  const { report } = input;
  const sections = sectionsOf(input, limit);
  const pipeline = monitored(report)?.pipeline;
  return renderPage({
    title: `${driftWord(report)}${pipeline === undefined ? '' : `: ${pipeline}`}`,
    description: report.headline,
    style,
    body: html`<a class="skip" href="#content">Skip to the report</a>
<div class="page">
${driftHead(report)}
${sectionLinks(sections)}
<main id="content" tabindex="-1">
${sections.map(sectionMarkup)}</main>
<footer>${siteLink(input)}<p>Made by Ciclo from <code>drift.json</code>. This page loads nothing and runs no script.</p></footer>
</div>`,
  });
}

/** Where all checks of the pipeline are shown, with versions and model. */
function siteLink({ report, siteUrl }: DriftReportInput): Markup | undefined {
  const pipeline = monitored(report)?.pipeline;
  if (pipeline === undefined || siteUrl === undefined || !/^https?:\/\//i.test(siteUrl)) return undefined;
  const site = siteUrl.endsWith('/') ? siteUrl : `${siteUrl}/`;
  const page = new URL(`${encodeURIComponent(pipeline)}/history.html`, site);
  return html`<p><a href="${page.href}">All checks of ${dataText(pipeline, 60)}</a> on the site, beside its versions and the page that predicts.</p>`;
}

function sectionsOf({ report, history = [] }: DriftReportInput, limit: Limit): Section[] {
  const monitor = monitored(report);
  const sections = [
    comparedSection(report),
    columnsSection(report, limit),
    predictionSection(report, limit),
    multivariateSection(report),
    monitor && performanceSection(monitor),
    monitor && segmentsSection(monitor, limit),
    historySection(history, limit),
    assumptionsSection(report),
  ];
  return sections.filter((section) => section !== undefined);
}

function assumptionsSection({ assumptions, seed }: AnyDriftReport): Section {
  return {
    id: 'assumptions',
    title: 'What the figures rest on',
    body: html`<ul class="reasons">${assumptions.map((assumption) => html`<li>${assumption}</li>`)}<li>permutations and resamples are drawn by the seed ${seed}: the same rows give the same figures</li></ul>`,
  };
}
