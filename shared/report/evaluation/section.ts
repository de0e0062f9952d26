import { type Child, html, type Markup } from '../markup/html.ts';

/** A part of the report with a heading of its own. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** A sentence under the heading. */
  readonly lead?: Child;
  readonly body: Child;
  /** Detail that few readers need: its heading opens it, and paper leaves it out unless it is open. */
  readonly folded?: boolean;
}

/**
 * The section as a landmark, named by its heading. Of a folded one the id is that of what is folded, because a browser opens
 * what a link points into.
 */
export function sectionMarkup(section: Section): Markup {
  if (section.folded) {
    return html`<section class="folded" aria-labelledby="${section.id}-title"><details>
<summary><h2 id="${section.id}-title">${section.title}</h2></summary>
<div class="details-body" id="${section.id}">
${section.lead ? html`<p class="lead">${section.lead}</p>` : ''}
${section.body}
</div></details></section>
`;
  }
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

/** The first rows of a table as they are, the others to be opened when wanted. */
export function foldedRows<Row>(
  rows: readonly Row[],
  shown: number,
  {
    table,
    rest,
  }: {
    readonly table: (rows: readonly Row[], folded: boolean) => Child;
    readonly rest: (count: number) => string;
  },
): Child[] {
  const left = rows.slice(shown);
  return [
    table(rows.slice(0, shown), false),
    left.length > 0 && disclosure(rest(left.length), table(left, true)),
  ];
}

/** How many of a long list are shown, and where the others are. */
export function omittedNote(total: number, shown: number, things: string, file: string): Markup | undefined {
  return total > shown
    ? html`<p class="note">${total - shown} more ${things} are in <code>${file}</code>.</p>`
    : undefined;
}
