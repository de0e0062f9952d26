/** The fields of a struct by number: whole numbers, booleans as 0 and 1, and structs; others are left out. */
export type ThriftStruct = ReadonlyMap<number, number | ThriftStruct>;

/** A place in bytes that moves on while they are read. */
export interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

const kinds = {
  stop: 0,
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
};

/**
 * Reads a struct in Thrift's compact protocol, as Parquet's page headers are written.
 *
 * @throws RangeError when the bytes end inside it.
 */
export function readStruct(cursor: Cursor): ThriftStruct {
  const fields = new Map<number, number | ThriftStruct>();
  let id = 0;
  for (;;) {
    const head = nextByte(cursor);
    const kind = head & 15;
    if (kind === kinds.stop) return fields;
    id = head >> 4 === 0 ? zigzag(readVarint(cursor)) : id + (head >> 4);
    const value = readValue(cursor, kind);
    if (value !== undefined) fields.set(id, value);
  }
}

/**
 * An unsigned number, seven bits a byte, the least first; exact up to 2^53.
 *
 * @throws RangeError when the bytes end within it, or it has more than ten.
 */
export function readVarint(cursor: Cursor): number {
  let value = 0;
  for (let factor = 1; factor <= 2 ** 63; factor *= 128) {
    const byte = nextByte(cursor);
    value += (byte & 127) * factor;
    if (byte < 128) return value;
  }
  throw new RangeError('a number of more than ten bytes');
}

function nextByte(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at++];
  if (byte === undefined) throw new RangeError('it ends inside a header');
  return byte;
}

function zigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function readValue(cursor: Cursor, kind: number): number | ThriftStruct | undefined {
  switch (kind) {
    case kinds.true:
      return 1;
    case kinds.false:
      return 0;
    case kinds.byte:
      return nextByte(cursor);
    case kinds.i16:
    case kinds.i32:
    case kinds.i64:
      return zigzag(readVarint(cursor));
    case kinds.double:
      cursor.at += 8;
      return undefined;
    case kinds.binary: {
      const length = readVarint(cursor);
      cursor.at += length;
      return undefined;
    }
    case kinds.struct:
      return readStruct(cursor);
    default:
      throw new RangeError(`a header with a field of kind ${kind}`);
  }
}
