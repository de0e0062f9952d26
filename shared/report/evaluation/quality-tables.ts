import type { QualityChange, QualityCheck, QualityReport } from '../../dataset/quality/quality-report.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { columnNumber } from '../../text/column-number.ts';
import { formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { declaredShare, measuredShare } from '../../text/percent.ts';
import { clipText } from '../../text/visible-text.ts';
import { dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html, type Markup } from '../markup/html.ts';
import { outcomeBadge } from '../markup/icon.ts';
import { type ListLimit, omittedNote } from './section.ts';

const shownChecks = 40;
const shownChanges = 40;
const shownColumns = 100;

const severity = { fail: 0, warn: 1, pass: 2 } as const;

/** Checks, the worst first. */
export function checksTable(checks: readonly QualityCheck[], caption: string, limit: ListLimit): Markup {
  const sorted = checks.toSorted((a, b) => severity[a.status] - severity[b.status]);
  const shown = sorted.slice(0, limit(shownChecks));
  return html`${dataTable({
    caption,
    hideCaption: true,
    columns: [
      { label: 'Check' },
      { label: 'Outcome' },
      { label: 'Found', kind: 'number' },
      { label: 'Allowed', kind: 'number' },
    ],
    rows: shown.map((check) => ({
      cells: [
        html`<code>${dataText(check.check)}</code>${check.column === undefined ? '' : html` ${dataText(check.column)}`}<span class="gate-message">${clipText(check.message, 300)}</span>`,
        outcomeBadge(check.status),
        ...quantities(check),
      ],
    })),
  })}${omittedNote(sorted.length, shown.length, 'checks', 'quality.json')}`;
}

/** Checks whose limit is a share of the rows. */
const shareChecks: ReadonlySet<string> = new Set([
  ...['max-missing', 'missing-target', 'max-duplicates', 'max-dropped'],
]);

/** What was found and what is allowed, shares as percentages, as ciclo.yml has them. */
function quantities({ check, measured, allowed }: QualityCheck): Child[] {
  return shareChecks.has(check) && typeof measured === 'number' && typeof allowed === 'number'
    ? [measuredShare(measured, { beside: allowed }), declaredShare(allowed)]
    : [quantity(measured), quantity(allowed)];
}

function quantity(value: number | string): Child {
  return typeof value === 'number' ? formatNumber(value, { digits: 3 }) : dataText(value, 40);
}

const rules: Readonly<Record<QualityChange['rule'], string>> = {
  trim: 'Spaces around text',
  'non-finite': 'Infinite number',
  'missing-marker': 'Number that means missing',
  'out-of-range': 'Out of range',
  'not-allowed': 'Value not allowed',
  duplicate: 'Duplicate row',
  'missing-value': 'Missing value',
  'missing-target': 'Missing target',
};

const effects: Readonly<Record<QualityChange['effect'], string>> = {
  changed: 'value changed',
  'set-missing': 'set to missing',
  clipped: 'clipped to the range',
  dropped: 'row dropped',
};

/** What cleaning did, rule by rule, with examples. */
export function changesTable(changes: readonly QualityChange[], read: number, limit: ListLimit): Markup {
  const sorted = changes.toSorted((a, b) => b.rows - a.rows);
  const shown = sorted.slice(0, limit(shownChanges));
  return html`${dataTable({
    caption: 'Changes by cleaning, most rows first',
    hideCaption: true,
    columns: [
      { label: 'Rule' },
      { label: 'Column' },
      { label: 'Rows', kind: 'number' },
      { label: 'Effect' },
      { label: 'Examples' },
    ],
    rows: shown.map((change) => ({
      cells: [
        rules[change.rule],
        change.column === undefined ? html`<span class="faint">whole row</span>` : dataText(change.column),
        html`<b>${formatCount(change.rows)}</b> <span class="interval">${read > 0 ? measuredShare(change.rows / read) : ''}</span>`,
        effects[change.effect],
        examples(change),
      ],
    })),
  })}${omittedNote(sorted.length, shown.length, 'changes', 'quality.json')}`;
}

function examples({ examples: found }: QualityChange): Child {
  if (found.length === 0) return html`<span class="faint">–</span>`;
  return html`<ul class="examples">${found
    .slice(0, 3)
    .map(
      ({ part, row, value }) =>
        html`<li>${value === null ? html`<span class="faint">missing</span>` : html`<code>${dataText(String(value), 30)}</code>`} <span class="sub inline">${dataText(part, 40)}, row ${formatCount(row)}</span></li>`,
    )}</ul>`;
}

const roles = { feature: 'feature', target: 'target', ignored: 'not used by the model' } as const;

/** The columns as cleaning saw them. */
export function columnsTable(
  columns: QualityReport['columns'],
  schema: DatasetSchema | undefined,
  kept: number,
  limit: ListLimit,
): Markup {
  const known = new Map(schema?.columns.map((column) => [column.name, column]));
  const shown = columns.slice(0, limit(shownColumns));
  return html`${dataTable({
    caption: 'Columns',
    hideCaption: true,
    columns: [
      { label: 'Column' },
      { label: 'Type' },
      { label: 'Missing', kind: 'number' },
      { label: 'Distinct', kind: 'number' },
      ...(schema ? [{ label: 'Role' }, { label: 'Typical training values', kind: 'number' } as const] : []),
    ],
    rows: shown.map((column) => {
      const details = known.get(column.name);
      return {
        cells: [
          html`${dataText(column.name)}${details?.description ? html`<span class="sub">${dataText(details.description, 120)}</span>` : ''}`,
          html`${column.type}${details?.unit ? html`, ${dataText(details.unit, 20)}` : ''}`,
          html`${formatCount(column.missing)}${column.missing > 0 && kept > 0 && html` <span class="interval">${measuredShare(column.missing / kept)}</span>`}`,
          formatCount(column.distinct),
          ...(schema ? [details ? roles[details.role] : '–', details ? seen(details) : '–'] : []),
        ],
      };
    }),
  })}${omittedNote(columns.length, shown.length, 'columns', 'quality.json')}`;
}

function seen(column: DatasetSchema['columns'][number]): Child {
  if (column.categories) return `${formatCount(column.categories.length)} categories`;
  if (!column.seen) return '–';
  const [low, high] = column.seen;
  if (column.type === 'date') return `${day(low)} to ${day(high)}`;
  const write = (end: number) => columnNumber(end, { among: column.seen!, unit: column.unit });
  return `${write(low)} to ${write(high)}`;
}

/** The day of a time in milliseconds; times that no calendar has are shown as numbers. */
function day(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? formatNumber(milliseconds) : date.toISOString().slice(0, 10);
}
