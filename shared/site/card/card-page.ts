// The page of the model card, and the part of Markdown that a card is written in.
import { html } from '../../report/markup/html.ts';
import { renderSitePage } from '../frame.ts';
import { masthead, siteFooter } from '../masthead.ts';
import type { PipelineSite } from '../site-input.ts';
import { cardParts } from './markdown.ts';

/** card.html: the model card, a section for each of its parts. */
export function cardPage(site: PipelineSite): string {
  const sections = cardParts(site.card).map(
    ({ title, body }, i) => html`<section aria-labelledby="part-${i}">
<h2 id="part-${i}">${title === '' ? 'Model card' : title}</h2>
<div class="prose">${body}</div>
</section>
`,
  );
  return renderSitePage({
    title: `${site.name}: model card`,
    description: `What the model ${site.name} is, what it is for, how it was trained and where its limits are.`,
    body: html`<div class="page">
${masthead(site, 'card.html')}
<main id="content" tabindex="-1">
${sections}</main>
${siteFooter()}
</div>`,
  });
}
