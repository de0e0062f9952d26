// report.html of an evaluation, section by section, and the frame that all reports share.
import { type Child, html, type Markup } from '../markup/html.ts';
import { renderPage } from '../markup/page.ts';
import { reportStyle } from '../markup/style.ts';
import { type ListLimit, type Section, sectionLinks, sectionMarkup } from './section.ts';

/** What every report is made of: an evaluation's, a drift check's, a replay's. */
export interface ReportPage {
  readonly title: string;
  readonly description: string;
  /** After the style of all reports; line breaks are dropped. */
  readonly style?: string;
  /** What the page is, after an article: `report`. */
  readonly kind: 'report' | 'replay';
  /** The verdict: the first that is seen. */
  readonly head: Markup;
  readonly sections: readonly Section[];
  /** The file with the same figures: `evaluation.json`. */
  readonly source: string;
  /** Before the last line. */
  readonly foot?: Child;
}

/** In bytes; a report is sent, stored and opened on phones. */
const largestReport = 480_000;

/** A report: the verdict, links to the sections, the sections, and where the figures come from. */
export function renderReportPage(page: ReportPage): string {
  const { title, description, style = '', kind, head, sections, source, foot } = page;
  return renderPage({
    title,
    description,
    style: `${reportStyle}${style.replaceAll('\n', '')}`,
    body: html`<a class="skip" href="#content">Skip to the ${kind}</a>
<div class="page">
${head}
${sectionLinks(sections)}
<main id="content" tabindex="-1">
${sections.map(sectionMarkup)}</main>
${
  sections.some(({ folded }) => folded) &&
  html`<p class="note on-paper">Sections that are folded on the screen are not printed: ${sections
    .filter(({ folded }) => folded)
    .map(({ title }) => title)
    .join(', ')}.</p>`
}
<footer>${foot}<p>Made by Ciclo from <code>${source}</code>. This page loads nothing and runs no script.</p></footer>
</div>`,
  });
}

/**
 * How long the lists of a report may be, at each level of detail, the fullest first.
 *
 * @param shares of the rows that a list shows at the full level.
 * @param fewest rows that a list shows at any level.
 */
export function detailLimits(shares: readonly number[], fewest = 1): ListLimit[] {
  return shares.map((share) => (fullLength) => Math.max(fewest, Math.round(fullLength * share)));
}

/** Whether a report may be as large as this page is. */
export function isSmallEnough(page: string): boolean {
  return Buffer.byteLength(page) <= largestReport;
}
