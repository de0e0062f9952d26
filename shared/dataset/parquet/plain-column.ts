import type { Column } from '../table/table.ts';
import { appendVarint, binary, flag, int32, struct, type ThriftFields } from './thrift-writer.ts';

/** Parquet's numbers of physical types. */
const physical = { boolean: 0, int64: 2, double: 5, bytes: 6 } as const;

/** How a column's type stands in a file's schema: its physical type, and what its values mean. */
export function schemaElement(name: string, column: Column): ThriftFields {
  const optional = [3, int32(1)] as const;
  const called = [4, binary(name)] as const;
  const empty = struct([]);
  switch (column.type) {
    case 'number':
      return [[1, int32(physical.double)], optional, called];
    case 'boolean':
      return [[1, int32(physical.boolean)], optional, called];
    case 'category':
      return [
        [1, int32(physical.bytes)],
        optional,
        called,
        [6, int32(0)], // the older word for a text, UTF8
        [10, struct([[1, empty]])],
      ];
    case 'date': {
      const milliseconds = struct([[1, empty]]);
      const instant = struct([
        [1, flag(true)],
        [2, milliseconds],
      ]);
      return [
        [1, int32(physical.int64)],
        optional,
        called,
        [6, int32(9)], // the older word, TIMESTAMP_MILLIS
        [10, struct([[8, instant]])],
      ];
    }
  }
}

/** The number of a column's physical type. */
export function physicalType({ type }: Column): number {
  return physical[
    ({ number: 'double', boolean: 'boolean', category: 'bytes', date: 'int64' } as const)[type]
  ];
}

/** The bytes of rows' definition levels, 1 where there is a value, and of those values, PLAIN (Encodings.md of Parquet). */
export function pageBytes(column: Column, from: number, to: number): Buffer {
  const present = presentRows(column, from, to);
  const levels = definitionLevels(present, from, to);
  return Buffer.concat([levels, plainValues(column, present)]);
}

function presentRows(column: Column, from: number, to: number): Uint32Array {
  const rows = new Uint32Array(to - from);
  let count = 0;
  for (let row = from; row < to; row++) if (!isMissing(column, row)) rows[count++] = row;
  return rows.subarray(0, count);
}

function isMissing(column: Column, row: number): boolean {
  switch (column.type) {
    case 'category':
      return column.codes[row]! < 0;
    case 'boolean':
      return column.values[row]! < 0;
    default:
      return Number.isNaN(column.values[row]!);
  }
}

/** One run of the hybrid of run lengths and packed bits, its length in four bytes before it. */
function definitionLevels(present: Uint32Array, from: number, to: number): Buffer {
  const rows = to - from;
  const run: number[] = [];
  if (present.length === rows) {
    appendVarint(run, rows * 2);
    run.push(1);
  } else {
    const groups = Math.ceil(rows / 8);
    appendVarint(run, groups * 2 + 1);
    const bits = new Uint8Array(groups);
    for (const row of present) bits[(row - from) >> 3]! |= 1 << ((row - from) & 7);
    for (const byte of bits) run.push(byte);
  }
  const length = Buffer.alloc(4);
  length.writeUInt32LE(run.length);
  return Buffer.concat([length, Uint8Array.from(run)]);
}

function plainValues(column: Column, rows: Uint32Array): Buffer {
  switch (column.type) {
    case 'number': {
      const bytes = Buffer.alloc(rows.length * 8);
      rows.forEach((row, i) => {
        bytes.writeDoubleLE(column.values[row]!, i * 8);
      });
      return bytes;
    }
    case 'date': {
      const bytes = Buffer.alloc(rows.length * 8);
      rows.forEach((row, i) => {
        bytes.writeBigInt64LE(BigInt(column.values[row]!), i * 8);
      });
      return bytes;
    }
    case 'boolean': {
      const bits = Buffer.alloc(Math.ceil(rows.length / 8));
      rows.forEach((row, i) => {
        if (column.values[row] === 1) bits[i >> 3]! |= 1 << (i & 7);
      });
      return bits;
    }
    case 'category':
      return textBytes(column.codes, column.dictionary, rows);
  }
}

/** Each text after its length in four bytes. */
function textBytes(codes: Int32Array, dictionary: readonly string[], rows: Uint32Array): Buffer {
  const texts = new Map<number, Buffer>();
  return Buffer.concat(
    Array.from(rows, (row) => {
      const code = codes[row]!;
      let written = texts.get(code);
      if (!written) {
        const text = Buffer.from(dictionary[code]!);
        const length = Buffer.alloc(4);
        length.writeUInt32LE(text.length);
        written = Buffer.concat([length, text]);
        texts.set(code, written);
      }
      return written;
    }),
  );
}
