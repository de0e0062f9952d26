import type { ColumnMetaData } from 'hyparquet';
import { encodings, type PageHeader, readPageHeader } from './page-header.ts';
import { parquetCodecs } from './parquet-codecs.ts';
import { isCoded, type ParquetKind } from './parquet-kind.ts';
import type { PlainReader, PlainTarget } from './plain-values.ts';
import { isOneRun, unpackRuns } from './run-lengths.ts';
import type { Cursor } from './thrift-struct.ts';

/** The pages of one column chunk, one after the other. */
export class ChunkPages {
  readonly #cursor: Cursor;
  readonly #codec: ColumnMetaData['codec'];
  readonly #nullable: boolean;
  readonly #read: PlainReader;
  readonly #kind: ParquetKind;
  #values: PlainTarget | undefined;
  #indices = new Int32Array(0);

  constructor(
    bytes: Uint8Array,
    codec: ColumnMetaData['codec'],
    nullable: boolean,
    read: PlainReader,
    kind: ParquetKind,
  ) {
    this.#cursor = { bytes, at: 0 };
    this.#codec = codec;
    this.#nullable = nullable;
    this.#read = read;
    this.#kind = kind;
  }

  /**
   * False when a page is written in a way, or holds a value, that is left to the library.
   *
   * @throws RangeError when the pages are damaged.
   */
  readInto(out: PlainTarget): boolean {
    let row = 0;
    while (row < out.length) {
      const { header, page } = this.#nextPage();
      if (header.kind === 'other') continue;
      if (header.kind === 'dictionary') {
        if (header.values > header.unpackedSize * 8) throw new RangeError('a dictionary without its values');
        const values = this.#array(header.values);
        if (header.encoding > encodings.plainDictionary) return false;
        if (!this.#read(this.#unpack(page, header.unpackedSize), 0, values)) return false;
        this.#values = values;
        continue;
      }
      if (header.values > out.length - row) throw new RangeError('more values than rows');
      if (!this.#readPage(page, header, out.subarray(row, row + header.values))) return false;
      row += header.values;
    }
    return true;
  }

  #array(length: number): PlainTarget {
    return isCoded(this.#kind) ? new Int32Array(length) : new Float64Array(length);
  }

  #unpack(bytes: Uint8Array, size: number): Uint8Array {
    if (this.#codec === 'UNCOMPRESSED') return bytes;
    const unpacked = parquetCodecs[this.#codec]!(bytes, size);
    if (unpacked.length !== size)
      throw new RangeError(`a page of ${unpacked.length} bytes instead of ${size}`);
    return unpacked;
  }

  #readPage(page: Uint8Array, header: PageHeader, out: PlainTarget): boolean {
    const opened = this.#openPage(page, header, out.length);
    if (!opened) return false;
    const { bytes, start, levels } = opened;
    const present = levels ? countOnes(levels) : out.length;
    const values = present === out.length ? out : this.#array(present);
    if (!this.#readValues(bytes, start, header.encoding, values)) return false;
    if (levels && values !== out) spread(values, levels, out);
    return true;
  }

  /**
   * Looks at the pages' sizes and runs without reading their values. The library writes out a run of any length
   * before it looks whether there is room, so that one wrong byte would keep it busy for minutes.
   *
   * @throws RangeError when pages are damaged or cut short.
   */
  check(rows: number): void {
    let row = 0;
    while (row < rows) {
      const { header, page } = this.#nextPage();
      if (header.kind !== 'data') continue;
      if (header.values > rows - row) throw new RangeError('more values than rows');
      row += header.values;
      const opened = this.#openPage(page, header, header.values);
      const { encoding } = header;
      if (!opened || (encoding !== encodings.plainDictionary && encoding !== encodings.rleDictionary))
        continue;
      const { bytes, start, levels } = opened;
      const present = levels ? countOnes(levels) : header.values;
      if (present > 0) unpackRuns(bytes, start + 1, bytes.length, bytes[start]!, new Int32Array(present));
    }
  }

  #nextPage(): { header: PageHeader; page: Uint8Array } {
    const header = readPageHeader(this.#cursor);
    const start = this.#cursor.at;
    const end = start + header.packedSize;
    if (end > this.#cursor.bytes.length) throw new RangeError('a page is cut short');
    this.#cursor.at = end;
    return { header, page: this.#cursor.bytes.subarray(start, end) };
  }

  /** A data page unpacked: its values from `start`, and which rows have one where not all do. */
  #openPage(
    page: Uint8Array,
    header: PageHeader,
    count: number,
  ): { bytes: Uint8Array; start: number; levels: Int32Array | undefined } | undefined {
    const { version2 } = header;
    if (version2) {
      if (version2.repetitionBytes !== 0) throw new RangeError('repeated values in a column that has none');
      const levels = this.#levels(page, 0, version2.levelBytes, count);
      const values = page.subarray(version2.levelBytes);
      const bytes = version2.packed
        ? this.#unpack(values, header.unpackedSize - version2.levelBytes)
        : values;
      return { bytes, start: 0, levels };
    }
    const bytes = this.#unpack(page, header.unpackedSize);
    if (!this.#nullable) return { bytes, start: 0, levels: undefined };
    if (header.levelEncoding !== encodings.rle) return undefined;
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
    return { bytes, start: 4 + length, levels: this.#levels(bytes, 4, 4 + length, count) };
  }

  #levels(bytes: Uint8Array, start: number, end: number, count: number): Int32Array | undefined {
    if (!this.#nullable || isOneRun(bytes, start, end, { width: 1, value: 1, count })) return undefined;
    const levels = new Int32Array(count);
    unpackRuns(bytes, start, end, 1, levels);
    return levels;
  }

  /** Pages are as long as each other: their indices have the same place. */
  #indicesOf(count: number): Int32Array {
    if (this.#indices.length < count) this.#indices = new Int32Array(count);
    return this.#indices.subarray(0, count);
  }

  #readValues(bytes: Uint8Array, start: number, encoding: number, out: PlainTarget): boolean {
    if (encoding === encodings.plain) return this.#read(bytes, start, out);
    if (out.length === 0) return true;
    if (encoding === encodings.rle) {
      // Only booleans are written so; four bytes of length come first.
      if (this.#kind !== 'boolean' || !(out instanceof Int32Array)) return false;
      unpackRuns(bytes, start + 4, bytes.length, 1, out);
      return true;
    }
    if (encoding !== encodings.plainDictionary && encoding !== encodings.rleDictionary) return false;
    const values = this.#values;
    if (!values) throw new RangeError('a page without its dictionary');
    const indices = this.#indicesOf(out.length);
    unpackRuns(bytes, start + 1, bytes.length, bytes[start]!, indices);
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i]!;
      if (index < 0 || index >= values.length)
        throw new RangeError(`entry ${index} of a dictionary of ${values.length}`);
      out[i] = values[index]!;
    }
    return true;
  }
}

function countOnes(levels: Int32Array): number {
  let count = 0;
  for (let i = 0; i < levels.length; i++) count += levels[i]!;
  return count;
}

/** Puts values where the level is 1, and missing where it is 0. */
function spread(values: PlainTarget, levels: Int32Array, out: PlainTarget): void {
  const missing = out instanceof Int32Array ? -1 : Number.NaN;
  for (let row = 0, next = 0; row < levels.length; row++) {
    out[row] = levels[row] === 1 ? values[next++]! : missing;
  }
}
