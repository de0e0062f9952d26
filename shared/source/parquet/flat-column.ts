import type { AsyncBuffer, ColumnMetaData, RowGroup, SchemaElement } from 'hyparquet';
import type { Column } from '../../dataset/table.ts';
import { TextDictionary } from '../../dataset/text-dictionary.ts';
import { byFirstAppearance } from '../category-order.ts';
import { encodings, type PageHeader, readPageHeader } from './page-header.ts';
import { parquetCodecs } from './parquet-codecs.ts';
import type { ParquetKind } from './parquet-kind.ts';
import { type PlainReader, type PlainTarget, plainReader } from './plain-values.ts';
import { unpackRuns } from './run-lengths.ts';
import type { Cursor } from './thrift-struct.ts';

/**
 * Reads a flat column straight into typed arrays: plainly written and dictionary-coded pages, which is how
 * nearly every file is written. hyparquet makes a JavaScript array of each page first, and takes three times as
 * long.
 *
 * @returns undefined for whatever else there is: the library then reads the column.
 * @throws RangeError when pages are damaged or cut short.
 */
export async function readFlatColumn(
  file: AsyncBuffer,
  groups: readonly RowGroup[],
  position: number,
  element: SchemaElement,
  kind: ParquetKind,
  rows: number,
  isMissing: (text: string) => boolean,
): Promise<Column | undefined> {
  const dictionary = new TextDictionary(isMissing);
  const read = plainReader(element, kind, dictionary);
  if (!read) return undefined;
  const coded = kind === 'text' || kind === 'boolean';
  const out = coded ? new Int32Array(rows) : new Float64Array(rows);
  let row = 0;
  for (const group of groups) {
    const chunk = group.columns[position]?.meta_data;
    const count = Number(group.num_rows);
    if (!chunk || !isSimple(chunk)) return undefined;
    const bytes = new Uint8Array(await file.slice(...extentOf(chunk)));
    const pages = new ChunkPages(bytes, chunk.codec, element.repetition_type !== 'REQUIRED', read, coded);
    if (!pages.readInto(out.subarray(row, row + count))) return undefined;
    row += count;
  }
  return columnOf(out, kind, dictionary);
}

function columnOf(out: PlainTarget, kind: ParquetKind, dictionary: TextDictionary): Column {
  if (out instanceof Float64Array) return { type: kind === 'date' ? 'date' : 'number', values: out };
  if (kind === 'boolean') return { type: 'boolean', values: Int8Array.from(out) };
  return byFirstAppearance({ type: 'category', codes: out, dictionary: dictionary.texts });
}

const simpleEncodings = new Set(['PLAIN', 'RLE', 'PLAIN_DICTIONARY', 'RLE_DICTIONARY', 'BIT_PACKED']);

function isSimple({ encodings: found, codec }: ColumnMetaData): boolean {
  return (
    found.every((name) => simpleEncodings.has(name)) && (codec === 'UNCOMPRESSED' || codec in parquetCodecs)
  );
}

/** Where a chunk's bytes begin and end in the file. */
function extentOf(chunk: ColumnMetaData): [number, number] {
  const first = Number(chunk.data_page_offset);
  const dictionary = Number(chunk.dictionary_page_offset ?? 0);
  const start = dictionary > 0 && dictionary < first ? dictionary : first;
  return [start, start + Number(chunk.total_compressed_size)];
}

/** The pages of one column chunk, one after the other. */
class ChunkPages {
  readonly #cursor: Cursor;
  readonly #codec: ColumnMetaData['codec'];
  readonly #nullable: boolean;
  readonly #read: PlainReader;
  readonly #coded: boolean;
  #values: PlainTarget | undefined;

  constructor(
    bytes: Uint8Array,
    codec: ColumnMetaData['codec'],
    nullable: boolean,
    read: PlainReader,
    coded: boolean,
  ) {
    this.#cursor = { bytes, at: 0 };
    this.#codec = codec;
    this.#nullable = nullable;
    this.#read = read;
    this.#coded = coded;
  }

  /** False when a page is written in a way, or holds a value, that is left to the library. */
  readInto(out: PlainTarget): boolean {
    let row = 0;
    while (row < out.length) {
      const header = readPageHeader(this.#cursor);
      const start = this.#cursor.at;
      const end = start + header.packedSize;
      if (end > this.#cursor.bytes.length) throw new RangeError('a page is cut short');
      this.#cursor.at = end;
      if (header.kind === 'other') continue;
      const page = this.#cursor.bytes.subarray(start, end);
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
    return this.#coded ? new Int32Array(length) : new Float64Array(length);
  }

  #unpack(bytes: Uint8Array, size: number): Uint8Array {
    if (this.#codec === 'UNCOMPRESSED') return bytes;
    const unpacked = parquetCodecs[this.#codec]!(bytes, size);
    if (unpacked.length !== size)
      throw new RangeError(`a page of ${unpacked.length} bytes instead of ${size}`);
    return unpacked;
  }

  #readPage(page: Uint8Array, header: PageHeader, out: PlainTarget): boolean {
    const { version2 } = header;
    let bytes: Uint8Array;
    let levels: Int32Array | undefined;
    let start = 0;
    if (version2) {
      if (version2.repetitionBytes > 0) return false;
      levels = this.#levels(page, 0, version2.levelBytes, out.length);
      const values = page.subarray(version2.levelBytes);
      bytes = version2.packed ? this.#unpack(values, header.unpackedSize - version2.levelBytes) : values;
    } else {
      bytes = this.#unpack(page, header.unpackedSize);
      if (this.#nullable) {
        if (header.levelEncoding !== encodings.rle) return false;
        const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
        start = 4 + length;
        levels = this.#levels(bytes, 4, start, out.length);
      }
    }
    const present = levels ? countOnes(levels) : out.length;
    const values = present === out.length ? out : this.#array(present);
    if (!this.#readValues(bytes, start, header.encoding, values)) return false;
    if (levels && values !== out) spread(values, levels, out);
    return true;
  }

  #levels(bytes: Uint8Array, start: number, end: number, count: number): Int32Array | undefined {
    if (!this.#nullable) return undefined;
    const levels = new Int32Array(count);
    unpackRuns(bytes, start, end, 1, levels);
    return levels;
  }

  #readValues(bytes: Uint8Array, start: number, encoding: number, out: PlainTarget): boolean {
    if (encoding === encodings.plain) return this.#read(bytes, start, out);
    if (encoding === encodings.rle || out.length === 0) return out.length === 0;
    if (encoding !== encodings.plainDictionary && encoding !== encodings.rleDictionary) return false;
    const values = this.#values;
    if (!values) throw new RangeError('a page without its dictionary');
    const indices = new Int32Array(out.length);
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
