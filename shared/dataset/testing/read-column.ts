import { type LogEntry, recordingLogger } from '../../platform/logger.ts';
import { createRowPlaces } from '../table/row-place.ts';
import type { Column } from '../table/table.ts';
import { typeColumn } from '../types/infer-types.ts';
import { configOf, sourceOf } from './source-builder.ts';

export type Config = ReturnType<typeof configOf>;

/** A column of texts, typed; the lines that were told. */
export function read(texts: readonly string[], config: Config = configOf()) {
  const { table, parts } = sourceOf({ x: texts });
  const entries: LogEntry[] = [];
  const typed = typeColumn('x', table.columns.get('x')!, {
    config,
    places: createRowPlaces(parts),
    logger: recordingLogger(entries),
  });
  return { ...typed, told: entries.map(({ message }) => message) };
}

/** The numbers of a column, or its dates in milliseconds since 1970. */
export function valuesOf(column: Column): number[] {
  if (column.type !== 'number' && column.type !== 'date')
    throw new TypeError(`the column is of ${column.type}`);
  return [...column.values];
}

/** What a column of these texts is refused with. */
export function message(texts: readonly string[]): string {
  try {
    read(texts);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}
