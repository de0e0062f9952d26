import type { DatasetSchema } from '../../shared/dataset/schema/schema.ts';
import type { Table } from '../../shared/dataset/table/table.ts';
import { windowEnd } from '../../shared/dataset/time/window.ts';

/** Until when the rows of some data go, in event time: `{ column: 'year', until: '1976' }`. */
export interface Window {
  readonly column: string;
  readonly until: string;
}

/**
 * The numbers of the rows whose event time lies after a window: no model of that window's data can have seen them, however its
 * rows were divided. A row without an event time is in every window.
 *
 * @param window absent where it is not known how far the data goes: then of no row. @param schema of that data: where the
 *   column was of another type, its times cannot be compared with those of today.
 */
export function newerRows(table: Table, window: Window | undefined, schema: DatasetSchema): Uint32Array {
  const times = window && table.columns.get(window.column);
  if (!window || (times?.type !== 'number' && times?.type !== 'date')) return new Uint32Array();
  const then = schema.columns.find(({ name }) => name === window.column);
  if (then?.type !== times.type) return new Uint32Array();
  const end = windowEnd(window.until, times, 'the window of the data that the champion was trained on');
  return Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) => times.values[row]! > end);
}
