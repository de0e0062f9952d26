// Arrow and Feather files.

import { columnOfArrow } from '../../dataset/arrow/arrow-decoding.ts';
import { parseArrow } from '../../dataset/arrow/arrow-ipc.ts';
import type { Column, Table } from '../../dataset/table/table.ts';
import type { Logger } from '../../platform/logger.ts';
import { byFirstAppearance } from '../columns/category-order.ts';
import { checkNames } from '../columns/column-names.ts';
import { leftOutIndex } from '../columns/pandas-index.ts';
import { MarkerWatch } from '../columns/told-markers.ts';
import { namedColumns } from '../columns/visible-name.ts';
import { wideNumbers } from '../columns/wide-numbers.ts';
import { concatTables, type FileTable } from '../files/concat-tables.ts';
import type { ReadOptions } from '../types.ts';
import { refuseForeign } from '../unread-files.ts';

/**
 * Reads an Arrow IPC file or stream (Feather version 2 is the same); buffers may be compressed by LZ4 or Zstandard.
 *
 * @throws ConfigurationError when the bytes are not complete Arrow IPC, or a wanted column cannot be in a table.
 */
export function readArrow(bytes: Uint8Array, name: string, options: ReadOptions, logger: Logger): Table {
  if (Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== 'ARROW1') refuseForeign(bytes, name);
  const pieces = parseArrow(bytes, name).map((arrow): FileTable => {
    const { fields, metadata } = arrow.schema;
    const stored = fields.map((field) => field.name);
    const names = namedColumns(stored, options.trim, name, logger);
    checkNames(names, name);
    const index = leftOutIndex(stored, metadata?.get('pandas') ?? undefined, options, logger);
    const columns = new Map<string, Column>();
    const markers = new MarkerWatch(options);
    for (const [i, called] of names.entries()) {
      if ((options.columns && !options.columns.has(called)) || index.has(stored[i]!)) continue;
      const isMissing = markers.testOf(called);
      const wide = wideNumbers(called, name, options, logger);
      const column = columnOfArrow(arrow.children[i]!, called, name, isMissing, wide);
      columns.set(called, column.type === 'category' ? byFirstAppearance(column) : column);
    }
    for (const remark of markers.remarks(columns, false)) logger.warn(remark);
    return { file: name, table: { rows: arrow.numRows, columns } };
  });
  return concatTables(pieces, false);
}
