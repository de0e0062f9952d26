import type { Lock } from '../../config/lock/lock.ts';
import { declaredKey } from '../../config/sections/data-section.ts';
import type { Config } from '../../config/sections/schema.ts';
import { countDistinct } from '../statistics/distinct-count.ts';
import { isIndexName } from '../table/index-name.ts';
import { countMissing } from '../table/missing-rows.ts';
import { type Column, columnLength, type NumberColumn, type Table } from '../table/table.ts';

/** Fewer rows may be all different by chance. */
const fewestRows = 20;
/** A few rows may be there twice. */
const differentShare = 0.98;
/** Of the whole numbers from the lowest to the highest so many are there. */
const density = 0.9;

/** `row-number`: whole numbers without gaps. `identifier`: another value in every row. */
export type IdentifierKind = 'row-number' | 'identifier';

/**
 * Whether a column only tells rows apart. Row numbers are whole numbers, all different, that leave hardly one out
 * between the lowest and the highest, in any order: a measurement of 20 rows does so by chance less than once in a
 * million. Years, one a row, are a time and no row numbers. Sparse whole numbers are identifiers when the column is
 * called so (`id`, `customer_id`, `PassengerId`, `index`), texts when hardly any occurs twice. Whole numbers that pandas calls an
 * index number the rows, those that start again with each of several files too.
 *
 * @example identifierKind('row', { type: 'number', values: Float64Array.from({ length: 50 }, (_, i) => i + 1) }) // 'row-number'
 */
export function identifierKind(name: string, column: Column): IdentifierKind | undefined {
  const rows = columnLength(column);
  if (rows < fewestRows) return undefined;
  if (column.type === 'number') return numberKind(name, column);
  if (column.type !== 'category') return undefined;
  const present = rows - countMissing(column);
  if (present < Math.max(fewestRows, rows / 2) || column.dictionary.length < present * differentShare) {
    return undefined;
  }
  return countDistinct(column) >= present * differentShare ? 'identifier' : undefined;
}

function numberKind(name: string, column: NumberColumn): IdentifierKind | undefined {
  const { values } = column;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isInteger(value)) return undefined;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low >= 0 && isIndexName(name)) return 'row-number';
  const named = isNamedIdentifier(name);
  const dense = values.length >= (high - low + 1) * density;
  if (!dense && !named) return undefined;
  if (low >= 1500 && high <= 2200 && !named) return undefined;
  const distinct = countDistinct(column);
  if (distinct < values.length * differentShare) return undefined;
  return distinct >= (high - low + 1) * density ? 'row-number' : 'identifier';
}

/** What has an identifier, in names that are written as one word of small letters: among those end many in `id` that are none. */
const things =
  'account|booking|case|client|company|contract|customer|device|employee|event|firm|flight|house|household|invoice|item|job|' +
  'listing|loan|member|message|object|order|parcel|part|participant|passenger|patient|person|player|policy|post|product|property|' +
  'pupil|record|respondent|ride|row|sample|sensor|serial|session|shop|store|student|subject|team|ticket|track|transaction|trip|' +
  'tweet|unique|unit|user|vehicle|visit|visitor';
const joinedIdentifier = new RegExp(`(?:^|[^a-z])(?:${things})ids?$`, 'i');
const numberOfRows =
  /(?:^|[^a-z])(?:seq|sequence|serial|rec|record|row|obs|case|id)[ ._-]?(?:no|nr|num|number)$/i;

/**
 * Whether a column is called an identifier: `id`, `customer_id`, `customerId`, `customerid`, `index`, `uuid`, `seqno`; not
 * `humid`, `flavanoids`.
 */
export function isNamedIdentifier(name: string): boolean {
  return (
    /(?:^|[^a-z])(?:ids?|uuid|guid|index|idx|row|rowid|rownames?)$/i.test(name) ||
    /[a-z]I[dD]$/.test(name) ||
    joinedIdentifier.test(name) ||
    numberOfRows.test(name)
  );
}

/**
 * The columns that only tell rows apart, by name, whatever ciclo.yml says of them. What a lock froze stays so: numbers
 * that start again in a later file do not become a feature. Columns that came since are looked at.
 *
 * @param table the rows as they were read, typed.
 */
export function identifierColumns(
  table: Table,
  { target }: Pick<Config, 'target'>,
  lock: Pick<Lock, 'types' | 'identifiers'> | undefined,
): string[] {
  const frozen = lock?.identifiers;
  const found: string[] = [];
  for (const [name, column] of table.columns) {
    if (name === target) continue;
    const isLocked = lock !== undefined && Object.hasOwn(lock.types, name);
    // A lock without identifiers may be older than that names of indexes are known: no feature of it goes.
    const calledSo = isLocked && isIndexName(name) ? '' : name;
    const isFound =
      isLocked && frozen ? frozen.includes(name) : identifierKind(calledSo, column) !== undefined;
    if (isFound) found.push(name);
  }
  return found.sort();
}

/** Whether ciclo.yml says itself what a column is for: its role is declared then, not inferred. */
export function isRoleDeclared(name: string, { data, prepare, features, target }: Config): boolean {
  const key = declaredKey(data);
  return (
    [target, data.time, data.group, ...key, ...prepare.exclude].includes(name) ||
    Object.hasOwn(features, name) ||
    Object.values(prepare.derive).some((expression) => mentions(expression, name))
  );
}

/** Whether a name stands in an expression as a whole word: `d.id`, `d["id"]`; not `d.width`. */
function mentions(expression: string, name: string): boolean {
  for (let at = expression.indexOf(name); at >= 0; at = expression.indexOf(name, at + 1)) {
    const around = [expression[at - 1], expression[at + name.length]];
    if (name !== '' && around.every((letter) => letter === undefined || !/[\p{L}\p{N}_$]/u.test(letter)))
      return true;
  }
  return false;
}
