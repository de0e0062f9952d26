import { type Child, html, type Markup } from '../markup/html.ts';

/** A part of the report with a heading of its own. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** A sentence under the heading. */
  readonly lead?: Child;
  readonly body: Child;
}

/** The section as a landmark, named by its heading. */
export function sectionMarkup(section: Section): Markup {
  return html`<section id="${section.id}" aria-labelledby="${section.id}-title">
<h2 id="${section.id}-title">${section.title}</h2>
${section.lead ? html`<p class="lead">${section.lead}</p>` : ''}
${section.body}
</section>
`;
}

/** Links to the sections. */
export function sectionLinks(sections: readonly Section[]): Markup {
  return html`<nav aria-label="Sections"><ul>${sections.map(
    (section) => html`<li><a href="#${section.id}">${section.title}</a></li>`,
  )}</ul></nav>`;
}

/** How many of a long list are shown at a level of detail, of so many at the full one. */
export type ListLimit = (fullLength: number) => number;

/** Something that is opened when wanted. */
export function disclosure(summary: Child, body: Child): Markup {
  return html`<details><summary>${summary}</summary><div class="details-body">${body}</div></details>`;
}

/** How many of a long list are shown, and where the others are. */
export function omittedNote(total: number, shown: number, things: string, file: string): Markup | undefined {
  return total > shown
    ? html`<p class="note">${total - shown} more ${things} are in <code>${file}</code>.</p>`
    : undefined;
}
