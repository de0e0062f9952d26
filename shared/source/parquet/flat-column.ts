import type { AsyncBuffer, ColumnMetaData, RowGroup, SchemaElement } from 'hyparquet';
import type { Column } from '../../dataset/table/table.ts';
import { TextDictionary } from '../../dataset/table/text-dictionary.ts';
import { byFirstAppearance } from '../columns/category-order.ts';
import { ChunkPages } from './chunk-pages.ts';
import { parquetCodecs } from './parquet-codecs.ts';
import { isCoded, type ParquetKind } from './parquet-kind.ts';
import { type PlainReader, type PlainTarget, plainReader } from './plain-values.ts';

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
  { isMissing, sharedMemory = false }: { isMissing: (text: string) => boolean; sharedMemory?: boolean },
): Promise<Column | undefined> {
  const dictionary = new TextDictionary(isMissing);
  const read = plainReader(element, kind, dictionary);
  if (!read) return undefined;
  const out = targetOf(kind, rows, sharedMemory);
  let row = 0;
  for (const group of groups) {
    const chunk = group.columns[position]?.meta_data;
    const count = Number(group.num_rows);
    if (!chunk || !isSimple(chunk)) return undefined;
    const bytes = new Uint8Array(await file.slice(...extentOf(chunk)));
    const nullable = element.repetition_type !== 'REQUIRED';
    const pages = new ChunkPages(bytes, chunk.codec, nullable, read, kind);
    if (!pages.readInto(out.subarray(row, row + count))) return undefined;
    row += count;
  }
  return columnOf(out, kind, dictionary);
}

/**
 * Looks whether a chunk's pages can be given to the library.
 *
 * @throws RangeError when they are damaged or cut short.
 */
export async function checkPages(
  file: AsyncBuffer,
  { meta_data: chunk }: RowGroup['columns'][number],
  element: SchemaElement,
  rows: number,
): Promise<void> {
  if (!chunk || !(chunk.codec === 'UNCOMPRESSED' || chunk.codec in parquetCodecs)) return;
  const bytes = new Uint8Array(await file.slice(...extentOf(chunk)));
  const unread: PlainReader = () => true;
  new ChunkPages(bytes, chunk.codec, element.repetition_type !== 'REQUIRED', unread, 'number').check(rows);
}

function targetOf(kind: ParquetKind, rows: number, sharedMemory: boolean): PlainTarget {
  if (!sharedMemory) return isCoded(kind) ? new Int32Array(rows) : new Float64Array(rows);
  return isCoded(kind)
    ? new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * rows))
    : new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT * rows));
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
