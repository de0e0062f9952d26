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

const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

/** An open-addressing table of the values themselves, quadrupled when it is half full. */
function countNumbers(values: Float64Array): number {
  let bits = 12;
  let table = new Float64Array(2 ** bits).fill(Number.NaN);
  let distinct = 0;
  let previous = Number.NaN;
  for (let row = 0; row < values.length; row++) {
    // Adding 0 makes -0 the same as 0.
    const value = values[row]! + 0;
    if (Number.isNaN(value) || value === previous) continue;
    previous = value;
    if (!insert(table, bits, value)) continue;
    distinct++;
    if (distinct * 2 <= table.length) continue;
    bits += 2;
    const larger = new Float64Array(2 ** bits).fill(Number.NaN);
    for (let slot = 0; slot < table.length; slot++) {
      if (!Number.isNaN(table[slot]!)) insert(larger, bits, table[slot]!);
    }
    table = larger;
  }
  return distinct;
}

/** False when the value was there already. */
function insert(table: Float64Array, bits: number, value: number): boolean {
  const mask = table.length - 1;
  float[0] = value;
  let slot = Math.imul(words[0]! ^ Math.imul(words[1]!, 0x85ebca6b), 0x9e3779b1) >>> (32 - bits);
  for (;;) {
    const held = table[slot]!;
    if (held === value) return false;
    if (Number.isNaN(held)) {
      table[slot] = value;
      return true;
    }
    slot = (slot + 1) & mask;
  }
}
