// What there is to know of a table beside what is decided: each note with the line that would say it.
import type { PreparedDataset } from '../dataset/prepare-dataset.ts';
import { featurePowers, leakageBound } from '../dataset/quality/quality-features.ts';
import type { QualityCheck } from '../dataset/quality/quality-report.ts';
import { trainingRows } from '../dataset/split/divided-rows.ts';
import { counted } from '../text/counts.ts';
import { listNames } from '../text/nearest-name.ts';
import { declaredShare, measuredShare } from '../text/percent.ts';
import type { LeftOut } from './proposal.ts';

/** What is not decided here: groups by a guess, near-duplicates, and more of that sort. */
export function notesOf(
  { quality }: Pick<PreparedDataset, 'quality'>,
  { leftOut, group }: { readonly leftOut: readonly LeftOut[]; readonly group: string | undefined },
): string[] {
  const gone = new Set(leftOut.map(({ column }) => column));
  const isSettled = (column: string | undefined): boolean => column !== undefined && gone.has(column);
  const worrying = quality.checks.filter(
    ({ check, column, status }) =>
      status !== 'pass' && !['constant', 'rare-classes'].includes(check) && !isSettled(column),
  );
  return [
    ...(quality.remarks ?? []).flatMap(({ kind, column, message }) =>
      kind === 'group' && column !== group && group === undefined && !isSettled(column) ? [message] : [],
    ),
    ...manyMissing(worrying),
  ];
}

/** So many columns with missing values are told one by one. */
const mostAlone = 5;
const mostNamed = 12;

/** What checks say, but of many columns with missing values only which they are: of a wide table that is one note, not hundreds. */
function manyMissing(checks: readonly QualityCheck[]): string[] {
  const missing = checks.filter(({ check, column }) => check === 'max-missing' && column !== undefined);
  const [first] = missing;
  if (first === undefined || missing.length <= mostAlone) return checks.map(({ message }) => message);
  const names = missing.map(({ column }) => column!);
  return [
    `${counted(missing.length, 'column')} are missing in more than ${declaredShare(Number(first.allowed))} of the rows: ${listNames(names, mostNamed)}`,
    ...checks.flatMap((check) => (missing.includes(check) ? [] : [check.message])),
  ];
}

/** Of what a model of the majority or the mean gets wrong, a column that alone explains more is worth a question. */
const nearCopy = 0.95;

/** Columns that nearly give the target away, too little to be left out: an honest one may do so, and a late one does. */
export function nearCopies(found: PreparedDataset, leftOut: readonly LeftOut[]): string[] {
  const { quality, schema } = found;
  const strongest = Math.max(
    0,
    ...quality.checks.map(({ check, measured }) => (check === 'leakage' ? Number(measured) : 0)),
  );
  if (strongest < nearCopy) return [];
  const gone = new Set(leftOut.map(({ column }) => column));
  return featurePowers(trainingRows(found).table, schema).flatMap(({ name, power }) =>
    power < nearCopy || power > leakageBound || gone.has(name)
      ? []
      : [
          `${name} alone explains ${measuredShare(power)} of ${schema.target}: is it known before ${schema.target} is? If not, --exclude ${name}`,
        ],
  );
}
