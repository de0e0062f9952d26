// Tables as Parquet, as plainly as the format allows.
import type { Column, Table } from '../table/table.ts';
import { pageBytes, physicalType, schemaElement } from './plain-column.ts';
import {
  binary,
  int32,
  int64,
  list,
  struct,
  type ThriftFields,
  type ThriftValue,
  writeStruct,
} from './thrift-writer.ts';

/** Rows of a group, of which each column is one page. */
const groupRows = 131_072;
const magic = Buffer.from('PAR1');
const encodings = { plain: 0, runLengths: 3 } as const;

/**
 * A table as a Parquet file (format 2, uncompressed, plain encoding), which every reader knows: numbers are DOUBLE, NaN
 * being null, categories STRING, booleans BOOLEAN, dates TIMESTAMP(MILLIS, UTC). The same table gives the same bytes.
 *
 * @param table at least one column.
 * @throws RangeError for a date that is not a whole millisecond, and for a table without columns.
 */
export function tableToParquet(table: Table): Uint8Array {
  if (table.columns.size === 0) throw new RangeError('a Parquet file needs a column');
  const parts: Uint8Array[] = [magic];
  let at = magic.length;
  const groups: ThriftValue[] = [];
  for (let from = 0; from < table.rows; from += groupRows) {
    const to = Math.min(from + groupRows, table.rows);
    const start = at;
    const chunks: ThriftValue[] = [];
    for (const [name, column] of table.columns) {
      const page = pageBytes(column, from, to);
      const head = writeStruct(pageHeader(page.length, to - from));
      const bytes = head.length + page.length;
      chunks.push(struct(columnChunk({ name, column, at, bytes, rows: to - from })));
      parts.push(head, page);
      at += bytes;
    }
    groups.push(
      struct([
        [1, list(chunks)],
        [2, int64(at - start)],
        [3, int64(to - from)],
      ]),
    );
  }
  const footer = writeStruct([
    [1, int32(2)],
    [2, list([struct(rootElement(table)), ...elementsOf(table)])],
    [3, int64(table.rows)],
    [4, list(groups)],
    [6, binary('ciclo')],
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...parts, footer, length, magic]);
}

function rootElement({ columns }: Table): ThriftFields {
  return [
    [4, binary('schema')],
    [5, int32(columns.size)],
  ];
}

function elementsOf({ columns }: Table): ThriftValue[] {
  return [...columns].map(([name, column]) => struct(schemaElement(name, column)));
}

function pageHeader(bytes: number, rows: number): ThriftFields {
  return [
    [1, int32(0)],
    [2, int32(bytes)],
    [3, int32(bytes)],
    [
      5,
      struct([
        [1, int32(rows)],
        [2, int32(encodings.plain)],
        [3, int32(encodings.runLengths)],
        [4, int32(encodings.runLengths)],
      ]),
    ],
  ];
}

interface Chunk {
  readonly name: string;
  readonly column: Column;
  /** Where its page begins in the file. */
  readonly at: number;
  readonly bytes: number;
  readonly rows: number;
}

function columnChunk({ name, column, at, bytes, rows }: Chunk): ThriftFields {
  return [
    [2, int64(at)],
    [
      3,
      struct([
        [1, int32(physicalType(column))],
        [2, list([int32(encodings.plain), int32(encodings.runLengths)])],
        [3, list([binary(name)])],
        [4, int32(0)],
        [5, int64(rows)],
        [6, int64(bytes)],
        [7, int64(bytes)],
        [9, int64(at)],
      ]),
    ],
  ];
}
