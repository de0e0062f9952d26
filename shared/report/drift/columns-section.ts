import type { ColumnDrift } from '../../drift/report/drift-report.ts';
import { counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { distributionChart } from '../chart/distribution-chart.ts';
import { disclosure, foldedRows, type ListLimit, omittedNote, type Section } from '../evaluation/section.ts';
import { dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html, trusted } from '../markup/html.ts';
import { outcomeBadge } from '../markup/icon.ts';
import { columnDetails } from './column-details.ts';
import {
  chanceCell,
  columnOutcomeWords,
  decidingEffect,
  decidingTest,
  detectableWords,
  directionWords,
  effectName,
  rankedColumns,
  testWords,
  weightShares,
} from './column-words.ts';
import type { AnyDriftReport } from './drift-verdict.ts';

/** Of what is shortened, the columns are the last to go. */
const shownColumns = 400;

const beforeKey = trusted(
  '<svg class="key" viewBox="0 0 14 14" aria-hidden="true" focusable="false"><path class="before" d="M1 1h12v13H1z"/></svg>',
);
const nowKey = trusted(
  '<svg class="key" viewBox="0 0 14 14" aria-hidden="true" focusable="false"><path class="now" d="M4 1h6v13H4z"/></svg>',
);

/** The columns by what matters to the model, with their distributions, and everything about each to be opened. */
export function columnsSection(
  report: AnyDriftReport,
  limit: ListLimit,
  units: ReadonlyMap<string, string> = new Map(),
): Section | undefined {
  if (report.columns.length === 0) return undefined;
  const ranked = rankedColumns(report);
  const shown = ranked.slice(0, limit(shownColumns));
  const shares = weightShares(report.columns);
  return {
    id: 'columns',
    title: 'Columns',
    lead: html`Drifted columns first, then by importance times effect size. A column has drifted when a test is significant after the correction for all columns <b>and</b> the effect reaches the minimum effect. The smallest detectable change is the one that 80% of such windows would show.`,
    body: [
      foldedRows(shown, openColumns(shown), {
        table: (rows, folded) =>
          html`<div class="columns-table">${dataTable({
            caption: folded ? 'Further columns' : 'Columns by importance to the model',
            hideCaption: true,
            columns: [
              { label: 'Column' },
              { label: 'Outcome' },
              { label: 'Before and now', kind: 'plot' },
              { label: 'Effect size' },
              { label: 'Adjusted p', kind: 'number' },
              { label: 'Smallest detectable change' },
            ],
            rows: rows.map((column) => ({
              quiet: !column.drifted && column.outcome !== 'compared',
              cells: columnCells(column, { share: shares.get(column), unit: units.get(column.name) }),
            })),
          })}</div>`,
        rest: (count) => counted(count, 'more column'),
      }),
      html`<p class="legend" aria-hidden="true"><span>${beforeKey}reference</span><span>${nowKey}current rows</span><span>share of the rows in each bin</span></p>`,
      omittedNote(ranked.length, shown.length, 'columns', 'drift.json'),
      disclosure(
        'Details by column',
        shown.map((column) => columnDetails(column, limit)),
      ),
    ],
  };
}

/** The drifted ones, and ten at least. */
function openColumns(ranked: readonly ColumnDrift[]): number {
  const drifted = ranked.filter((column) => column.drifted).length;
  return Math.min(mostOpenColumns, Math.max(fewestOpenColumns, drifted));
}

const fewestOpenColumns = 10;
const mostOpenColumns = 20;

/** What is known of a column beside its drift. */
export interface ColumnFacts {
  /** Of all feature importance; undefined for what is not a feature. */
  readonly share?: number | undefined;
  readonly unit?: string | undefined;
}

/** The cells of a column's row. */
export function columnCells(column: ColumnDrift, { share, unit }: ColumnFacts = {}): Child[] {
  const direction = directionWords(column, unit);
  return [
    html`${dataText(column.name)}${column.role === 'target' && html` <span class="tag">target</span>`}<span class="sub">${column.kind}${share === undefined ? '' : html` · importance ${measuredShare(share)}`}</span>`,
    outcomeCell(column),
    html`${distributionChart(column, unit) ?? '–'}${direction !== undefined && html`<span class="direction">${direction}</span>`}`,
    effectCell(column),
    pCell(column),
    detectableWords(column),
  ];
}

/** Drift, none, or why there was nothing to test. */
function outcomeCell(column: ColumnDrift): Child {
  const words = columnOutcomeWords(column);
  if (column.drifted) return outcomeBadge('fail', words);
  return column.outcome === 'compared'
    ? outcomeBadge('pass', words)
    : html`${outcomeBadge('not-applicable', words)}<span class="sub">${column.reasons[0]}</span>`;
}

function effectCell(column: ColumnDrift): Child {
  const effect = decidingEffect(column);
  if (!effect) return '–';
  const over = effect.value / effect.floor;
  return html`<b>${formatNumber(effect.value, { digits: 2 })}</b> ${effectName(effect, 'short')}<span class="sub">${over >= 1 ? `${formatNumber(over, { digits: 2 })} ×` : 'below'} the minimum effect of ${formatNumber(effect.floor, { digits: 2 })}</span>`;
}

function pCell(column: ColumnDrift): Child {
  const test = decidingTest(column);
  return html`${chanceCell(column['adjusted-p'])}${test && html`<span class="sub">${testWords(test)}</span>`}`;
}
