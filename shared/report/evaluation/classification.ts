import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html, type Markup } from '../markup/html.ts';
import { confusionMarkup } from './confusion.ts';
import { type ListLimit, omittedNote, type Section } from './section.ts';

const shownClasses = 50;

/** Classification: which classes are taken for which. */
export function confusionSection(evaluation: Evaluation, limit: ListLimit): Section | undefined {
  const { confusion, classes, perClass } = evaluation;
  if (!confusion || !classes || confusion.length === 0) return undefined;
  return {
    id: 'confusion',
    title: 'Classes',
    lead: html`Rows are what really was, columns what the model said; the diagonal is right. Shares are of the row, so each row adds up to 100%.`,
    body:
      classes.length <= 4
        ? html`<div class="figures">${confusionMarkup(confusion, classes)}${perClass && perClassTable(perClass, limit)}</div>`
        : [confusionMarkup(confusion, classes), perClass && perClassTable(perClass, limit)],
  };
}

/** A score; null is undefined. */
export function score(value: number | null): Child {
  return value === null
    ? html`<span class="undefined">undefined</span>`
    : formatNumber(value, { decimals: 3 });
}

function perClassTable(perClass: NonNullable<Evaluation['perClass']>, limit: ListLimit): Markup {
  const shown = perClass.slice(0, limit(shownClasses));
  return html`${dataTable({
    caption: 'By class',
    compact: perClass.length > 4,
    columns: [
      { label: 'Class' },
      { label: 'Rows', kind: 'number' },
      { label: 'Precision', kind: 'number' },
      { label: 'Recall', kind: 'number' },
      { label: 'F1', kind: 'number' },
    ],
    rows: shown.map((entry) => ({
      cells: [
        dataText(entry.class),
        formatCount(entry.rows),
        score(entry.precision),
        score(entry.recall),
        score(entry.f1),
      ],
    })),
  })}${omittedNote(perClass.length, shown.length, 'classes', 'evaluation.json')}`;
}
