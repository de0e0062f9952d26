// Files: which ones a path names, where they lie, their bytes, and one table of them.
import { type FileSourceConfig, isObjectSource } from '../../config/sections/sources/file-source.ts';
import type { SourcePart, SourceTable } from '../../dataset/table/origin.ts';
import type { Table } from '../../dataset/table/table.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { changed } from '../../platform/seen-file.ts';
import { readArrow } from '../arrow/arrow-reader.ts';
import { readCsv } from '../csv/csv-reader.ts';
import { textSettings } from '../csv/csv-text.ts';
import { type FileFormat, formatOfName } from '../file-format.ts';
import { readJson } from '../json/json-reader.ts';
import { readParquet } from '../parquet/parquet-reader.ts';
import type { ReadOptions, SourcePorts } from '../types.ts';
import type { ByteSource } from './byte-source.ts';
import { concatTables, type FileTable } from './concat-tables.ts';
import { type FilePlace, filesOfDisk } from './file-place.ts';
import { withFolderColumns } from './folder-columns.ts';
import { shownSource } from './shown-source.ts';

/**
 * Reads files as one table, in the order of their paths; folders such as `year=2024` are columns. Those of `s3://` paths
 * come from object storage. See `readSource`.
 */
export async function readFileSource(
  source: FileSourceConfig,
  options: ReadOptions,
  ports: SourcePorts,
): Promise<SourceTable> {
  const place = await placeOf(source, ports);
  try {
    const patterns = typeof source.path === 'string' ? [source.path] : source.path;
    const names = await place.names(patterns, source.format);
    const read = await readNamed(names, place, source, options, ports);
    return withFolderColumns(read, options, source.columns === 'union');
  } finally {
    await place.close();
  }
}

async function placeOf(source: FileSourceConfig, ports: SourcePorts): Promise<FilePlace> {
  if (!isObjectSource(source)) return filesOfDisk(ports.directory);
  const { openObjectStorage } = await import('../objects/object-place.ts');
  return openObjectStorage(source, ports);
}

async function readNamed(
  names: readonly string[],
  place: FilePlace,
  source: FileSourceConfig,
  options: ReadOptions,
  ports: SourcePorts,
): Promise<SourceTable> {
  const format = source.format ?? commonFormat(names);
  const files = await Promise.all(
    names.map(async (name) => shownSource(await place.open(name), ports.logger)),
  );
  const union = source.columns === 'union';
  switch (format) {
    case 'csv':
      return readCsv(files, { ...options, ...textSettings(source), union }, ports.logger);
    case 'json':
    case 'ndjson':
      return readJson(
        files,
        { ...options, format, path: source.rows ?? '$', union, encoding: source.encoding },
        ports.logger,
      );
    default: {
      const read = async (source: ByteSource): Promise<Table> => {
        const { name, size = 0 } = source;
        const file = await place.ranges(name);
        try {
          // The digest is of the bytes that were looked at, and the rows are to be theirs.
          if (file.byteLength !== size) throw changed(name, size, file.byteLength);
          const table =
            format === 'parquet'
              ? await readParquet(file, name, options, ports.logger)
              : readArrow(new Uint8Array(await file.slice(0)), name, options, ports.logger);
          for await (const chunk of source.open()) void chunk;
          // A last look: what was digested is what was read.
          await file.slice(0, 1);
          return table;
        } finally {
          await file.close();
        }
      };
      return readTables(files, read, union);
    }
  }
}

function commonFormat(names: readonly string[]): FileFormat {
  const format = formatOfName(names[0]!);
  const other = names.find((name) => formatOfName(name) !== format);
  if (other === undefined) return format;
  throw new ConfigurationError(
    `data.source.path matches files of different formats: ${names[0]} is ${format}, ${other} is ` +
      `${formatOfName(other)}; narrow the pattern to one of them`,
  );
}

/** Files that each are a table of their own. @param read reads a file to its end, so that its digest is known. */
async function readTables(
  files: readonly ByteSource[],
  read: (file: ByteSource) => Promise<Table>,
  union: boolean,
): Promise<SourceTable> {
  const tables: FileTable[] = [];
  const parts: SourcePart[] = [];
  let firstRow = 0;
  for (const file of files) {
    if (file.name.endsWith('.gz')) {
      throw new ConfigurationError(
        `${file.name}: Parquet and Arrow files are compressed inside; unpack it (gunzip ${file.name})`,
      );
    }
    if (file.size === 0) throw new ConfigurationError(`${file.name} is empty`);
    const table = await read(file);
    tables.push({ file: file.name, table });
    parts.push({ name: file.name, digest: file.digest(), firstRow, rows: table.rows });
    firstRow += table.rows;
  }
  return { table: concatTables(tables, union), parts };
}
