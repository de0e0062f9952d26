import { finishHash, hashString, mixWord } from '../../platform/hash.ts';
import { type Column, columnLength, columnOf, type Table } from '../table/table.ts';
import { type KeyValue, keyValueOf } from './key-hash.ts';
import { beginHashes, endHashes, missingTag, type RowHashes, typeTags } from './row-hash.ts';
import { takeIds } from './row-id.ts';

/** Three words of a value in each lane. */
interface ValueWords {
  readonly tag: number;
  readonly first: readonly [high: number, low: number];
  readonly second: readonly [high: number, low: number];
}

/**
 * A 64-bit digest of each row's content: of its values in the named columns, whatever the order and the types of the columns.
 * As in a key, `7`, `7.0` and 7 are one value, and so are `true` and true, a day of ISO 8601 and its date. It depends on no
 * other row, seed, file format or machine. Rows of equal digests are taken for equal; it is no protection against forgery.
 */
export function contentDigests(table: Table, names: readonly string[]): BigUint64Array {
  const hashes = beginHashes(table.rows);
  // By code unit: no locale orders them.
  for (const name of [...new Set(names)].sort()) mixColumn(hashes, name, columnOf(table, name));
  endHashes(hashes);
  return takeIds(
    hashes,
    Uint32Array.from({ length: table.rows }, (_, row) => row),
  );
}

function mixColumn({ high, low }: RowHashes, name: string, column: Column): void {
  const called = [hashString(name, typeTags.category), hashString(name, typeTags.number)] as const;
  const wordsAt = wordsOf(column);
  for (let row = 0; row < columnLength(column); row++) {
    const { tag, first, second } = wordsAt(row);
    high[row] = mixWord(mixWord(mixWord(mixWord(high[row]!, called[0]), tag), first[0]), second[0]);
    low[row] = mixWord(mixWord(mixWord(mixWord(low[row]!, called[1]), tag), first[1]), second[1]);
  }
}

function wordsOf(column: Column): (row: number) => ValueWords {
  switch (column.type) {
    case 'category': {
      const { codes } = column;
      const words = column.dictionary.map((text) => textWords(text, keyValueOf(text)));
      return (row) => words[codes[row]!] ?? missing;
    }
    case 'boolean':
      return (row) => (column.values[row]! < 0 ? missing : floatWords('boolean', column.values[row]!));
    case 'number':
    case 'date':
      return (row) =>
        Number.isNaN(column.values[row]!) ? missing : floatWords(column.type, column.values[row]!);
  }
}

const missing: ValueWords = { tag: 0, first: [missingTag, missingTag], second: [0, 0] };

function textWords(text: string, { kind, value }: KeyValue): ValueWords {
  if (kind !== 'text') return floatWords(kind === 'truth' ? 'boolean' : kind, value);
  const first = [hashString(text, typeTags.category), hashString(text, missingTag)] as const;
  return { tag: typeTags.category, first, second: [text.length, finishHash(text.length)] };
}

const float = new DataView(new ArrayBuffer(8));

function floatWords(type: 'number' | 'date' | 'boolean', value: number): ValueWords {
  // -0 is 0.
  float.setFloat64(0, value + 0, true);
  const [first, second] = [float.getUint32(0, true), float.getUint32(4, true)];
  return { tag: typeTags[type], first: [first, first], second: [second, second] };
}
