import { finishHash, mixWord } from '../../platform/hash.ts';
import type { EqualRows } from './equal-rows.ts';
import type { RowHashes } from './row-hash.ts';

/**
 * Row ids from key hashes, as two lanes: the upper 32 bits are the key's hash, which says on which side of a split
 * the row lies; the lower 32 bits also take in the row's number among those of equal key, in source order.
 */
export function rowIds({ high, low }: RowHashes, { first, repeated }: EqualRows): RowHashes {
  return { high, low: repeated === 0 ? low : withOccurrences(low, first) };
}

/** Hashes by which rows of equal key are apart, by their number among them in source order; the first keeps the key's. */
export function hashesApart({ high, low }: RowHashes, { first }: EqualRows): RowHashes {
  return { high: withOccurrences(high, first), low: withOccurrences(low, first) };
}

function withOccurrences(words: Uint32Array, first: Uint32Array): Uint32Array {
  const mixed = words.slice();
  const counts = new Uint32Array(first.length);
  for (let row = 0; row < first.length; row++) {
    const head = first[row]!;
    if (head === row) continue;
    const occurrence = counts[head]! + 1;
    counts[head] = occurrence;
    mixed[row] = finishHash(mixWord(words[row]!, occurrence));
  }
  return mixed;
}

/** The ids of the given rows as 64-bit integers. */
export function takeIds({ high, low }: RowHashes, rows: Uint32Array): BigUint64Array {
  const ids = new BigUint64Array(rows.length);
  const lanes = new Uint32Array(ids.buffer);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    // Little-endian, as every machine that Node runs on and as Arrow: the lower half comes first.
    lanes[2 * i] = low[row]!;
    lanes[2 * i + 1] = high[row]!;
  }
  return ids;
}

/** The key's hash of each row, the upper 32 bits of its id. */
export function keyWords(ids: BigUint64Array): Uint32Array {
  const lanes = new Uint32Array(ids.buffer, ids.byteOffset, ids.length * 2);
  const words = new Uint32Array(ids.length);
  for (let row = 0; row < words.length; row++) words[row] = lanes[2 * row + 1]!;
  return words;
}
