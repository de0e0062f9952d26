import { parseArrow } from '../../dataset/arrow.ts';
import { columnOfArrow } from '../../dataset/arrow-decoding.ts';
import type { Column, Table } from '../../dataset/table.ts';
import { byFirstAppearance } from '../category-order.ts';
import { checkNames } from '../column-names.ts';
import { createMissingTest } from '../missing.ts';
import type { ReadOptions } from '../types.ts';

/**
 * Reads an Arrow IPC file or stream (Feather version 2 is the same); buffers may be compressed by LZ4 or Zstandard.
 *
 * @throws ConfigurationError when the bytes are no whole Arrow IPC, or a wanted column cannot be in a table.
 */
export function readArrow(bytes: Uint8Array, name: string, options: ReadOptions): Table {
  const arrow = parseArrow(bytes, name);
  checkNames(
    arrow.schema.fields.map((field) => field.name),
    name,
  );
  const columns = new Map<string, Column>();
  for (const [i, field] of arrow.schema.fields.entries()) {
    if (options.columns && !options.columns.has(field.name)) continue;
    const column = columnOfArrow(arrow.children[i]!, field.name, name, createMissingTest(options));
    columns.set(field.name, column.type === 'category' ? byFirstAppearance(column) : column);
  }
  return { rows: arrow.numRows, columns };
}
