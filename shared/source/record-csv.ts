// Records of CSV to predict, by themselves: a server reads them, and needs no reader of Parquet or Arrow.
import { standardMarkers } from '../config/sections/missing-markers.ts';
import type { DatasetSchema } from '../dataset/schema/schema.ts';
import type { Table } from '../dataset/table/table.ts';
import { silentLogger } from '../platform/logger.ts';
import { readCsv } from './csv/csv-reader.ts';
import type { ByteSource } from './files/byte-source.ts';
import type { ReadOptions } from './types.ts';

/** How cells of records are read for a model: what it knows as text stays text, whatever it looks like. */
export function recordReadOptions(schema: DatasetSchema): ReadOptions {
  const namesOf = (numbers: boolean): Set<string> =>
    new Set(schema.columns.filter(({ type }) => (type === 'number') === numbers).map(({ name }) => name));
  return {
    missingMarkers: schema.cells?.missing ?? standardMarkers,
    trim: schema.cells?.spaces === undefined,
    textColumns: namesOf(false),
    numberColumns: namesOf(true),
  };
}

/**
 * Records of CSV: the first line names the columns; cells that are a marker of missing values are missing.
 *
 * @param name what messages call the bytes.
 * @throws ConfigurationError for what is wrong with them, with line and row.
 */
export async function readCsvRecords(bytes: Uint8Array, name: string, schema: DatasetSchema): Promise<Table> {
  const source: ByteSource = {
    name,
    size: bytes.byteLength,
    async *open() {
      yield bytes;
    },
    digest: () => '',
  };
  const { decimal, thousands } = schema.cells ?? {};
  const options = {
    ...recordReadOptions(schema),
    ...withoutFormats(schema),
    decimal,
    thousands,
    union: false,
  };
  const read = await readCsv([source], options, silentLogger);
  return read.table;
}

/** Numbers that are written in a way of their own stay texts: `1.250` looks like one that programs write, and may be 1250. */
function withoutFormats({ columns }: DatasetSchema): Pick<ReadOptions, 'textColumns' | 'numberColumns'> {
  const plain = columns.filter(({ type, format }) => type === 'number' && format === undefined);
  const numberColumns = new Set(plain.map(({ name }) => name));
  const others = columns.map(({ name }) => name).filter((name) => !numberColumns.has(name));
  return { textColumns: new Set(others), numberColumns };
}
