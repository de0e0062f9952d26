import type { QualityReport } from '../../dataset/quality/quality-report.ts';
import { sampleWords } from '../../dataset/quality/sample-report.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { byCount, counted, formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { dataText, html, type Markup } from '../markup/html.ts';
import { outcomeBadge } from '../markup/icon.ts';
import { correlationsMarkup } from './quality-correlations.ts';
import { changesTable, checksTable, columnsTable } from './quality-tables.ts';
import { disclosure, type ListLimit, omittedNote, type Section } from './section.ts';

/** What was read, what cleaning did to it, and whether it was fit for use. */
export function qualitySection(
  quality: QualityReport,
  schema: DatasetSchema | undefined,
  limit: ListLimit,
): Section {
  const worrying = quality.checks.filter((check) => check.status !== 'pass');
  const passed = quality.checks.filter((check) => check.status === 'pass');
  return {
    id: 'data',
    title: 'Data quality',
    body: [
      flowMarkup(quality.rows),
      html`<h3>Checks ${outcomeBadge(quality.status)}</h3>`,
      worrying.length > 0 && checksTable(worrying, 'Checks that need a look', limit),
      quality.checks.length === 0 && html`<p>No checks are declared.</p>`,
      passed.length > 0 &&
        disclosure(
          `${counted(passed.length, 'check')} ${byCount(passed.length, 'passes', 'pass')}`,
          checksTable(passed, 'Checks that pass', limit),
        ),
      ...remarksMarkup(quality, limit),
      html`<h3>What cleaning changed</h3>`,
      quality.changes.length === 0
        ? html`<p>Nothing: every row was taken as it came.</p>`
        : changesTable(quality.changes, quality.rows.read, limit),
      correlationsMarkup(quality.correlations, { target: schema?.target, train: quality.rows.train }, limit),
      disclosure(
        html`${formatCount(quality.columns.length)} columns`,
        columnsTable(quality.columns, schema, quality.rows.kept, limit),
      ),
    ],
  };
}

/** What the table seems to be, where ciclo.yml does not say so. */
function remarksMarkup({ remarks = [] }: QualityReport, limit: ListLimit): (Markup | undefined)[] {
  if (remarks.length === 0) return [];
  const shown = remarks.slice(0, limit(shownRemarks));
  return [
    html`<h3>Remarks</h3>`,
    html`<ul class="remarks">${shown.map(({ message }) => html`<li>${dataText(message, 400)}</li>`)}</ul>`,
    omittedNote(remarks.length, shown.length, 'remarks', 'quality.json'),
  ];
}

const shownRemarks = 40;

type Rows = QualityReport['rows'];

interface Part {
  readonly name: 'train' | 'validation' | 'test';
  readonly rows: number;
  readonly label: string;
  readonly use: string;
}

function sideParts(rows: Rows): Part[] {
  return [
    { name: 'train', rows: rows.train, label: 'train', use: 'the model learns from them' },
    {
      name: 'validation',
      rows: rows.validation,
      label: 'validation',
      use: 'choose the model and stop training',
    },
    { name: 'test', rows: rows.test, label: 'test', use: 'this report' },
  ];
}

/** Rows in folds train, choose and judge, each in its turn; by time the older half only trains. */
function foldParts(rows: Rows, count: number): Part[] {
  const older = rows.train - rows.test;
  const use = 'each is predicted by a model that has not seen it: this report';
  return [
    ...(older > 0
      ? [{ name: 'train' as const, rows: older, label: 'older', use: 'models learn from them' }]
      : []),
    { name: 'test', rows: rows.test, label: `in ${count} folds`, use },
  ];
}

/** The rows' way from the source to the parts that they are divided into. */
function flowMarkup(rows: Rows): Markup {
  const splits = rows.folds ? foldParts(rows, rows.folds.length) : sideParts(rows);
  const sample = sampleWords(rows);
  return html`${
    sample === undefined
      ? ''
      : html`<p>The rows are a sample: ${dataText(sample, 400)}. Whatever is counted here is counted in it.</p>
`
  }<ol class="flow" aria-label="Rows from source to splits">
<li><b>${formatCount(rows.read)}</b><span>${sample === undefined ? 'read' : 'sampled'}</span></li>
<li class="minus"><b>${formatNumber(-rows.dropped)}</b><span>dropped by cleaning</span></li>
<li><b>${formatCount(rows.kept)}</b><span>kept</span></li>
</ol>
<div class="split-bar">${splitBar(splits, rows.kept)}</div>
<ul class="splits" aria-label="Rows of each split">${splits.map(
    (split) =>
      html`<li class="${split.name}"><b>${formatCount(split.rows)}</b> ${split.label} <span class="sub">${rows.kept > 0 ? measuredShare(split.rows / rows.kept) : '–'}, ${split.use}</span></li>`,
  )}</ul>`;
}

function splitBar(splits: readonly Part[], kept: number): Markup | undefined {
  if (kept === 0) return undefined;
  let from = 0;
  const parts = splits.map(({ name, rows }) => {
    const size = (rows / kept) * 1000;
    const part = html`<rect class="${name}" x="${round(from)}" y="0" width="${round(Math.max(0, size - 3))}" height="10"/>`;
    from += size;
    return part;
  });
  return html`<svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">${parts}</svg>`;
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
