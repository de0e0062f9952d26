import { nameWords } from '../../text/name-words.ts';
import { countDistinct } from '../statistics/distinct-count.ts';
import type { Column, NumberColumn } from '../table/table.ts';

/** Years that a column may hold that is called one. */
const calledYears = { low: 1500, high: 2200 };
/** Years that rows of data are of, where nothing but the values speaks for it. */
const usualYears = { low: 1970, high: 2035 };
/** Numbers in the order of fewer rows may be anything, as those of fewer years may be. */
const fewestRows = 100;
const fewestYears = 10;
/** Of the years from the first to the last so many are there. */
const density = 0.8;

const yearWords = words('year years yr yrs yyyy jahr jahre année annee año anio anno jaar rok');
/** What happened to a thing once, and not when its row was written down. */
const onceWords = words(
  'birth born built build construction constructed founded established opened remodel remodeled renovated made manufacture ' +
    'manufactured graduation graduated hired expiry expires maturity geburt geburtsjahr baujahr naissance nacimiento',
);
/** Amounts, counts and codes that may be as large as a year is. */
const amountWords = words(
  'price cost amount fee wage salary income revenue sales value total sum count number num no qty quantity code zip postcode id ' +
    'size weight height length width depth area distance volume power speed score points rpm cc preis betrag anzahl prix precio',
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.normalize('NFC').split(' '));
}

/** Years that are numbers. */
export interface YearColumn {
  readonly first: number;
  readonly last: number;
  readonly distinct: number;
  /**
   * `called`: by its name, when a row happened. `once`: by its name, when something happened to a thing once, such as its birth.
   * `ordered`: its name says nothing, but the rows are in its order.
   */
  readonly by: 'called' | 'once' | 'ordered';
}

/**
 * Whether a column's numbers are years: whole numbers from 1500 to 2200 of a column that is called so, or, in at least 100 rows in
 * their order, at least ten of 1970 to 2035 with hardly a gap, of a column that is not called an amount.
 *
 * @returns undefined where they are not, or one year only.
 */
export function yearsOf(name: string, column: Column): YearColumn | undefined {
  if (column.type !== 'number') return undefined;
  const named = nameWords(name.normalize('NFC'));
  const isCalled = named.some((word) => yearWords.has(word));
  if (!isCalled && named.some((word) => amountWords.has(word))) return undefined;
  const range = wholeRange(column, isCalled ? calledYears : usualYears);
  if (!range) return undefined;
  const distinct = countDistinct(column);
  const found = { first: range.low, last: range.high, distinct };
  if (distinct < 2) return undefined;
  if (isCalled) return { ...found, by: isOfOnce(name) ? 'once' : 'called' };
  const isLikely =
    range.rows >= fewestRows && distinct >= Math.max(fewestYears, density * (range.high - range.low + 1));
  return isLikely && isOrdered(column) ? { ...found, by: 'ordered' } : undefined;
}

/**
 * Whether a column is called something that happened to a thing once, and not when its row was written down.
 *
 * @example isOfOnce('birth_date') // true
 */
export function isOfOnce(name: string): boolean {
  return nameWords(name.normalize('NFC')).some((word) => onceWords.has(word));
}

/** Lowest and highest of the numbers; undefined where one is not whole or out of bounds, or more are missing than there. */
function wholeRange({ values }: NumberColumn, bounds: { readonly low: number; readonly high: number }) {
  let rows = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value) || value < bounds.low || value > bounds.high) return undefined;
    rows++;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return rows > 0 && rows >= values.length / 2 ? { rows, low, high } : undefined;
}

/** Whether no value is less than the one before, or none is more. */
function isOrdered({ values }: NumberColumn): boolean {
  let rises = false;
  let falls = false;
  let before = Number.NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    rises ||= value > before;
    falls ||= value < before;
    before = value;
  }
  return !(rises && falls);
}
