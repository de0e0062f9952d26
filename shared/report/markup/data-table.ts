import { type Child, html, type Markup } from './html.ts';

/** A column of a table in a report. */
export interface ColumnHead {
  readonly label: string;
  readonly kind?: 'text' | 'number' | 'plot' | 'bar';
  /** Drawn in the heading after the label: a scale. */
  readonly extra?: Child;
}

/** A row: as many cells as columns, the first its heading. */
export interface TableRow {
  readonly cells: readonly Child[];
  /** Shown pale: not judged. */
  readonly quiet?: boolean;
}

/** A table for reports. */
export interface DataTable {
  readonly caption: Child;
  /** Keep the caption for screen readers only, when the heading above says the same. */
  readonly hideCaption?: boolean;
  readonly columns: readonly ColumnHead[];
  readonly rows: readonly TableRow[];
  /** Little room between rows: for tables of plain numbers. */
  readonly compact?: boolean;
  /** Of sentences, which have no room beside each other on a narrow screen, however few columns there are. */
  readonly sentences?: boolean;
  /** Stay a table on a narrow screen and scroll, by this name: for many rows of short numbers. */
  readonly scrolls?: string;
}

/**
 * A table that, with more columns than fit, becomes a list of labelled values on a narrow screen. The roles repeat what the elements mean,
 * because browsers forget it when a style sheet changes how a table is laid out.
 */
export function dataTable(table: DataTable): Markup {
  const { columns, scrolls } = table;
  const layout = scrolls === undefined ? stacking(table) : ' scroll';
  const region = scrolls === undefined ? '' : html` role="region" aria-label="${scrolls}" tabindex="0"`;
  return html`<div class="table-box${layout}${table.compact && ' compact'}"${region}><table role="table">
<caption${table.hideCaption ? html` class="visually-hidden"` : ''}>${table.caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(
    (column) =>
      html`<th role="columnheader" scope="col" class="${column.kind ?? 'text'}">${column.label}${column.extra}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">${table.rows.map((row) => rowMarkup(row, columns))}</tbody>
</table></div>`;
}

/** Drawings and many columns need room early, a few columns of numbers only on the narrowest screens. */
function stacking({ columns, sentences }: DataTable): string {
  if (columns.length > 6) return ' stack-early';
  if (columns.length > 5 || columns.some(({ kind }) => kind === 'plot' || kind === 'bar')) return ' stack';
  return columns.length > 3 || (sentences && columns.length > 2) ? ' stack-late' : '';
}

function rowMarkup(row: TableRow, columns: readonly ColumnHead[]): Markup {
  return html`<tr role="row"${row.quiet ? html` class="quiet"` : ''}>${row.cells.map((cell, i) => {
    const kind = columns[i]?.kind ?? 'text';
    return i === 0
      ? html`<th role="rowheader" scope="row" class="${kind}">${cell}</th>`
      : html`<td role="cell" class="${kind}" data-label="${columns[i]?.label}"><div>${cell}</div></td>`;
  })}</tr>
`;
}
