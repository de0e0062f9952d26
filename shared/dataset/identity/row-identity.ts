// Which rows are the same: keys and digests of rows, and labels joined by them.
import type { Table } from '../table/table.ts';
import { type EqualRows, findEqualRows, rowsInGroups } from './equal-rows.ts';
import { hashRows, type RowHashes } from './row-hash.ts';
import { hashesApart, rowIds } from './row-id.ts';

/** What identifies rows. */
export interface RowIdentity {
  /** The columns of the key. */
  readonly key: readonly string[];
  /** Hashes of the keys. */
  readonly hashes: RowHashes;
  /** Rows of equal key. */
  readonly equal: EqualRows;
  /** The row ids, see `rowIds`. */
  readonly ids: RowHashes;
  /** Rows of equal key are things of their own, see {@link rowsApart}: of so many keys. */
  readonly apart?: { readonly keys: number };
}

/**
 * Identifies rows by their key, as they were read: cleaning, whose rules may change, moves no row.
 *
 * @param hashes of the keys; default: of the values as the table's columns are typed.
 */
export function identifyRows(
  table: Table,
  key: readonly string[],
  hashes: RowHashes = hashRows(table, key),
): RowIdentity {
  const equal = findEqualRows(hashes);
  return { key, hashes, equal, ids: rowIds(hashes, equal) };
}

/**
 * The same rows, those of equal key told apart by their number among them, in source order: rows that come later have later
 * numbers and move none.
 *
 * @param apart their hashes, where they were numbered among more rows.
 */
export function rowsApart(
  { key, hashes, equal }: RowIdentity,
  apart = hashesApart(hashes, equal),
): RowIdentity {
  return {
    key,
    hashes: apart,
    equal: findEqualRows(apart),
    ids: apart,
    apart: { keys: hashes.high.length - equal.repeated },
  };
}

/**
 * The only rows that can be equal to others in the given columns, ascending; undefined when that is not
 * known, or they are too many to help. Rows that are equal in all columns of a key are equal in the key.
 *
 * @param changed columns that are no longer as they were when the rows were identified.
 */
export function possibleTwins(
  { key, equal, apart }: RowIdentity,
  names: readonly string[],
  changed: ReadonlySet<string>,
): Uint32Array | undefined {
  if (apart || !key.every((name) => names.includes(name) && !changed.has(name))) return undefined;
  // Where most rows have a twin there is nothing to gain.
  return equal.repeated * 4 < equal.first.length ? rowsInGroups(equal) : undefined;
}
