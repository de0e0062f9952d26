// Columns whose values differ from one table to the next by what they are: row numbers, identifiers, times of the rows.
import { orderingOf, rankCorrelation } from '../algebra/rank-correlation.ts';
import { type IdentifierKind, identifierKind } from '../dataset/identity/identifiers.ts';
import { sideBeyond } from '../dataset/statistics/side-beyond.ts';
import {
  type Column,
  columnLength,
  type DateColumn,
  type NumberColumn,
  type Table,
} from '../dataset/table/table.ts';
import { isOfOnce, yearsOf } from '../dataset/time/year-column.ts';

/** Fewer rows may be in an order by chance. */
const fewestRows = 20;
/** From this rank correlation with the time of the rows on, a date goes with it. */
const goesWith = 0.95;

/** A column that is not tested, since a test of it would say that the tables are two. */
export interface ByNature {
  readonly name: string;
  readonly kind: IdentifierKind | 'time';
  /** Why, as the rest of a sentence that begins with the name: `numbers the rows`. */
  readonly why: string;
}

/** Both tables, typed alike. */
export interface BothTables {
  readonly reference: Table;
  readonly current: Table;
}

/**
 * The columns whose values in later rows are others by nature, in the order of the reference:
 *
 * - identifiers and row numbers, by the rule of `prepare`, {@link identifierKind}. The reference alone decides, as a lock does: a
 *   file of a month that numbers its rows from 1 again is no new world.
 * - times of the rows. Dates, and numbers that are years, that rise or fall with the rows of both tables, or of which at least
 *   95% lie after all those of the reference; whole numbers that only rise with the rows, without ties, from one table to the next; and
 *   dates that go with such a time (rank correlation of at least 0.95 on both sides).
 *
 * A measurement meets none of it by chance. What goes back in time, such as dates that are all of 1970, is none of it either.
 *
 * @param time a column that is known to be the time.
 */
export function differentByNature(tables: BothTables, time?: string): ByNature[] {
  const names = [...tables.reference.columns.keys()];
  const found = new Map<string, ByNature>();
  for (const [name, column] of tables.reference.columns) {
    const kind = identifierKind(name, column);
    if (kind === undefined) continue;
    found.set(name, { name, kind, why: `${identifierWords[kind]}${brokenWords(name, tables.current)}` });
  }
  for (const name of names) {
    if (found.has(name) || !movesForward(name, tables)) continue;
    found.set(name, { name, kind: 'time', why: 'is a time that moves forward from row to row' });
  }
  const first = time ?? names.find((name) => found.get(name)?.kind === 'time');
  for (const name of names) {
    if (first === undefined || found.has(name) || !follows(name, first, tables)) continue;
    found.set(name, { name, kind: 'time', why: `goes with the time, ${first}` });
  }
  return names.flatMap((name) => found.get(name) ?? []);
}

const identifierWords: Readonly<Record<IdentifierKind, string>> = {
  'row-number': 'numbers the rows',
  identifier: 'has another value in nearly every row',
};

/** What is odd about an identifier in the current rows; it raises no alarm, and nobody shall miss it. */
function brokenWords(name: string, current: Table): string {
  const column = current.columns.get(name);
  if (!column) return ', and the current rows do not have it';
  if (columnLength(column) < fewestRows || identifierKind(name, column) !== undefined) return '';
  return ', in the reference alone: in the current rows values come back or are missing';
}

/** The column of both sides, where both have numbers in it, or both dates. */
function valuesOf(name: string, { reference, current }: BothTables): [Timed, Timed] | undefined {
  const before = reference.columns.get(name);
  const after = current.columns.get(name);
  return isTimed(before) && isTimed(after) && before.type === after.type ? [before, after] : undefined;
}

type Timed = NumberColumn | DateColumn;

function isTimed(column: Column | undefined): column is Timed {
  return column?.type === 'number' || column?.type === 'date';
}

function movesForward(name: string, tables: BothTables): boolean {
  const [before, after] = valuesOf(name, tables) ?? [];
  if (!before || !after) return false;
  const orders = [orderOf(before.values), orderOf(after.values)] as const;
  const isOrdered = orders[0] !== undefined && orders[0]?.rises === orders[1]?.rises;
  if (isWhen(name, before, after)) return isOrdered || sideBeyond(after.values, before.values) === 'above';
  if (before.type !== 'number' || !isOrdered || orders.some((order) => !order?.isStrict)) return false;
  return (
    after.values.every(Number.isInteger) && before.values.every(Number.isInteger) && goesOn(before, after)
  );
}

/** Whether a column says when a row was, and not when a thing came to be. */
function isWhen(name: string, before: Timed, after: Timed): boolean {
  if (isOfOnce(name)) return false;
  if (before.type === 'date') return true;
  const values = new Float64Array(before.values.length + after.values.length);
  values.set(before.values);
  values.set(after.values, before.values.length);
  return yearsOf(name, { type: 'number', values }) !== undefined;
}

/** The order that rows are in by a column; undefined where they are in none, all alike, or too few. */
function orderOf(values: Float64Array): { readonly rises: boolean; readonly isStrict: boolean } | undefined {
  let [rises, falls, ties, rows] = [0, 0, 0, 0];
  let before = Number.NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    rows++;
    if (value > before) rises++;
    else if (value < before) falls++;
    else if (value === before) ties++;
    before = value;
  }
  if (rows < fewestRows || rises > 0 === falls > 0) return undefined;
  return { rises: rises > 0, isStrict: ties === 0 };
}

/** Whether every later value is above all earlier ones. */
function goesOn({ values: before }: Timed, { values: after }: Timed): boolean {
  const most = before.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  return after.every((value) => value > most);
}

function follows(name: string, time: string, tables: BothTables): boolean {
  const [before, after] = valuesOf(name, tables) ?? [];
  const [timeBefore, timeAfter] = valuesOf(time, tables) ?? [];
  if (before?.type !== 'date' || !after || !timeBefore || !timeAfter || name === time) return false;
  const rho = (a: Timed, b: Timed): number => rankCorrelation(orderingOf(a.values), orderingOf(b.values)).rho;
  return rho(before, timeBefore) >= goesWith && rho(after, timeAfter) >= goesWith;
}
