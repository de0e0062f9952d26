import { parseArrow } from '../../dataset/arrow/arrow.ts';
import { columnOfArrow } from '../../dataset/arrow/arrow-decoding.ts';
import type { Column, Table } from '../../dataset/table/table.ts';
import { byFirstAppearance } from '../category-order.ts';
import { checkNames } from '../column-names.ts';
import { concatTables, type FileTable } from '../concat-tables.ts';
import { createMissingTest } from '../missing.ts';
import type { ReadOptions } from '../types.ts';

/**
 * Reads an Arrow IPC file or stream (Feather version 2 is the same); buffers may be compressed by LZ4 or Zstandard.
 *
 * @throws ConfigurationError when the bytes are no whole Arrow IPC, or a wanted column cannot be in a table.
 */
export function readArrow(bytes: Uint8Array, name: string, options: ReadOptions): Table {
  const isMissing = createMissingTest(options);
  const pieces = parseArrow(bytes, name).map((arrow): FileTable => {
    const { fields } = arrow.schema;
    checkNames(
      fields.map((field) => field.name),
      name,
    );
    const columns = new Map<string, Column>();
    for (const [i, field] of fields.entries()) {
      if (options.columns && !options.columns.has(field.name)) continue;
      const column = columnOfArrow(arrow.children[i]!, field.name, name, isMissing);
      columns.set(field.name, column.type === 'category' ? byFirstAppearance(column) : column);
    }
    return { file: name, table: { rows: arrow.numRows, columns } };
  });
  return concatTables(pieces, false);
}
