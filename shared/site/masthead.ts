import { dataText, html, type Markup } from '../report/markup/html.ts';
import type { PipelineSite, SiteVersion } from './site-input.ts';

/** The pages of a pipeline, by what they are called in its menu. */
const pages = [
  { file: 'index.html', label: 'Predict' },
  { file: 'card.html', label: 'Model card' },
  { file: 'versions.html', label: 'Versions' },
  { file: 'history.html', label: 'Drift' },
] as const;

export type PageFile = (typeof pages)[number]['file'];

/** The version that the site predicts with. */
export function liveVersion({ versions }: Pick<PipelineSite, 'versions'>): SiteVersion | undefined {
  return versions.find(({ live }) => live);
}

/** Name, purpose, version and menu: the same at the top of each of a pipeline's pages. */
export function masthead(site: PipelineSite, current: PageFile): Markup {
  const live = liveVersion(site);
  const own = pages.filter(({ file }) => file !== 'history.html' || (site.history?.length ?? 0) > 0);
  const links = own.map(
    ({ file, label }) =>
      html`<li><a href="${file}"${file === current ? html` aria-current="page"` : ''}>${label}</a></li>`,
  );
  return html`<a class="skip" href="#content">Skip to the content</a>
<header class="masthead">
<p class="above"><a href="../index.html">All models</a></p>
<div class="name-line"><h1>${dataText(site.name)}</h1>${
    live ? html`<p class="live-tag"><span class="dot"></span>${dataText(live.version, 30)} live</p>` : ''
  }</div>
${site.description ? html`<p class="purpose">${dataText(site.description, 600)}</p>` : ''}
<nav aria-label="Pages of this model"><ul>${links}${
    site.report === undefined ? '' : html`<li><a href="report.html">Evaluation report</a></li>`
  }${(site.links ?? []).map(({ label, href }) => html`<li><a href="${safeHref(href)}">${dataText(label, 40)}</a></li>`)}</ul></nav>
</header>`;
}

/** A link that leads to a page: http, https or relative; anything else, such as javascript:, leads nowhere. */
export function safeHref(href: string): string {
  return /^https?:\/\//i.test(href) || /^[\w./-]+(?:[?#][^:]*)?$/.test(href) ? href : '#';
}

/** The last line of every page. */
export function siteFooter(
  computed = 'Everything is computed on this page: nothing that you enter leaves your browser.',
): Markup {
  return html`<footer><p>Made by Ciclo. ${computed}</p></footer>`;
}
