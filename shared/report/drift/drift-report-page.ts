// What a drift check shows: its page, its job summary, and the texts of the retraining that it proposes.
import type { HistoryLine } from '../../drift/history/history-line.ts';
import { timeStyle } from '../chart/time-style.ts';
import { detailLimits, isSmallEnough, renderReportPage } from '../evaluation/report-page.ts';
import type { ListLimit, Section } from '../evaluation/section.ts';
import { dataText, html, type Markup } from '../markup/html.ts';
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
  /** Units by column. */
  readonly units?: ReadonlyMap<string, string>;
  /** Earlier checks, the oldest first. */
  readonly history?: readonly HistoryLine[];
  /** http or https: the published site, whose page of the pipeline shows all checks. Undefined: none is known. */
  readonly siteUrl?: string;
}

/** Of the long lists less is shown each time, until the report is small enough. */
const limits = detailLimits([1, 0.6, 0.35, 0.2, 0.1, 0.05]);

/**
 * report.html of a drift check: one file with everything in it, no script, nothing loaded from anywhere, under 500 KB.
 * The verdict comes first. The same input gives the same bytes.
 */
export function renderDriftReport(input: DriftReportInput): string {
  let page = '';
  for (const limit of limits) {
    page = renderWith(input, limit);
    if (isSmallEnough(page)) break;
  }
  return page;
}

function renderWith(input: DriftReportInput, limit: ListLimit): string {
  const { report } = input;
  const pipeline = monitored(report)?.pipeline;
  return renderReportPage({
    title: `${driftWord(report)}${pipeline === undefined ? '' : `: ${pipeline}`}`,
    description: report.headline,
    style: timeStyle,
    kind: 'report',
    head: driftHead(report),
    sections: sectionsOf(input, limit),
    source: 'drift.json',
    foot: siteLink(input),
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

/** What decides, after the verdict; the other sections are detail. */
const open: ReadonlySet<string> = new Set(['performance', 'columns', 'history']);

function sectionsOf({ report, units, history = [] }: DriftReportInput, limit: ListLimit): Section[] {
  const monitor = monitored(report);
  const sections = [
    monitor && performanceSection(monitor),
    columnsSection(report, limit, units),
    historySection(history, limit),
    monitor && segmentsSection(monitor, limit),
    predictionSection(report, limit),
    multivariateSection(report),
    comparedSection(report),
    assumptionsSection(report),
  ];
  return sections
    .filter((section) => section !== undefined)
    .map((section) => ({ ...section, folded: !open.has(section.id) }));
}

function assumptionsSection({ assumptions, seed }: AnyDriftReport): Section {
  return {
    id: 'assumptions',
    title: 'Assumptions',
    body: html`<ul class="reasons">${assumptions.map((assumption) => html`<li>${assumption}</li>`)}<li>permutations and resamples use seed ${seed}: the same rows give the same figures</li></ul>`,
  };
}
