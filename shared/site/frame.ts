import { type HtmlPage, renderPage } from '../report/markup/page.ts';
import { siteStyle } from './style/site-style.ts';

/** A page of the site: the frame of every page, in the site's style. */
export type SitePage = Pick<HtmlPage, 'title' | 'description' | 'body' | 'script'>;

/** A complete HTML document, which besides keeps its own script from making markup or code of a text. */
export function renderSitePage(page: SitePage): string {
  return renderPage({
    ...page,
    style: siteStyle,
    directives: ["require-trusted-types-for 'script'", "trusted-types 'none'"],
  });
}
