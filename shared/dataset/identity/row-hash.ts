import { finishHash, hashString, mixWord } from '../../platform/hash.ts';
import { type Column, columnOf, type Table } from '../table/table.ts';

/** 64-bit hashes of rows as two lanes of 32 bits. */
export interface RowHashes {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

const highSeed = 0x2545f491;
const lowSeed = 0x6c62272e;
/** Tags keep 1, "1", true and a date of one millisecond apart. */
const tags = { number: 0x4e, category: 0x43, boolean: 0x42, date: 0x44 } as const;
const missingTag = 0x5bd1e995;

/**
 * Hashes of rows over the given columns' values, in the given order of columns: tagged by type, missing values by a
 * constant of their own. They depend on nothing but those values; -0 is 0.
 */
export function hashRows(table: Table, names: readonly string[]): RowHashes {
  const high = new Uint32Array(table.rows).fill(highSeed);
  const low = new Uint32Array(table.rows).fill(lowSeed);
  for (const name of names) mixColumn(high, low, columnOf(table, name));
  for (let row = 0; row < high.length; row++) {
    high[row] = finishHash(high[row]!);
    low[row] = finishHash(low[row]!);
  }
  return { high, low };
}

function mixColumn(high: Uint32Array, low: Uint32Array, column: Column): void {
  if (column.type === 'category') mixEntries(high, low, column.codes, entryWords(column.dictionary));
  else if (column.type === 'boolean') mixEntries(high, low, column.values, entryWords([false, true]));
  else mixFloats(high, low, column.values, tags[column.type]);
}

/** Each entry's two words; the first are those of a missing value. */
interface EntryWords {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

function entryWords(entries: readonly (string | boolean)[]): EntryWords {
  const high = new Uint32Array(entries.length + 1);
  const low = new Uint32Array(entries.length + 1);
  high[0] = low[0] = missingTag;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    high[i + 1] = entryWord(entry, highSeed);
    low[i + 1] = entryWord(entry, lowSeed);
  }
  return { high, low };
}

function entryWord(entry: string | boolean, seed: number): number {
  return typeof entry === 'string'
    ? hashString(entry, mixWord(seed, tags.category))
    : finishHash(mixWord(mixWord(seed, tags.boolean), Number(entry)));
}

function mixEntries(
  high: Uint32Array,
  low: Uint32Array,
  codes: Int32Array | Int8Array,
  words: EntryWords,
): void {
  const highWords = words.high;
  const lowWords = words.low;
  for (let row = 0; row < codes.length; row++) {
    const entry = codes[row]! + 1;
    high[row] = mixWord(high[row]!, highWords[entry]!);
    low[row] = mixWord(low[row]!, lowWords[entry]!);
  }
}

function mixFloats(high: Uint32Array, low: Uint32Array, values: Float64Array, tag: number): void {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const missing = Number.isNaN(value);
    // Adding 0 would turn -0 into 0, but its bits are read beside the value: by hand.
    const first = missing ? missingTag : words[2 * row]!;
    const second = missing || value === 0 ? 0 : words[2 * row + 1]!;
    const kind = missing ? 0 : tag;
    high[row] = mixWord(mixWord(mixWord(high[row]!, kind), first), second);
    low[row] = mixWord(mixWord(mixWord(low[row]!, kind), first), second);
  }
}
