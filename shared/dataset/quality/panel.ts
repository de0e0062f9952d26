import { LargeSet } from '../../platform/large-map.ts';
import { nameWords } from '../../text/name-words.ts';
import { isNamedIdentifier } from '../identity/identifiers.ts';
import { countDistinct } from '../statistics/distinct-count.ts';
import type { Column, Table } from '../table/table.ts';
import { yearsOf } from '../time/year-column.ts';

/** Fewer rows may lie on a grid by chance. */
const fewestRows = 30;
/** Fewer things are no units: two arms of a trial, three species. */
const fewestUnits = 5;
/** Of the rows, so many have a unit and a time that no other has. */
const oneEach = 0.98;
/** Of all units at all times, so many are there. */
const coverage = 0.5;

const timeWords = new Set(
  (
    'year years yr yrs yyyy time times t date dates day days week weeks month months quarter quarters period periods wave waves round rounds visit ' +
    'visits season session occasion age jahr monat woche tag quartal zeit'
  ).split(' '),
);
/** Parts of a time that come back: what has a row for each of them in each year is no panel of twelve things. */
const timeParts = new Set('hour hours hr hrs minute second weekday dayofweek dow stunde minute'.split(' '));

/** Units that were looked at again and again: states by years, patients by visits. */
export interface Panel {
  readonly unit: string;
  readonly time: string;
  readonly units: number;
  readonly times: number;
}

/**
 * Whether a table's rows are units at times: texts or whole numbers, at least five, of which each comes back, at most once at each
 * value of a column that is called a time (or is a date, or years), and which together are there at half or more of all times. Rows
 * that are drawn at random meet it in hardly one of a million tables: of two rows with the same unit some have the same time.
 *
 * @param target is neither unit nor time.
 * @returns the panel whose unit is called an identifier, else of texts, else the first; undefined where the rows are none.
 */
export function panelOf({ rows, columns }: Table, target: string): Panel | undefined {
  if (rows < fewestRows) return undefined;
  const names = [...columns.keys()].filter((name) => name !== target);
  const times = names.filter((name) => isTime(name, columns.get(name)!));
  const units = names
    .filter((name) => !isTimeName(name) && !times.includes(name))
    .map((name) => ({ name, column: columns.get(name)! }))
    .filter(({ column }) => isUnit(column, rows))
    .sort((a, b) => unitRank(a.name, a.column) - unitRank(b.name, b.column));
  for (const unit of units) {
    const count = countDistinct(unit.column);
    for (const time of times) {
      const moments = columns.get(time)!;
      const distinct = countDistinct(moments);
      if (distinct < 2 || rows < coverage * count * distinct) continue;
      if (differentPairs(unit.column, moments, rows) < oneEach * rows) continue;
      return { unit: unit.name, time, units: count, times: distinct };
    }
  }
  return undefined;
}

function isTimeName(name: string): boolean {
  return nameWords(name).some((word) => timeWords.has(word) || timeParts.has(word));
}

function isTime(name: string, column: Column): boolean {
  if (column.type === 'date') return true;
  if (column.type !== 'number') return false;
  return nameWords(name).some((word) => timeWords.has(word)) || yearsOf(name, column) !== undefined;
}

function isUnit(column: Column, rows: number): boolean {
  if (column.type !== 'category' && column.type !== 'number') return false;
  if (column.type === 'number' && !column.values.every(Number.isInteger)) return false;
  const distinct = countDistinct(column);
  return distinct >= fewestUnits && 2 * distinct <= rows;
}

function unitRank(name: string, { type }: Column): number {
  return isNamedIdentifier(name) ? 0 : type === 'category' ? 1 : 2;
}

function differentPairs(unit: Column, time: Column, rows: number): number {
  const seen = new LargeSet<string>();
  for (let row = 0; row < rows; row++) seen.add(`${cellOf(unit, row)} ${cellOf(time, row)}`);
  return seen.size;
}

function cellOf(column: Column, row: number): number {
  return column.type === 'category' ? column.codes[row]! : column.values[row]!;
}
