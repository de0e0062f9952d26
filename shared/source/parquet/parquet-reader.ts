import { type FileHandle, open } from 'node:fs/promises';
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
} from 'hyparquet';
import type { Column, Table } from '../../dataset/table.ts';
import { ConfigurationError, messageOf } from '../../platform/errors.ts';
import { checkNames } from '../column-names.ts';
import { createMissingTest } from '../missing.ts';
import type { ReadOptions } from '../types.ts';
import { parquetCodecs } from './parquet-codecs.ts';
import { createParquetColumn } from './parquet-column.ts';
import { kindOf } from './parquet-kind.ts';

/**
 * Reads a Parquet file column by column and row group by row group, into typed columns.
 *
 * @param path where it is. @param name what messages call it.
 * @throws ConfigurationError when it is no whole Parquet file, or a wanted column cannot be in a table.
 */
export async function readParquet(path: string, name: string, options: ReadOptions): Promise<Table> {
  const handle = await open(path);
  try {
    const file = await bufferOf(handle);
    const metadata = await readMetadata(handle, file, name);
    const columns = new Map<string, Column>();
    const { children } = parquetSchema(metadata);
    checkNames(
      children.map((child) => child.element.name),
      name,
    );
    for (const child of children) {
      const column = child.element.name;
      if (options.columns && !options.columns.has(column)) continue;
      const kind = kindOf(child, name);
      const taken = createParquetColumn(
        kind,
        Number(metadata.num_rows),
        createMissingTest(options),
        child.element.scale,
      );
      await readColumn(file, metadata, column, taken, name);
      columns.set(column, taken.finish());
    }
    return { rows: Number(metadata.num_rows), columns };
  } finally {
    await handle.close();
  }
}

async function bufferOf(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const buffer = new ArrayBuffer(Math.max(0, Math.min(end, size) - start));
      await handle.read(new Uint8Array(buffer), 0, buffer.byteLength, start);
      return buffer;
    },
  };
}

async function readMetadata(handle: FileHandle, file: AsyncBuffer, name: string): Promise<FileMetaData> {
  const mark = async (at: number): Promise<string> =>
    (await handle.read(Buffer.alloc(4), 0, 4, Math.max(at, 0))).buffer.toString('latin1');
  const first = await mark(0);
  const last = await mark(file.byteLength - 4);
  if (first === 'PARE' || last === 'PARE') {
    throw new ConfigurationError(`${name} is an encrypted Parquet file; write it without encryption`);
  }
  if (first !== 'PAR1') {
    throw new ConfigurationError(
      `${name} is no Parquet file: it begins with ${JSON.stringify(first)} instead of "PAR1"`,
    );
  }
  if (last !== 'PAR1' || file.byteLength < 12) {
    throw new ConfigurationError(
      `${name} is cut short: it begins as a Parquet file but its ${file.byteLength} bytes do not end as one ` +
        '("PAR1"); copy or write it again',
    );
  }
  try {
    return await parquetMetadataAsync(file, { geoparquet: false });
  } catch (error) {
    throw damaged(name, error);
  }
}

async function readColumn(
  file: AsyncBuffer,
  metadata: FileMetaData,
  column: string,
  taken: ReturnType<typeof createParquetColumn>,
  name: string,
): Promise<void> {
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    let rows = 0;
    try {
      await parquetRead({
        file,
        metadata,
        columns: [column],
        rowStart,
        rowEnd,
        compressors: parquetCodecs,
        parsers: taken.parsers,
        onPage(page) {
          taken.put(page.columnData, page.rowStart);
          rows += page.columnData.length;
        },
      });
    } catch (error) {
      throw damaged(name, error, column);
    }
    if (rows !== rowEnd - rowStart) {
      throw damaged(name, new Error(`${rows} values for ${rowEnd - rowStart} rows`), column);
    }
    rowStart = rowEnd;
  }
}

function damaged(name: string, error: unknown, column?: string): ConfigurationError {
  const where = column === undefined ? 'its footer' : `column ${column}`;
  return new ConfigurationError(
    `${name} is a damaged Parquet file: ${where} cannot be read (${messageOf(error)}); copy or write it again`,
    { cause: error },
  );
}
