// Tables as Arrow IPC, written so that equal tables are equal bytes.
import {
  Column as ArrowColumn,
  Table as ArrowTable,
  Batch,
  type DataType,
  type Field,
  field,
  Type,
  tableToIPC,
  uint8,
  uint64,
  Version,
} from '@uwdata/flechette';
import type { BytePieces } from '../../platform/byte-pieces.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { type Column, type Table, tableOf } from '../table/table.ts';
import { columnBelow } from '../table/taken-table.ts';
import { columnOfArrow } from './arrow-decoding.ts';
import { arrowOfColumn } from './arrow-encoding.ts';
import { parseArrow } from './arrow-ipc.ts';
import { joined, LaterBytes, PieceSink } from './arrow-pieces.ts';
import { allValid } from './arrow-validity.ts';
import { type ArrowValues, arrowValueBytes, arrowValues } from './arrow-values.ts';

/** The column that carries row ids. */
const rowIdColumn = '_row';

/** Bytes of a number, a date or an id. */
const widestValue = 8;

/** The column that carries folds. */
export const foldColumn = '_fold';

/**
 * A table as an Arrow IPC file (Arrow Columnar Format 1.x, metadata version 5, little-endian, uncompressed,
 * one record batch): the same table gives the same bytes. Numbers are float64, NaN being null; categories are
 * dictionary<int32, utf8>, booleans bool, dates timestamp[ms, UTC]; values under nulls are zero.
 *
 * @param ids written as column `_row`, uint64, one for each row.
 * @param folds written as column `_fold`, uint8, one for each row.
 * @throws RangeError when ids and rows differ in number, or the table has a column `_row` besides.
 */
export function tableToArrow(table: Table, ids?: BigUint64Array, folds?: Uint8Array): Uint8Array {
  if (ids && ids.length !== table.rows) throw new RangeError(`${ids.length} row ids for ${table.rows} rows`);
  const pieces = arrowPieces({ table, ...(ids ? { ids } : {}), ...(folds ? { folds } : {}) });
  return joined([...pieces()]);
}

/** A table that is to be written, see {@link tableToArrow}. */
export interface WrittenTable {
  readonly table: Table;
  readonly ids?: BigUint64Array;
  readonly folds?: Uint8Array;
}

/**
 * What {@link tableToArrow} gives, of which one column at a time is in memory: each is asked for its values in their turn, as
 * are the ids; categories also for their texts, before the first byte.
 *
 * @throws RangeError as {@link tableToArrow}.
 */
export function arrowPieces(written: WrittenTable): BytePieces {
  return () => encoded(written);
}

function encoded(written: WrittenTable): Iterable<Uint8Array> {
  const { table } = written;
  const { rows, columns } = table;
  const later = new LaterBytes((columns.size + 1) * rows * widestValue);
  const children: [Field, ArrowColumn<unknown>][] = [];
  for (const name of columns.keys()) {
    const { type } = columnBelow(table, name).column;
    const values = later.add(arrowValueBytes(type, rows), () => arrowValues(columns.get(name)!, name));
    const batch = arrowOfColumn(table, name, values);
    children.push([field(name, batch.type), new ArrowColumn([batch])]);
  }
  if ('ids' in written) {
    if (columns.has(rowIdColumn)) throw new RangeError(`a column is named ${rowIdColumn}, as row ids are`);
    const values = later.add(rows * BigUint64Array.BYTES_PER_ELEMENT, () => written.ids!);
    children.push(ownColumn(rowIdColumn, uint64(), rows, values));
  }
  const { folds } = written;
  if (folds) {
    if (folds.length !== rows) throw new RangeError(`${folds.length} folds for ${rows} rows`);
    if (columns.has(foldColumn)) throw new RangeError(`a column is named ${foldColumn}, as folds are`);
    children.push(ownColumn(foldColumn, uint8(), rows, folds));
  }
  const fields = children.map(([own]) => own);
  const schema = { version: Version.V5, endianness: 0 as const, fields, metadata: null };
  const sink = new PieceSink();
  const arrow = new ArrowTable(
    schema,
    children.map(([, column]) => column),
  );
  tableToIPC(arrow, { format: 'file', sink });
  return later.filled(sink.written);
}

/** A column that is ours, in which nothing is missing. */
function ownColumn(
  name: string,
  type: DataType,
  length: number,
  values: ArrowValues,
): [Field, ArrowColumn<unknown>] {
  const batch = new Batch({ length, nullCount: 0, validity: allValid.bits, type, values });
  return [field(name, type, false), new ArrowColumn([batch])];
}

/**
 * Reads what {@link tableToArrow} wrote.
 *
 * @param name what messages call the bytes.
 * @throws IntegrityError when the bytes are not complete Arrow IPC.
 * @throws ConfigurationError for a column of a type that a table cannot hold.
 */
export function tableFromArrow(
  bytes: Uint8Array,
  name: string,
): { table: Table; ids?: BigUint64Array; folds?: Uint8Array } {
  const [arrow, more] = parseArrow(bytes, name);
  if (!arrow || more)
    throw new IntegrityError(`${name} is a stream with several dictionaries, not what was written`);
  const columns: [string, Column][] = [];
  let ids: BigUint64Array | undefined;
  let folds: Uint8Array | undefined;
  arrow.schema.fields.forEach((f, i) => {
    const column = arrow.children[i]!;
    if (f.name === rowIdColumn && isRowIds(f.type)) ids = idsOf(column);
    else if (f.name === foldColumn && isFolds(f.type)) folds = foldsOf(column);
    else columns.push([f.name, columnOfArrow(column, f.name, name)]);
  });
  const table = columns.length > 0 ? tableOf(columns) : { rows: arrow.numRows, columns: new Map() };
  return { table, ...(ids ? { ids } : {}), ...(folds ? { folds } : {}) };
}

function isRowIds(type: DataType): boolean {
  return type.typeId === Type.Int && type.bitWidth === 64 && !type.signed;
}

/** No column of a table is written as 8-bit integers: one of the data that is called so stays what it is. */
function isFolds(type: DataType): boolean {
  return type.typeId === Type.Int && type.bitWidth === 8 && !type.signed;
}

function foldsOf(column: ArrowColumn<unknown>): Uint8Array {
  const folds = new Uint8Array(column.length);
  let at = 0;
  for (const { values, length } of column.data) {
    if (!(values instanceof Uint8Array)) throw new RangeError(`${foldColumn} holds no 8-bit integers`);
    folds.set(values.subarray(0, length), at);
    at += length;
  }
  return folds;
}

function idsOf(column: ArrowColumn<unknown>): BigUint64Array {
  const ids = new BigUint64Array(column.length);
  let at = 0;
  for (const { values, length } of column.data) {
    if (!(values instanceof BigUint64Array)) throw new RangeError(`${rowIdColumn} holds no 64-bit integers`);
    ids.set(values.subarray(0, length), at);
    at += length;
  }
  return ids;
}
