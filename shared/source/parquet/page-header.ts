import { type Cursor, readStruct, type ThriftStruct } from './thrift-struct.ts';

/** How values are written in a page: numbers of Encoding in parquet.thrift. */
export const encodings = { plain: 0, plainDictionary: 2, rle: 3, rleDictionary: 8 };

/** What comes before the bytes of a page. */
export interface PageHeader {
  readonly kind: 'data' | 'dictionary' | 'other';
  readonly packedSize: number;
  readonly unpackedSize: number;
  readonly values: number;
  readonly encoding: number;
  /** Version 1: how definition levels are written. */
  readonly levelEncoding: number;
  /** Version 2: the levels stand before the values, not packed, in so many bytes. */
  readonly version2?: {
    readonly levelBytes: number;
    readonly repetitionBytes: number;
    readonly packed: boolean;
  };
}

/** Reads the header at the cursor (PageHeader of parquet.thrift). @throws RangeError when it cannot be one. */
export function readPageHeader(cursor: Cursor): PageHeader {
  const header = readStruct(cursor);
  const kind = numberIn(header, 1);
  const size = { unpackedSize: numberIn(header, 2), packedSize: numberIn(header, 3) };
  if (size.packedSize < 0 || size.unpackedSize < 0) throw new RangeError('a page of negative size');
  const of = (field: number): ThriftStruct => {
    const value = header.get(field);
    if (value === undefined || typeof value === 'number')
      throw new RangeError('a page without its description');
    return value;
  };
  if (kind === 0) {
    const data = of(5);
    return {
      ...size,
      kind: 'data',
      values: numberIn(data, 1),
      encoding: numberIn(data, 2),
      levelEncoding: numberIn(data, 3),
    };
  }
  if (kind === 2) {
    const dictionary = of(7);
    return {
      ...size,
      kind: 'dictionary',
      values: numberIn(dictionary, 1),
      encoding: numberIn(dictionary, 2),
      levelEncoding: 0,
    };
  }
  if (kind !== 3) return { ...size, kind: 'other', values: 0, encoding: 0, levelEncoding: 0 };
  const data = of(8);
  return {
    ...size,
    kind: 'data',
    values: numberIn(data, 1),
    encoding: numberIn(data, 4),
    levelEncoding: encodings.rle,
    version2: {
      levelBytes: numberIn(data, 5),
      repetitionBytes: numberIn(data, 6),
      packed: (data.get(7) ?? 1) === 1,
    },
  };
}

function numberIn(fields: ThriftStruct, id: number): number {
  const value = fields.get(id);
  return typeof value === 'number' ? value : 0;
}
