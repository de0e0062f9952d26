import { mixWord } from '../../platform/hash.ts';
import type { CategoryColumn, Column } from '../table/table.ts';
import { isoTime } from '../values/date-texts.ts';
import { numberOfText } from '../values/number-text.ts';
import {
  beginHashes,
  type EntryWords,
  endHashes,
  entryWords,
  hashColumn,
  missingTag,
  mixEntries,
  type RowHashes,
  typeTags,
} from './row-hash.ts';

/**
 * Which hash of keys divides the rows: 1 hashes values as their column is typed, so that declaring another type moves
 * rows; 2 hashes the values themselves. A lock keeps the one that it was made with.
 */
export type KeyHash = 1 | 2;

/** A column of a key. */
export interface KeyColumn {
  /** As the source holds it, before any type was declared or inferred. */
  readonly asRead: Column;
  /** As it is typed. */
  readonly typed: Column;
}

/** Hashes of keys by value. */
export interface KeyHashes {
  readonly hashes: RowHashes;
  /** No row has another hash than by {@link hashRows} over the typed columns, hash 1. */
  readonly unmoved: boolean;
}

/**
 * Hashes of rows over the values of a key, whatever the types of its columns: `7`, `7.0` and 7 are one value; so are
 * `true` and true, and a day of ISO 8601 and its date. `007` is a text, never 7.
 *
 * @param rows how many there are.
 */
export function hashKeys(columns: readonly KeyColumn[], rows: number): KeyHashes {
  const hashes = beginHashes(rows);
  let unmoved = true;
  for (const { asRead, typed } of columns) {
    if (asRead.type === 'category') unmoved = mixTexts(hashes, asRead, typed) && unmoved;
    else {
      hashColumn(hashes, asRead);
      unmoved &&= asRead.type === typed.type;
    }
  }
  endHashes(hashes);
  return { hashes, unmoved };
}

/** A value that a text stands for; of a text that stands for itself, NaN. */
export type KeyValue = { readonly kind: 'number' | 'date' | 'text' | 'truth'; readonly value: number };

const truths: ReadonlyMap<string, number> = new Map([
  ['true', 1],
  ['false', 0],
  ['yes', 1],
  ['no', 0],
]);

/** What a text of a key stands for. */
export function keyValueOf(text: string): KeyValue {
  const trimmed = text.trim();
  const number = /^[+-]?0\d/.test(trimmed) ? Number.NaN : numberOfText(trimmed);
  if (!Number.isNaN(number)) return { kind: 'number', value: number };
  const truth = truths.get(trimmed.toLowerCase());
  if (truth !== undefined) return { kind: 'truth', value: truth };
  const time = trimmed.length >= 10 ? isoTime(trimmed) : undefined;
  return time === undefined ? { kind: 'text', value: Number.NaN } : { kind: 'date', value: time };
}

/** Mixes a column of texts in; whether that is what its typed column would have given. */
function mixTexts(hashes: RowHashes, { codes, dictionary }: CategoryColumn, typed: Column): boolean {
  const values = dictionary.map(keyValueOf);
  const kinds = new Set(values.map(({ kind }) => kind));
  const [only] = kinds.size === 1 ? kinds : [];
  const words = entryWords(
    dictionary.map((text, i) => (values[i]!.kind === 'truth' ? values[i]!.value === 1 : text)),
  );
  // Only columns of numbers or dates are those that could be read as such (one without any value too): a missing value
  // is then theirs.
  const asFloats = only === 'number' || only === 'date' || kinds.size === 0;
  if (asFloats || kinds.has('number') || kinds.has('date')) {
    mixValues(hashes, codes, { words, values, asFloats });
  } else mixEntries(hashes, codes, words);
  const types = { text: 'category', number: 'number', date: 'date', truth: 'boolean' } as const;
  return only === undefined ? kinds.size === 0 && typed.type !== 'category' : typed.type === types[only];
}

interface TextValues {
  readonly words: EntryWords;
  readonly values: readonly KeyValue[];
  readonly asFloats: boolean;
}

function mixValues(
  { high, low }: RowHashes,
  codes: Int32Array,
  { words, values, asFloats }: TextValues,
): void {
  const floats = Float64Array.from(values, ({ value }) => value + 0);
  const halves = new Uint32Array(floats.buffer);
  const kinds = values.map(({ kind }) => (kind === 'number' || kind === 'date' ? typeTags[kind] : undefined));
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    const tag = code < 0 ? (asFloats ? 0 : undefined) : kinds[code];
    if (tag === undefined) {
      high[row] = mixWord(high[row]!, words.high[code + 1]!);
      low[row] = mixWord(low[row]!, words.low[code + 1]!);
      continue;
    }
    const first = code < 0 ? missingTag : halves[2 * code]!;
    const second = code < 0 ? 0 : halves[2 * code + 1]!;
    high[row] = mixWord(mixWord(mixWord(high[row]!, tag), first), second);
    low[row] = mixWord(mixWord(mixWord(low[row]!, tag), first), second);
  }
}
