import type { ColumnChange, DataChanges } from '../../dataset/profile/data-changes.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { formatEstimate, formatNumber } from '../../text/number-format.ts';
import { declaredShare, measuredShare } from '../../text/percent.ts';
import { bulletList, code, joinedPieces, type Markdown, md, type Piece, table } from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { restInReport } from './words.ts';

/** Below this share of rows, a column's values are as good as the same. */
const worthSaying = 0.05;
const namedCategories = 3;

/** How this model's training data differs from the champion's. @param limit columns at most. */
export function dataChangesBlocks(report: PullRequestReport, limit: number): Piece[] {
  const { data } = report;
  if (!data) return [];
  const columns = worthSeeing(data);
  const shown = columns.slice(0, limit);
  const little = data.columns.length - columns.length;
  return [
    md`Against the champion’s training data: ${rowsWords(data)}.`,
    bulletList([targetLine(data), ...classLines(data)].filter((line) => line !== undefined)),
    columns.length === 0
      ? md`No column changed noticeably.`
      : table(
          [{ label: 'Column' }, { label: 'What changed' }],
          shown.map((column) => [code(column.name), changeWords(column)]),
        ),
    restInReport(report, columns.length - shown.length, 'column'),
    little > 0 &&
      md`${counted(little, `${columns.length > 0 ? 'other ' : ''}column`)} moved by less than ${declaredShare(worthSaying)} of the rows.`,
  ];
}

/** Columns whose change is worth a line. */
export function worthSeeing({ columns }: DataChanges): readonly ColumnChange[] {
  return columns.filter(({ kind, weight }) => kind !== 'values' || weight >= worthSaying);
}

function rowsWords({ rows }: DataChanges): string {
  const change = rows.after - rows.before;
  const now = counted(rows.after, 'row');
  if (change === 0) return `${now}, as many as before`;
  return `${now}, ${formatCount(Math.abs(change))} ${change > 0 ? 'more' : 'fewer'} than ${formatCount(rows.before)}`;
}

function targetLine({ target }: DataChanges): Markdown | undefined {
  return target.before === target.after
    ? undefined
    : md`The target is ${code(target.after)}; it was ${code(target.before)}.`;
}

function classLines({ classes }: DataChanges): Markdown[] {
  return [
    ...(classes.added.length > 0 ? [md`New classes: ${names(classes.added)}.`] : []),
    ...(classes.gone.length > 0 ? [md`Classes that are gone: ${names(classes.gone)}.`] : []),
  ];
}

function names(values: readonly string[]): Markdown {
  const rest = values.length - namedCategories;
  return joinedPieces(
    [
      ...values.slice(0, namedCategories).map((value) => code(value, 40)),
      rest > 0 && `${formatCount(rest)} more`,
    ],
    ', ',
  );
}

function changeWords(column: ColumnChange): Markdown {
  return joinedPieces([schemaWords(column), ...valuesWords(column)], '; ');
}

function schemaWords({ kind, type, roles }: ColumnChange): Piece {
  switch (kind) {
    case 'new':
      return md`**new** ${type.after ?? ''} ${roleWords(roles.after)}`;
    case 'gone':
      return md`**gone**, was a ${type.before ?? ''} ${roleWords(roles.before)}`;
    case 'retyped':
      return md`**now ${type.after ?? ''}**, was ${type.before ?? ''}`;
    case 'role':
      return md`**now ${seenWords(roles.after)}**, was ${seenWords(roles.before)}`;
    case 'values':
      return undefined;
  }
}

function roleWords(role: ColumnChange['role'] | undefined): string {
  return role === 'ignored' ? 'column that models do not see' : (role ?? '');
}

function seenWords(role: ColumnChange['role'] | undefined): string {
  return role === 'ignored' ? 'hidden from models' : role === 'target' ? 'the target' : 'a feature';
}

function valuesWords({ numbers, categories, trueShare, missing, type }: ColumnChange): Piece[] {
  return [
    numbers && type.after !== 'date' && numberWords(numbers),
    numbers && type.after === 'date' && dateWords(numbers),
    ...(categories ? categoryWords(categories) : []),
    trueShare && `true ${measuredShare(trueShare.before)} → ${measuredShare(trueShare.after)}`,
    missing &&
      missing.before !== missing.after &&
      `missing ${measuredShare(missing.before)} → ${measuredShare(missing.after)}`,
  ];
}

type Numbers = NonNullable<ColumnChange['numbers']>;

function numberWords({ mean, spread, shift }: Numbers): string {
  // Decimals that the spread deserves, for means and spreads alike.
  const like = { low: mean.before - spread.before, high: mean.before + spread.before };
  const [from, to] = [mean.before, mean.after].map((value) => formatEstimate({ value, ...like }));
  const [was, is] = [spread.before, spread.after].map((value) => formatEstimate({ value, ...like }));
  return `mean ${from} → ${to}${shiftWords(shift)}, spread ${was} → ${is}`;
}

function shiftWords(shift: number | null): string {
  return shift === null ? '' : ` (${formatNumber(shift, { decimals: 2, sign: true })} of the old spread)`;
}

function dateWords({ mean, shift }: Numbers): string {
  return `middle ${day(mean.before)} → ${day(mean.after)}${shiftWords(shift)}`;
}

/** The day of a time in milliseconds; times that no calendar has are shown as numbers. */
function day(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? formatNumber(milliseconds) : date.toISOString().slice(0, 10);
}

function categoryWords({ added, gone, most }: NonNullable<ColumnChange['categories']>): Piece[] {
  const share = (values: readonly { readonly share: number }[]) =>
    measuredShare(
      Math.min(
        1,
        values.reduce((sum, value) => sum + value.share, 0),
      ),
    );
  const listed = (values: readonly { readonly value: string }[]) => names(values.map(({ value }) => value));
  return [
    added.length > 0 && md`new ${listed(added)} (${share(added)} of rows)`,
    gone.length > 0 && md`gone ${listed(gone)} (was ${share(gone)} of rows)`,
    most && md`${code(most.value, 40)} ${measuredShare(most.before)} → ${measuredShare(most.after)}`,
  ];
}
