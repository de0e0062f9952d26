import type { SchemaElement, SchemaTree } from 'hyparquet';
import { ConfigurationError } from '../../platform/errors.ts';

/** How a Parquet column becomes a table's column. */
export type ParquetKind = 'number' | 'integer64' | 'decimal' | 'boolean' | 'date' | 'text';

/**
 * How a top-level column is read, by its physical and logical type (Apache Parquet format, LogicalTypes.md).
 *
 * @throws ConfigurationError for lists, maps, structs, times of day, intervals and raw bytes.
 */
export function kindOf(column: SchemaTree, file: string): ParquetKind {
  const { element } = column;
  if (column.children.length > 0 || element.repetition_type === 'REPEATED') {
    throw refusal(element, file, 'nested');
  }
  const logical = element.logical_type?.type;
  const converted = element.converted_type;
  if (logical === 'TIME' || converted === 'TIME_MILLIS' || converted === 'TIME_MICROS') {
    throw refusal(element, file, 'a time of day');
  }
  if (converted === 'INTERVAL' || converted === 'BSON') throw refusal(element, file, converted);
  if (converted === 'DECIMAL' || logical === 'DECIMAL') return 'decimal';
  if (logical === 'TIMESTAMP' || logical === 'DATE' || converted === 'DATE') return 'date';
  if (converted === 'TIMESTAMP_MILLIS' || converted === 'TIMESTAMP_MICROS') return 'date';
  switch (element.type) {
    case 'BOOLEAN':
      return 'boolean';
    case 'INT96':
      return 'date';
    case 'INT64':
      return 'integer64';
    case 'INT32':
    case 'FLOAT':
    case 'DOUBLE':
      return 'number';
    case 'BYTE_ARRAY':
      if (logical === 'GEOMETRY' || logical === 'GEOGRAPHY') throw refusal(element, file, logical);
      return 'text';
    default:
      if (logical === 'FLOAT16') return 'number';
      if (logical === 'UUID') return 'text';
      throw refusal(element, file, 'raw bytes');
  }
}

function refusal(element: SchemaElement, file: string, what: string): ConfigurationError {
  return new ConfigurationError(
    `${file}: column ${element.name} is ${what}, which a table cannot hold; a column is of numbers, texts, ` +
      'booleans, dates or timestamps: flatten it, or leave it out of the file',
  );
}

/** Texts by code and booleans are whole numbers, all else are 64-bit floats. */
export function isCoded(kind: ParquetKind): boolean {
  return kind === 'text' || kind === 'boolean';
}
