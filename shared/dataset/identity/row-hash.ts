import { finishHash, hashString, mixWord } from '../../platform/hash.ts';
import { type Column, columnOf, type Table } from '../table/table.ts';

/** 64-bit hashes of rows as two lanes of 32 bits. */
export interface RowHashes {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

const highSeed = 0x2545f491;
const lowSeed = 0x6c62272e;
/** Words that stand before a value: they keep 1, "1", true and a date of one millisecond apart. */
export const typeTags = { number: 0x4e, category: 0x43, boolean: 0x42, date: 0x44 } as const;
/** The word of a missing value. */
export const missingTag = 0x5bd1e995;

/**
 * Hashes of rows over the given columns' values, in the given order of columns: tagged by type, missing values by a
 * constant of their own. They depend on nothing but those values; -0 is 0.
 */
export function hashRows(table: Table, names: readonly string[]): RowHashes {
  const hashes = beginHashes(table.rows);
  for (const name of names) hashColumn(hashes, columnOf(table, name));
  endHashes(hashes);
  return hashes;
}

/** Running hashes of so many rows, before any value. */
export function beginHashes(rows: number): RowHashes {
  return { high: new Uint32Array(rows).fill(highSeed), low: new Uint32Array(rows).fill(lowSeed) };
}

/** Ends running hashes. */
export function endHashes({ high, low }: RowHashes): void {
  for (let row = 0; row < high.length; row++) {
    high[row] = finishHash(high[row]!);
    low[row] = finishHash(low[row]!);
  }
}

/** Mixes a column's values into running hashes. */
export function hashColumn(hashes: RowHashes, column: Column): void {
  if (column.type === 'category') mixEntries(hashes, column.codes, entryWords(column.dictionary));
  else if (column.type === 'boolean') mixEntries(hashes, column.values, entryWords([false, true]));
  else mixFloats(hashes, column.values, typeTags[column.type]);
}

/** Each entry's two words; the first are those of a missing value. */
export interface EntryWords {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

/** The words of texts and truths. */
export function entryWords(entries: readonly (string | boolean)[]): EntryWords {
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
    ? hashString(entry, mixWord(seed, typeTags.category))
    : finishHash(mixWord(mixWord(seed, typeTags.boolean), Number(entry)));
}

/** Mixes values by their code into running hashes; -1 is missing. */
export function mixEntries({ high, low }: RowHashes, codes: Int32Array | Int8Array, words: EntryWords): void {
  const highWords = words.high;
  const lowWords = words.low;
  for (let row = 0; row < codes.length; row++) {
    const entry = codes[row]! + 1;
    high[row] = mixWord(high[row]!, highWords[entry]!);
    low[row] = mixWord(low[row]!, lowWords[entry]!);
  }
}

function mixFloats({ high, low }: RowHashes, values: Float64Array, tag: number): void {
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
