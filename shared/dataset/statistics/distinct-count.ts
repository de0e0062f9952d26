import type { Column } from '../table/table.ts';

/** How many different values a column's rows have, missing ones apart. */
export function countDistinct(column: Column): number {
  if (column.type === 'category') return countUsed(column.codes, column.dictionary.length);
  if (column.type === 'boolean') return countUsed(column.values, 2);
  return countIntegers(column.values) ?? countNumbers(column.values);
}

function countUsed(codes: Int32Array | Int8Array, entries: number): number {
  const seen = new Uint8Array(entries + 1);
  for (let row = 0; row < codes.length; row++) seen[codes[row]! + 1] = 1;
  return countOnes(seen.subarray(1));
}

function countOnes(flags: Uint8Array): number {
  let ones = 0;
  for (let i = 0; i < flags.length; i++) ones += flags[i]!;
  return ones;
}

/** Integers of a narrow span are ticked off in an array; undefined for other numbers. */
function countIntegers(values: Float64Array): number | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value < low) low = value;
    if (value > high) high = value;
    if (value !== Math.floor(value) && !Number.isNaN(value)) return undefined;
  }
  const span = high - low + 1;
  if (low > high) return 0;
  if (!(span <= Math.max(65_536, values.length)) || !Number.isSafeInteger(low)) return undefined;
  const seen = new Uint8Array(span);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isNaN(value)) seen[value - low] = 1;
  }
  return countOnes(seen);
}

const tableBits = 15;
const bucketBits = 8;

/** The bits of numbers. */
type Words = Int32Array;

function wordsOf(values: Float64Array): Words {
  return new Int32Array(values.buffer, values.byteOffset, values.length * 2);
}

/** Of the bits of a number that is none, or 0: -0 is the same as 0. The upper bits are those that differ most. */
function hashAt(words: Words, row: number): number {
  const high = words[2 * row + 1]!;
  const low = words[2 * row]!;
  return Math.imul(low ^ Math.imul(((high << 1) | low) === 0 ? 0 : high, 0x85ebca6b), 0x9e3779b1);
}

/**
 * An open-addressing table of the values themselves, as long as it stays in the processor's cache; else one for each of 256
 * buckets, which the values are first divided into by their hash: one table for all would need twice as much memory as the
 * values, and most of the time would go into waiting for it.
 */
function countNumbers(values: Float64Array): number {
  const words = wordsOf(values);
  // No more than twice as many slots as values: of a wide table's columns, few.
  const bits = Math.min(tableBits, 33 - Math.clz32(values.length));
  const table = new Float64Array(2 ** bits).fill(Number.NaN);
  const most = 2 ** (tableBits - 1);
  let distinct = 0;
  let previous = Number.NaN;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value) || value === previous) continue;
    previous = value;
    if (insert(table, hashAt(words, row) >>> (32 - bits), value) && ++distinct > most) {
      return countInBuckets(values, words);
    }
  }
  return distinct;
}

function countInBuckets(values: Float64Array, words: Words): number {
  const shift = 32 - bucketBits;
  const starts = new Uint32Array(2 ** bucketBits + 1);
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row]!)) starts[(hashAt(words, row) >>> shift) + 1]!++;
  }
  for (let b = 1; b < starts.length; b++) starts[b]! += starts[b - 1]!;
  const next = starts.slice();
  const divided = new Float64Array(starts.at(-1)!);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isNaN(value)) divided[next[hashAt(words, row) >>> shift]!++] = value;
  }
  const dividedWords = wordsOf(divided);
  let table = new Float64Array(0);
  let distinct = 0;
  for (let b = 0; b + 1 < starts.length; b++) {
    const end = starts[b + 1]!;
    const size = end - starts[b]!;
    if (size === 0) continue;
    const bits = 33 - Math.clz32(size);
    if (table.length < 2 ** bits) table = new Float64Array(2 ** bits);
    const slots = table.subarray(0, 2 ** bits).fill(Number.NaN);
    for (let at = starts[b]!; at < end; at++) {
      const from = (hashAt(dividedWords, at) << bucketBits) >>> (32 - bits);
      if (insert(slots, from, divided[at]!)) distinct++;
    }
  }
  return distinct;
}

/** False when the value was there already. @param from the slot to look at first. */
function insert(table: Float64Array, from: number, value: number): boolean {
  const mask = table.length - 1;
  for (let slot = from; ; slot = (slot + 1) & mask) {
    const held = table[slot]!;
    if (held === value) return false;
    if (Number.isNaN(held)) {
      table[slot] = value;
      return true;
    }
  }
}
