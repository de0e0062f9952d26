import { finishHash, hashNumber, hashString, mixWord } from '../platform/hash.ts';
import { type Column, columnOf, type Table } from './table.ts';

/** 64-bit hashes of rows as two lanes of 32 bits. */
export interface RowHashes {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

const highSeed = 0x2545f491;
const lowSeed = 0x6c62272e;
/** Tags keep 1, "1", true and a date of one millisecond apart. */
const tags = { number: 0x4e, category: 0x43, boolean: 0x42, date: 0x44 } as const;
const missingWord = 0x5bd1e995;

/**
 * Hashes of rows over the given columns' values, in the given order of columns: tagged by type, missing values by a
 * constant of their own. They depend on nothing but those values.
 */
export function hashRows(table: Table, names: readonly string[]): RowHashes {
  const high = new Uint32Array(table.rows).fill(highSeed);
  const low = new Uint32Array(table.rows).fill(lowSeed);
  for (const name of names) {
    const column = columnOf(table, name);
    mixColumn(high, column, highSeed);
    mixColumn(low, column, lowSeed);
  }
  for (let row = 0; row < table.rows; row++) {
    high[row] = finishHash(high[row]!);
    low[row] = finishHash(low[row]!);
  }
  return { high, low };
}

function mixColumn(lane: Uint32Array, column: Column, seed: number): void {
  const tag = mixWord(seed, tags[column.type]);
  switch (column.type) {
    case 'category': {
      const words = Uint32Array.from(column.dictionary, (text) => hashString(text, tag));
      for (let row = 0; row < lane.length; row++) {
        const code = column.codes[row]!;
        lane[row] = mixWord(lane[row]!, code < 0 ? missingWord : words[code]!);
      }
      return;
    }
    case 'boolean': {
      const words = [missingWord, finishHash(mixWord(tag, 0)), finishHash(mixWord(tag, 1))];
      for (let row = 0; row < lane.length; row++)
        lane[row] = mixWord(lane[row]!, words[column.values[row]! + 1]!);
      return;
    }
    default:
      for (let row = 0; row < lane.length; row++) {
        const value = column.values[row]!;
        lane[row] = mixWord(lane[row]!, Number.isNaN(value) ? missingWord : hashNumber(value, tag));
      }
  }
}

/**
 * Row ids from key hashes: the upper 32 bits are the key's hash, which says on which side of a split the row lies;
 * the lower 32 bits also take in the row's number among those of equal key, in source order.
 *
 * @returns the ids, and how many rows share their key with an earlier row.
 */
export function rowIds({ high, low }: RowHashes): { ids: BigUint64Array; repeated: number } {
  const rows = high.length;
  const ids = new BigUint64Array(rows);
  const lanes = new Uint32Array(ids.buffer);
  const occurrences = countOccurrences(high, low);
  let repeated = 0;
  for (let row = 0; row < rows; row++) {
    const occurrence = occurrences[row]!;
    if (occurrence > 0) repeated++;
    // Little-endian: the first word is the lower half.
    lanes[2 * row] = occurrence === 0 ? low[row]! : finishHash(mixWord(low[row]!, occurrence));
    lanes[2 * row + 1] = high[row]!;
  }
  return { ids, repeated };
}

/** For each row, how many earlier rows have the same two words: an open-addressing table over row numbers. */
export function countOccurrences(high: Uint32Array, low: Uint32Array): Uint32Array {
  const rows = high.length;
  let size = 16;
  while (size < rows * 2) size *= 2;
  const slots = new Int32Array(size);
  const mask = size - 1;
  const counts = new Uint32Array(rows);
  const occurrences = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const a = high[row]!;
    const b = low[row]!;
    let slot = (a ^ Math.imul(b, 0x9e3779b1)) & mask;
    for (;;) {
      const entry = slots[slot]!;
      if (entry === 0) {
        slots[slot] = row + 1;
        break;
      }
      const first = entry - 1;
      if (high[first] === a && low[first] === b) {
        counts[first] = counts[first]! + 1;
        occurrences[row] = counts[first]!;
        break;
      }
      slot = (slot + 1) & mask;
    }
  }
  return occurrences;
}

/** The key's hash of each row, the upper 32 bits of its id. */
export function keyWords(ids: BigUint64Array): Uint32Array {
  const lanes = new Uint32Array(ids.buffer, ids.byteOffset, ids.length * 2);
  const words = new Uint32Array(ids.length);
  for (let row = 0; row < words.length; row++) words[row] = lanes[2 * row + 1]!;
  return words;
}
