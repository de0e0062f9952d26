// Records to predict, as the tables that sources read: types are the model's, not those of the values.
import type { DatasetSchema } from '../dataset/schema/schema.ts';
import type { Column, ColumnType, Table } from '../dataset/table/table.ts';
import { asCategories } from '../dataset/types/column-type.ts';
import type { Logger } from '../platform/logger.ts';
import { readArrow } from './arrow/arrow-reader.ts';
import { openRanges } from './files/file-ranges.ts';
import { readParquet } from './parquet/parquet-reader.ts';
import { recordReadOptions } from './record-csv.ts';

/** What records in files of tables are read for. */
export interface RecordsFor {
  readonly schema: DatasetSchema;
  readonly logger: Logger;
}

/** Records of an Arrow IPC file or stream. @throws ConfigurationError for bytes that are none. */
export async function readArrowRecords(
  bytes: Uint8Array,
  name: string,
  { schema, logger }: RecordsFor,
): Promise<Table> {
  return asTheModelHas(readArrow(bytes, name, recordReadOptions(schema), logger), schema);
}

/** Records of a Parquet file. @param path where it is. @throws ConfigurationError for a file that is none. */
export async function readParquetRecords(
  path: string,
  name: string,
  { schema, logger }: RecordsFor,
): Promise<Table> {
  const file = await openRanges(path);
  try {
    return asTheModelHas(await readParquet(file, name, recordReadOptions(schema), logger), schema);
  } finally {
    await file.close();
  }
}

/** These files have types of their own: a category may be stored as whole numbers, a truth as 0 and 1. */
function asTheModelHas({ rows, columns }: Table, schema: DatasetSchema): Table {
  const types = new Map(schema.columns.map(({ name, type }) => [name, type]));
  const typed = [...columns].map(([name, column]): [string, Column] => [
    name,
    asWanted(column, types.get(name)),
  ]);
  return { rows, columns: new Map(typed) };
}

/** The column, or its values as texts, which records are read from. */
function asWanted(column: Column, wanted: ColumnType | undefined): Column {
  if (wanted === 'category' || (wanted === 'boolean' && column.type === 'number'))
    return asCategories(column);
  if (wanted !== 'number' || column.type !== 'boolean') return column;
  return {
    type: 'number',
    values: Float64Array.from(column.values, (value) => (value < 0 ? Number.NaN : value)),
  };
}
