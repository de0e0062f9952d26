import type { RowHashes } from './row-hash.ts';

/** Which rows are equal. */
export interface EqualRows {
  /** For each row the first row that equals it: itself, when there is none before it. */
  readonly first: Uint32Array;
  /** How many rows equal an earlier one. */
  readonly repeated: number;
}

const bucketBits = 8;

/** So many different rows have one table that stays in the processor's cache. */
const fewBits = 15;

/** Finds the rows whose 64-bit hashes are equal. */
export function findEqualRows(hashes: RowHashes): EqualRows {
  return linkFew(hashes) ?? linkMany(hashes);
}

/** By one small table; undefined when there are too many different rows for it. */
function linkFew({ high, low }: RowHashes): EqualRows | undefined {
  const first = new Uint32Array(high.length);
  const most = Math.min(2 ** fewBits, high.length);
  const slots = new Int32Array(tableSize(most));
  const mask = slots.length - 1;
  let distinct = 0;
  for (let row = 0; row < first.length; row++) {
    const [upper, lower] = [high[row]!, low[row]!];
    let slot = lower & mask;
    let found = slots[slot]!;
    while (found !== 0 && (low[found - 1] !== lower || high[found - 1] !== upper)) {
      slot = (slot + 1) & mask;
      found = slots[slot]!;
    }
    if (found !== 0) first[row] = found - 1;
    else {
      if (++distinct > most) return undefined;
      slots[slot] = row + 1;
      first[row] = row;
    }
  }
  return { first, repeated: first.length - distinct };
}

/**
 * By many tables: rows are divided by their upper bits first, so that each bucket's table stays in the processor's
 * cache; with one table for all, most of the time goes into waiting for memory.
 */
function linkMany({ high, low }: RowHashes): EqualRows {
  const rows = high.length;
  const shift = 32 - bucketBits;
  const starts = new Uint32Array(2 ** bucketBits + 1);
  for (let row = 0; row < rows; row++) starts[(high[row]! >>> shift) + 1]!++;
  let largest = 0;
  for (let b = 1; b < starts.length; b++) {
    if (starts[b]! > largest) largest = starts[b]!;
    starts[b]! += starts[b - 1]!;
  }
  const next = starts.slice();
  const members = new Uint32Array(rows);
  const lows = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const at = next[high[row]! >>> shift]!++;
    members[at] = row;
    lows[at] = low[row]!;
  }
  const buckets: Buckets = { members, lows, high, slots: new Int32Array(tableSize(largest)) };
  const first = new Uint32Array(rows);
  let repeated = 0;
  for (let b = 0; b + 1 < starts.length; b++)
    repeated += linkBucket(buckets, starts[b]!, starts[b + 1]!, first);
  return { first, repeated };
}

interface Buckets {
  /** Row numbers, bucket by bucket, in source order inside each. */
  readonly members: Uint32Array;
  /** Their lower words, in the same order. */
  readonly lows: Uint32Array;
  readonly high: Uint32Array;
  /** Room for one bucket's hash table. */
  readonly slots: Int32Array;
}

/** A power of two, at least twice the entries. */
function tableSize(entries: number): number {
  return entries === 0 ? 1 : 2 ** (33 - Math.clz32(entries));
}

/** Links the rows of one bucket, an open-addressing table of places + 1; the number of those that repeat a row. */
function linkBucket(
  { members, lows, high, slots }: Buckets,
  start: number,
  end: number,
  first: Uint32Array,
): number {
  const size = tableSize(end - start);
  slots.fill(0, 0, size);
  let repeated = 0;
  for (let i = start; i < end; i++) {
    const word = lows[i]!;
    const row = members[i]!;
    let slot = word & (size - 1);
    let found = slots[slot]!;
    while (found !== 0 && (lows[found - 1] !== word || high[members[found - 1]!] !== high[row])) {
      slot = (slot + 1) & (size - 1);
      found = slots[slot]!;
    }
    if (found === 0) {
      slots[slot] = i + 1;
      first[row] = row;
    } else {
      first[row] = members[found - 1]!;
      repeated++;
    }
  }
  return repeated;
}

/** The rows that equal another row, earlier or later, ascending. */
export function rowsInGroups({ first, repeated }: EqualRows): Uint32Array {
  if (repeated === 0) return new Uint32Array(0);
  const grouped = new Uint8Array(first.length);
  let count = 0;
  for (let row = 0; row < first.length; row++) {
    const head = first[row]!;
    if (head === row) continue;
    if (grouped[head] === 0) count++;
    grouped[head] = grouped[row] = 1;
    count++;
  }
  const rows = new Uint32Array(count);
  let at = 0;
  for (let row = 0; row < grouped.length; row++) if (grouped[row] === 1) rows[at++] = row;
  return rows;
}
