import type { RowHashes } from './row-hash.ts';

/** Which rows are equal. */
export interface EqualRows {
  /** For each row the first row that equals it: itself, when there is none before it. */
  readonly first: Uint32Array;
  /** How many rows equal an earlier one. */
  readonly repeated: number;
}

const bucketBits = 12;

/**
 * Finds the rows whose 64-bit hashes are equal. Rows are divided by their upper bits first, so that each bucket's
 * hash table stays in the processor's cache: with one table for all, most of the time goes into waiting for memory.
 */
export function findEqualRows({ high, low }: RowHashes): EqualRows {
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
  for (let row = 0; row < rows; row++) members[next[high[row]! >>> shift]!++] = row;

  const first = new Uint32Array(rows);
  const slots = new Int32Array(tableSize(largest));
  let repeated = 0;
  for (let b = 0; b + 1 < starts.length; b++) {
    const bucket = members.subarray(starts[b]!, starts[b + 1]!);
    repeated += linkBucket(high, low, bucket, slots.subarray(0, tableSize(bucket.length)).fill(0), first);
  }
  return { first, repeated };
}

/** A power of two, at least twice the entries. */
function tableSize(entries: number): number {
  return entries === 0 ? 1 : 2 ** (33 - Math.clz32(entries));
}

function linkBucket(
  high: Uint32Array,
  low: Uint32Array,
  members: Uint32Array,
  slots: Int32Array,
  first: Uint32Array,
): number {
  const mask = slots.length - 1;
  let repeated = 0;
  for (let i = 0; i < members.length; i++) {
    const row = members[i]!;
    const a = high[row]!;
    const b = low[row]!;
    let slot = b & mask;
    let found = slots[slot]!;
    while (found !== 0 && (low[found - 1] !== b || high[found - 1] !== a)) {
      slot = (slot + 1) & mask;
      found = slots[slot]!;
    }
    if (found === 0) {
      slots[slot] = row + 1;
      first[row] = row;
    } else {
      first[row] = found - 1;
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
