import type { ShareCheck } from '../../config/sections/checks-section.ts';
import { byCount, counted, formatCount } from '../../text/counts.ts';
import { declaredShare, measuredShare } from '../../text/percent.ts';
import { findEqualRows } from '../identity/equal-rows.ts';
import { hashRows } from '../identity/row-hash.ts';
import { featureColumns } from '../schema/schema.ts';
import { countMissing } from '../table/missing-rows.ts';
import { columnOf, takeRows } from '../table/table.ts';
import { type CheckedDataset, twinsAmongKept } from './checked-dataset.ts';
import type { QualityCheck } from './quality-report.ts';

interface Bounds {
  readonly warn?: number | undefined;
  readonly fail?: number | undefined;
}

function boundsOf(check: ShareCheck): Bounds | undefined {
  if (check === 'off') return undefined;
  return typeof check === 'number' ? { fail: check } : check;
}

/** A share to be judged by the two levels of its check. */
interface Share {
  readonly check: string;
  readonly column?: string;
  readonly measured: number;
  /** The sentence, given what was measured and what is allowed. */
  readonly message: (found: string, allowed: string, status: QualityCheck['status']) => string;
}

function judgeShare({ check, column, measured, message }: Share, { warn, fail }: Bounds): QualityCheck {
  const failed = fail !== undefined && measured > fail;
  const status = failed ? 'fail' : warn !== undefined && measured > warn ? 'warn' : 'pass';
  const allowed = (failed ? fail : (warn ?? fail)) ?? 1;
  return {
    check,
    status,
    measured,
    allowed,
    message: message(measuredShare(measured, { beside: allowed }), declaredShare(allowed), status),
    ...(column === undefined ? {} : { column }),
  };
}

/** Those that did not pass; when all did, one line with the figures of the worst. */
export function summarise(results: readonly QualityCheck[], message: string): QualityCheck[] {
  const found = results.filter(({ status }) => status !== 'pass');
  if (found.length > 0 || results.length === 0) return found;
  const { check, measured, allowed } = results.reduce((a, b) =>
    Number(b.measured) > Number(a.measured) ? b : a,
  );
  return [{ check, status: 'pass', measured, allowed, message }];
}

/** Missing values of each feature in the rows kept. */
export function missingChecks({ schema, table, columns }: CheckedDataset, check: ShareCheck): QualityCheck[] {
  const bounds = boundsOf(check);
  if (!bounds || table.rows === 0) return [];
  const features = new Set(featureColumns(schema).map((column) => column.name));
  const results = columns
    .filter(({ name }) => features.has(name))
    .map(({ name, missing }) => {
      const measured = missing / table.rows;
      const message = (found: string, allowed: string): string =>
        `${name} is missing in ${found} of the rows; allowed: ${allowed}`;
      return judgeShare({ check: 'max-missing', column: name, measured, message }, bounds);
    });
  return summarise(results, 'every feature has few enough missing values');
}

/** Rows without a target, of all that were read: too many make one ask how labels come about. */
export function missingTargetCheck({ schema, rows }: CheckedDataset, check: ShareCheck): QualityCheck[] {
  const bounds = boundsOf(check);
  if (!bounds || rows.read === 0) return [];
  const measured = rows.missingTarget / rows.read;
  const message = (found: string, allowed: string): string =>
    `the target ${schema.target} is missing in ${counted(rows.missingTarget, 'row')} of ${formatCount(rows.read)} (${found}; allowed: ${allowed}); they cannot be used for training`;
  return [judgeShare({ check: 'missing-target', column: schema.target, measured, message }, bounds)];
}

/** Rows without a group: together they are one group, on one side of the split. */
export function missingGroupCheck({ config, table }: CheckedDataset): QualityCheck[] {
  const { group } = config.data;
  const missing = group === undefined ? 0 : countMissing(columnOf(table, group));
  if (group === undefined || missing === 0) return [];
  return [
    {
      check: 'missing-group',
      column: group,
      status: 'warn',
      measured: missing / table.rows,
      allowed: 0,
      message: `${group} is missing in ${counted(missing, 'row')} of ${formatCount(table.rows)}, which are taken for one group and lie on one side of the split`,
    },
  ];
}

/** Rows that equal an earlier one in every column. */
export function duplicateCheck(checked: CheckedDataset, check: ShareCheck): QualityCheck[] {
  const { table, identity } = checked;
  const bounds = boundsOf(check);
  if (!bounds || table.rows === 0) return [];
  const names = [...table.columns.keys()].sort();
  const twins = twinsAmongKept(checked, names);
  const { repeated } = findEqualRows(hashRows(twins ? takeRows(table, twins) : table, names));
  const measured = repeated / table.rows;
  const advice = identity.apart
    ? ': they are taken for things that look alike; if they are copies, prepare.duplicates: drop keeps the first of each'
    : ': prepare.duplicates: drop keeps the first of each';
  const message = (found: string, allowed: string, status: QualityCheck['status']): string =>
    `${formatCount(repeated)} of ${counted(table.rows, 'row')} ${byCount(repeated, 'equals', 'equal')} an earlier row in every column (${found}; allowed: ${allowed})${status === 'pass' ? '' : advice}`;
  return [judgeShare({ check: 'max-duplicates', measured, message }, bounds)];
}

/** Rows that cleaning dropped. */
export function droppedCheck({ table, rows }: CheckedDataset, check: ShareCheck): QualityCheck[] {
  const bounds = boundsOf(check);
  if (!bounds || rows.read === 0) return [];
  const dropped = rows.read - table.rows;
  const measured = dropped / rows.read;
  const message = (found: string, allowed: string): string =>
    `cleaning dropped ${formatCount(dropped)} of ${counted(rows.read, 'row')} (${found}; allowed: ${allowed}), ${formatCount(rows.missingTarget)} of them because the target is missing`;
  return [judgeShare({ check: 'max-dropped', measured, message }, bounds)];
}

/** Rows left. */
export function minRowsCheck({ table }: CheckedDataset, least: number): QualityCheck {
  return {
    check: 'min-rows',
    status: table.rows < least ? 'fail' : 'pass',
    measured: table.rows,
    allowed: least,
    message: `${counted(table.rows, 'row')} ${byCount(table.rows, 'is', 'are')} left after cleaning; at least ${least} are asked for`,
  };
}
