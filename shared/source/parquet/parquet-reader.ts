// Parquet files; plain columns are read here, all others by hyparquet.
import { type AsyncBuffer, type FileMetaData, parquetRead, type SchemaElement } from 'hyparquet';
import type { Column, Table } from '../../dataset/table/table.ts';
import type { WideNumbers } from '../../dataset/values/decimal-text.ts';
import type { Logger } from '../../platform/logger.ts';
import { checkNames } from '../columns/column-names.ts';
import { leftOutIndex } from '../columns/pandas-index.ts';
import { arrowDurations, pandasDurations, toldDuration } from '../columns/stored-durations.ts';
import { MarkerWatch } from '../columns/told-markers.ts';
import { namedColumns } from '../columns/visible-name.ts';
import { wideNumbers } from '../columns/wide-numbers.ts';
import type { ByteRanges } from '../files/byte-ranges.ts';
import type { ReadOptions } from '../types.ts';
import { checkPages, readFlatColumn } from './flat-column.ts';
import { parquetCodecs } from './parquet-codecs.ts';
import { createParquetColumn, type ParquetColumn } from './parquet-column.ts';
import { bufferOf, childrenOf, damaged, metadataOf, readMetadata } from './parquet-footer.ts';
import { kindOf, type ParquetKind } from './parquet-kind.ts';

/**
 * Reads a Parquet file column by column and row group by row group, into typed columns.
 *
 * @param bytes of the file. @param name what messages call it.
 * @throws ConfigurationError when it is not a whole Parquet file, or a wanted column cannot be in a table.
 */
export async function readParquet(
  bytes: ByteRanges,
  name: string,
  options: ReadOptions,
  logger: Logger,
): Promise<Table> {
  const file = bufferOf(bytes);
  const metadata = await readMetadata(file, name);
  const columns = new Map<string, Column>();
  const children = childrenOf(metadata, name);
  const stored = children.map((child) => child.element.name);
  const names = namedColumns(stored, options.trim, name, logger);
  checkNames(names, name);
  const rows = Number(metadata.num_rows);
  const pandas = metadataOf(metadata, 'pandas');
  const index = leftOutIndex(stored, pandas, options, logger);
  const markers = new MarkerWatch(options);
  const durations = pandasDurations(pandas);
  const others = arrowDurations(metadataOf(metadata, 'ARROW:schema'));
  for (const [i, child] of children.entries()) {
    const column = names[i]!;
    if ((options.columns && !options.columns.has(column)) || index.has(child.element.name)) continue;
    const unit = durations.get(child.element.name) ?? others.get(child.element.name);
    if (unit !== undefined) logger.warn(toldDuration(column, unit, durations.has(child.element.name)));
    const reading = { file, metadata, name, rows, wide: wideNumbers(column, name, options, logger) };
    const isMissing = markers.testOf(column);
    columns.set(
      column,
      await readColumn(reading, child.element, kindOf(child, name), { ...options, isMissing }),
    );
  }
  for (const remark of markers.remarks(columns, false)) logger.warn(remark);
  return { rows, columns };
}

/** A file that is open, and what its footer says. */
interface OpenParquet {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly name: string;
  readonly rows: number;
  readonly wide: WideNumbers;
}

async function readColumn(
  parquet: OpenParquet,
  element: SchemaElement,
  kind: ParquetKind,
  { isMissing, sharedMemory }: Pick<ReadOptions, 'sharedMemory'> & { isMissing(text: string): boolean },
): Promise<Column> {
  const groups = parquet.metadata.row_groups;
  try {
    // A nested column before it would move its place among the file's columns.
    const position = groups[0]?.columns.findIndex(
      ({ meta_data }) => meta_data?.path_in_schema[0] === element.name,
    );
    const flat = await readFlatColumn(parquet.file, groups, position ?? -1, element, kind, parquet.rows, {
      isMissing,
      ...(sharedMemory ? { sharedMemory: true } : {}),
    });
    if (flat) return flat;
    for (const group of groups) {
      const chunk = group.columns[position ?? -1];
      if (chunk) await checkPages(parquet.file, chunk, element, Number(group.num_rows));
    }
    const taken = createParquetColumn(kind, parquet.rows, isMissing, element.scale, parquet.wide);
    await readByLibrary(parquet, element.name, taken);
    return taken.finish();
  } catch (error) {
    throw damaged(parquet.name, error, element.name);
  }
}

/** Gives a column's pages to `taken`, as hyparquet unpacks them. @throws whatever is wrong with them. */
export async function readByLibrary(
  { file, metadata }: Pick<OpenParquet, 'file' | 'metadata'>,
  column: string,
  taken: ParquetColumn,
): Promise<void> {
  let rowStart = 0;
  const stated = taken.raw ? withoutMeaning(metadata, column) : metadata;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    let rows = 0;
    await parquetRead({
      file,
      metadata: stated,
      columns: [column],
      rowStart,
      rowEnd,
      compressors: parquetCodecs,
      utf8: !taken.raw,
      parsers: taken.parsers,
      onPage(page) {
        taken.put(page.columnData, page.rowStart);
        rows += page.columnData.length;
      },
    });
    if (rows !== rowEnd - rowStart) throw new RangeError(`${rows} values for ${rowEnd - rowStart} rows`);
    rowStart = rowEnd;
  }
}

/** The footer with a column's logical type left out: hyparquet then gives what is stored. */
function withoutMeaning(metadata: FileMetaData, column: string): FileMetaData {
  const schema = metadata.schema.map((element): SchemaElement => {
    if (element.name !== column || (element.num_children ?? 0) > 0) return element;
    const { converted_type: _converted, logical_type: _logical, ...bare } = element;
    return bare;
  });
  return { ...metadata, schema };
}
