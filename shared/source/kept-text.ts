import type { ColumnType } from '../dataset/table/table.ts';
import type { ValueKind } from './columns/value-column.ts';
import type { ReadOptions } from './types.ts';

const kindOfType: Readonly<Partial<Record<ColumnType, ValueKind>>> = { boolean: 'boolean', date: 'date' };

/**
 * Whether a column of a source that types its values is kept as the texts of these. What the lock froze as the source has it is not:
 * the rows that a snapshot keeps are the same before and after a lock.
 *
 * @param kind of the values; undefined where only the values tell.
 */
export function isKeptAsText(
  { textColumns, ownTypes }: Pick<ReadOptions, 'textColumns' | 'ownTypes'>,
  name: string,
  kind?: ValueKind,
): boolean {
  if (!textColumns.has(name)) return false;
  const type = ownTypes?.get(name);
  if (type === undefined) return true;
  return kind !== undefined && kindOfType[type] !== kind;
}

/** Every column of a known type other than number as text: a time that a table cannot hold is then one value that breaks a type. */
export function allTexts({ ownTypes: _, ...options }: ReadOptions): ReadOptions {
  return options;
}
