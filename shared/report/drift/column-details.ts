import type { ColumnDrift } from '../../drift/report/drift-report.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { binTotals, shownBins } from '../chart/distribution-chart.ts';
import { disclosure, type ListLimit } from '../evaluation/section.ts';
import { dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html, type Markup } from '../markup/html.ts';
import { chanceCell, columnOutcomeWords, effectName, testWords } from './column-words.ts';

const mostBins = 20;
const mostCategories = 20;

/** Everything about a column, to be opened when wanted. */
export function columnDetails(column: ColumnDrift, limit: ListLimit): Markup {
  return disclosure(
    html`${dataText(column.name)}: ${columnOutcomeWords(column)}`,
    html`<div class="column">${columnBody(column, limit)}</div>`,
  );
}

/** The tables of a column: why, tests, statistics, values. */
export function columnBody(column: ColumnDrift, limit: ListLimit): Child {
  return [
    column.reasons.length > 0 &&
      html`<ul class="reasons">${column.reasons.slice(0, 10).map((reason) => html`<li>${reason}</li>`)}</ul>`,
    html`<p class="note">${sideWords(column, 'reference')}; ${sideWords(column, 'current')}. ${
      column.exact
        ? 'The statistics are those of the rows.'
        : 'The statistics are those of the profiles’ cells, which stand for the rows.'
    }</p>`,
    testsTable(column),
    statisticsList(column),
    binsTable(column, limit(mostBins)),
    categoriesList(column),
  ];
}

function sideWords(column: ColumnDrift, side: 'reference' | 'current'): string {
  const { rows, missing } = column[side];
  const share = rows > 0 ? ` (${measuredShare(missing / rows)})` : '';
  const name = side === 'reference' ? 'Reference' : 'current';
  return `${name}: ${counted(rows, 'row')}, ${counted(missing, 'missing value')}${share}`;
}

function testsTable(column: ColumnDrift): Markup | undefined {
  if (column.tests.length === 0) return undefined;
  return dataTable({
    caption: html`Tests of ${dataText(column.name)}`,
    compact: true,
    columns: [
      { label: 'Of' },
      { label: 'Test' },
      { label: 'p', kind: 'number' },
      { label: 'Adjusted p', kind: 'number' },
      { label: 'Effects' },
    ],
    rows: column.tests.map((test) => ({
      cells: [
        test.of === 'values' ? 'values' : 'missing values',
        testWords(test),
        chanceCell(test.p),
        chanceCell(test['adjusted-p']),
        test.effects.map(
          (effect) =>
            html`<span class="sub">${effectName(effect, 'long')}: <b>${formatNumber(effect.value, { digits: 3 })}</b>, minimum ${formatNumber(effect.floor, { digits: 2 })}</span>`,
        ),
      ],
    })),
  });
}

function statisticsList({ statistics }: ColumnDrift): Markup | undefined {
  const entries = Object.entries(statistics).flatMap(([key, statistic]) =>
    statistic ? [{ key, statistic }] : [],
  );
  if (entries.length === 0) return undefined;
  return html`<ul class="statistics" aria-label="Statistics">${entries.map(
    ({ key, statistic }) =>
      html`<li><code>${key}</code> <b>${formatNumber(statistic.value, { digits: 4 })}</b>${'p' in statistic && html` p ${chanceCell(bestP(statistic))}`}</li>`,
  )}</ul>`;
}

function bestP(test: {
  p: number;
  'p-exact'?: number | undefined;
  'p-permutation'?: number | undefined;
}): number {
  return test['p-exact'] ?? test['p-permutation'] ?? test.p;
}

function binsTable(column: ColumnDrift, limit: number): Markup | undefined {
  const totals = binTotals(column);
  if (totals.reference === 0 && totals.current === 0) return undefined;
  const shown = shownBins(column, limit);
  const share = (count: number, total: number) => (total === 0 ? '–' : measuredShare(count / total));
  return html`${dataTable({
    caption: html`Values of ${dataText(column.name)}, as shares of the rows that have one`,
    compact: true,
    columns: [
      { label: 'Values' },
      { label: 'Reference', kind: 'number' },
      { label: 'Current', kind: 'number' },
    ],
    rows: shown.map((bin) => ({
      cells: [
        dataText(bin.label),
        share(bin.reference, totals.reference),
        share(bin.current, totals.current),
      ],
    })),
  })}${column.bins.length > shown.length && html`<p class="note">${column.bins.length - shown.length} more are in <code>drift.json</code>.</p>`}`;
}

function categoriesList(column: ColumnDrift): Markup | undefined {
  const added = column['new-categories'];
  if (added.length === 0) return undefined;
  return html`<p class="note"><b>New categories</b>: ${added
    .slice(0, mostCategories)
    .map(({ value, rows }, i) => html`${i > 0 && ', '}${dataText(value)} (${formatCount(rows)})`)}</p>`;
}
