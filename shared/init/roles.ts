import type { Config } from '../config/sections/schema.ts';
import { identifierKind, isNamedIdentifier } from '../dataset/identity/identifiers.ts';
import type { PreparedDataset } from '../dataset/prepare-dataset.ts';
import { type Panel, panelOf } from '../dataset/quality/panel.ts';
import type { QualityRemark } from '../dataset/quality/quality-report.ts';
import { targetParts } from '../dataset/quality/target-parts.ts';
import { featureColumns } from '../dataset/schema/schema.ts';
import { trainingRows } from '../dataset/split/divided-rows.ts';
import type { DateColumn, Table } from '../dataset/table/table.ts';
import { yearsOf } from '../dataset/time/year-column.ts';
import { nameWords } from '../text/name-words.ts';
import { type Finding, findingsOf } from './findings.ts';
import { nearCopies } from './notes.ts';
import type { LeftOut, Proposal, Reasoned } from './proposal.ts';
import { yearNotes } from './year-notes.ts';

/** What columns are for, beside the target. */
export type Roles = Pick<Proposal, 'key' | 'time' | 'season' | 'byTime' | 'group' | 'leftOut'> & {
  readonly findings: readonly Finding[];
};

const year = 365.25 * 24 * 3600 * 1000;
/** Fewer moments are no time along which anything could change. */
const fewestTimes = 10;
/** Fewer moments are too few to divide rows by: a dozen years would leave the newest two to judge. */
const fewestTimesToDivide = 50;
/** Fewer things are too few for folds of whole ones. */
const fewestUnits = 10;

/**
 * Takes the roles of a table's columns out of what prepare finds in it: its remarks and its checks.
 *
 * @param table typed, as it was read. @param found what prepare says of it under `config`, which names target and task alone.
 * @param remaining the same without what a person has left out. A column that models do not see may still be key or group.
 */
export function rolesOf(
  table: Table,
  { found, remaining }: { readonly found: PreparedDataset; readonly remaining: PreparedDataset },
  config: Config,
): Roles {
  const remarks = found.quality.remarks ?? [];
  const of = (kind: QualityRemark['kind']): string[] =>
    remarks.flatMap((remark) => (remark.kind === kind && remark.column !== undefined ? [remark.column] : []));
  const personal = of('personal');
  const key = keyOf(table, config, personal);
  const time = timeOf(table, of('time'), config);
  const panel = panelOf(table, config.target);
  const group = groupOf(of('group')) ?? unitOf(panel, time && distinctTimes(table, time.value));
  const taken = [key?.value, group?.value, time?.value];
  return {
    ...(key ? { key } : {}),
    ...(time ? { time, ...timeChoices(table, time.value, group !== undefined) } : {}),
    ...(group ? { group } : {}),
    leftOut: leftOutOf(remaining, { taken }),
    findings: [
      ...(panel ? [{ kind: 'panel' as const, panel }] : []),
      ...findingsOf(remaining),
      ...nearCopies(remaining),
      ...yearNotes(table, config),
    ],
  };
}

/** A column that is called an identifier and is one; row numbers of files that are written again are none. */
function keyOf(table: Table, { target }: Config, personal: readonly string[]): Reasoned<string> | undefined {
  for (const [name, column] of table.columns) {
    if (name === target || personal.includes(name) || identifierKind(name, column) === undefined) continue;
    if (!isNamedIdentifier(name) || numbersRows(name)) continue;
    return { value: name, why: 'another value in every row: it identifies one' };
  }
  return undefined;
}

/** Whether a column is called a number of rows or a place in a list: of several files put together, it starts again with each. */
function numbersRows(name: string): boolean {
  return nameWords(name).some((word) => /^(?:index|idx|row|rows|rowid|rownames?|seq(?:no)?|obs)$/.test(word));
}

function groupOf(columns: readonly string[]): Reasoned<string> | undefined {
  const name = columns.find((one) => isNamedIdentifier(one) && !numbersRows(one));
  return name === undefined
    ? undefined
    : { value: name, why: 'several rows each: those of one belong together' };
}

/**
 * The unit of a panel, unless there are times enough for the newest rows to judge: those are of the same units, as rows to come
 * are. Few units are too few to judge by.
 */
function unitOf(panel: Panel | undefined, times = 0): Reasoned<string> | undefined {
  if (!panel || panel.units < fewestUnits || times >= fewestTimesToDivide) return undefined;
  return { value: panel.unit, why: `a row for each ${panel.time}: those of one belong together` };
}

function timeOf(table: Table, dates: readonly string[], { target }: Config): Reasoned<string> | undefined {
  const date = dates.find(
    (name) => table.columns.get(name)?.type === 'date' && distinctTimes(table, name) >= fewestTimes,
  );
  if (date !== undefined) return { value: date, why: 'when a row happened' };
  for (const [name, column] of table.columns) {
    const years = name === target ? undefined : yearsOf(name, column);
    if (years?.by === 'called' && years.distinct >= fewestTimes)
      return { value: name, why: 'the year of a row' };
  }
  return undefined;
}

function distinctTimes(table: Table, name: string): number {
  const column = table.columns.get(name);
  return column?.type === 'date' || column?.type === 'number' ? new Set(column.values).size : 0;
}

/**
 * The month is learnt from where the dates span more than a year; the newest rows judge where nothing must stay together, and
 * where there are times enough to divide by.
 */
function timeChoices(table: Table, name: string, grouped: boolean): Pick<Proposal, 'season' | 'byTime'> {
  const column = table.columns.get(name)!;
  const isFine = distinctTimes(table, name) >= fewestTimesToDivide;
  const byTime = grouped
    ? {}
    : !isFine
      ? { byTime: { value: false, why: 'too few different times' } }
      : { byTime: { value: true, why: 'rows to come are newer than all that a model has seen' } };
  if (column.type !== 'date' || !hasSeasons(column)) return byTime;
  return { ...byTime, season: { value: true, why: 'the dates span years: the month may matter' } };
}

function hasSeasons({ values }: DateColumn): boolean {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const months = new Set<number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    months.add(new Date(value).getUTCMonth());
  }
  return high - low >= year && months.size >= 6;
}

function leftOutOf(
  found: PreparedDataset,
  { taken }: { readonly taken: readonly (string | undefined)[] },
): LeftOut[] {
  const useless = reasonsOf(found, taken, uselessness);
  const all = reasonsOf(found, taken, (add) => {
    uselessness(add, found);
    giveaways(add, found);
  });
  // Where every column alone gives the target away, it may well be a rule that is to be learnt.
  const isLeft = featureColumns(found.schema).some(({ name }) => !all.has(name) && !taken.includes(name));
  return [...(isLeft ? all : useless)].map(([column, why]) => ({ column, why }));
}

/** Tells of a column why models are not to see it; the first reason counts. */
type Add = (column: string | undefined, why: string) => void;

function reasonsOf(
  found: PreparedDataset,
  taken: readonly (string | undefined)[],
  look: (add: Add, found: PreparedDataset) => void,
): Map<string, string> {
  const reasons = new Map<string, string>();
  look((column, why) => {
    if (column !== undefined && !taken.includes(column) && !reasons.has(column)) reasons.set(column, why);
  }, found);
  return reasons;
}

/** Columns that tell nothing of new rows, and those of persons. */
function uselessness(add: Add, { quality }: PreparedDataset): void {
  for (const { column, kind } of quality.remarks ?? []) {
    if (kind === 'row-number') add(column, 'numbers the rows');
    if (kind === 'identifier') add(column, 'a different value in nearly every row: it only tells rows apart');
    if (kind === 'personal') add(column, 'looks like personal data');
    if (kind === 'nearly-unique') add(column, 'free text: hardly a value comes back');
  }
  for (const { check, column, status } of quality.checks) {
    if (check === 'constant' && status !== 'pass') add(column, 'one value only');
  }
}

/** Columns that say what the target is, and may well come to be known with it. */
function giveaways(add: Add, found: PreparedDataset): void {
  const { quality, schema } = found;
  for (const { columns, expression } of targetParts(trainingRows(found).table, schema)) {
    for (const column of columns) add(column, `gives the target away: ${schema.target} is ${expression}`);
  }
  for (const { check, column, status } of quality.checks) {
    if (check === 'leakage' && status !== 'pass')
      add(column, 'alone gives the target away: is it known before?');
  }
}
