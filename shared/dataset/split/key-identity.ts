import type { Lock } from '../../config/lock/lock.ts';
import type { Config } from '../../config/sections/schema.ts';
import { areManyThings } from '../identity/alike-rows.ts';
import { hashKeys, type KeyHash } from '../identity/key-hash.ts';
import { hashRows, type RowHashes } from '../identity/row-hash.ts';
import { identifyRows, type RowIdentity, rowsApart } from '../identity/row-identity.ts';
import type { PinnedTable } from '../lock/pinned-table.ts';
import { columnOf, type Table } from '../table/table.ts';
import { hashSides, type RowsToDivide } from './split-rows.ts';

/** What identifies rows, and by which hash. */
export interface KeyIdentity {
  readonly hash: KeyHash;
  readonly identity: RowIdentity;
  readonly hashesOf: (names: readonly string[]) => RowHashes;
  /** No row has another place than by hash 1. */
  readonly unmoved: boolean;
}

/** Whether rows that a sample was drawn of are told apart, and by which hashes: all of them decide it, and give the numbers. */
export interface DrawnIdentity {
  /** Of the drawn rows; undefined where rows of equal key are together. */
  readonly apart: RowHashes | undefined;
}

/** The hash of a lock's version; of a new lock the newest. */
export function keyHashOf(lock: Pick<Lock, 'version'> | undefined): KeyHash {
  return lock?.version ?? 2;
}

/** Identifies the pinned rows by the values of their key, by one of the hashes. */
export function identifyByKey(pinned: PinnedTable, key: readonly string[], hash: KeyHash): KeyIdentity {
  const hasher = keyHasher(pinned, hash);
  const { hashesOf } = hasher;
  const identity = identifyRows(pinned.table, key, hashesOf(key));
  return {
    ...{ hash, identity, hashesOf },
    get unmoved() {
      return hasher.unmoved;
    },
  };
}

/** Hashes the pinned rows over the values of columns, by one of the hashes. */
export function keyHasher(
  { table, asRead }: PinnedTable,
  hash: KeyHash,
): Pick<KeyIdentity, 'hashesOf' | 'unmoved'> {
  if (hash === 1) return { hashesOf: (names) => hashRows(table, names), unmoved: true };
  let unmoved = true;
  return {
    hashesOf(names) {
      const columns = names.map((name) => ({ asRead: asRead(name), typed: columnOf(table, name) }));
      const found = hashKeys(columns, table.rows);
      unmoved &&= found.unmoved;
      return found.hashes;
    },
    get unmoved() {
      return unmoved;
    },
  };
}

/**
 * Tells rows of equal key apart where the lock does, and for a new lock where nobody said what identifies a row and few
 * different ones stand for many things (see {@link areManyThings}): whatever is learnt of one is then asked of others, and
 * parts of rows that are equal would be models of other things.
 *
 * @param drawn where the rows are a sample: as it was when all were there.
 */
export function toldApart(
  keyed: KeyIdentity,
  table: Table,
  {
    config,
    lock,
    drawn,
  }: { readonly config: Config; readonly lock: Lock | undefined; readonly drawn?: DrawnIdentity | undefined },
): KeyIdentity {
  const { hash, hashesOf, unmoved } = keyed;
  if (drawn) {
    return drawn.apart
      ? { hash, hashesOf, unmoved, identity: rowsApart(keyed.identity, drawn.apart) }
      : keyed;
  }
  const { key: names, equal } = keyed.identity;
  if (!mayBeApart(config, lock)) return keyed;
  const apart = lock !== undefined || areManyThings(table, { names, target: config.target, equal });
  if (!apart) return keyed;
  return { hash, hashesOf, unmoved, identity: rowsApart(keyed.identity) };
}

/** Whether rows of equal key can be told apart at all: the lock does, or nobody said what identifies a row. */
export function mayBeApart({ data, split, prepare }: Config, lock: Lock | undefined): boolean {
  if (lock) return lock.split.apart === true;
  const isUnsaid = data.key === undefined && data.group === undefined;
  return isUnsaid && split.by === 'hash' && prepare.duplicates !== 'drop';
}

/** How many of the kept rows lie on another side of the split than the hash of the former lock put them on. */
export function movedRows(
  division: RowsToDivide,
  {
    pinned,
    key,
    sides,
    kept,
  }: { pinned: PinnedTable; key: readonly string[]; sides: Uint8Array; kept: Uint32Array },
): number {
  if (division.config.split.by === 'time') return 0;
  const { identity, hashesOf } = identifyByKey(pinned, key, 1);
  const before = hashSides({ ...division, identity, hashesOf }, kept);
  let moved = 0;
  for (let i = 0; i < before.length; i++) if (before[i] !== sides[i]) moved++;
  return moved;
}
