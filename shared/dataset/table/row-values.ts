import { quote } from '../../platform/errors.ts';
import type { ColumnType, Value } from './table.ts';

function wrongType(column: string, type: ColumnType, value: unknown): TypeError {
  return new TypeError(
    `column ${column} of a row holds ${quote(value)} where a ${type} is expected; parse rows with parseRecord first`,
  );
}

/** A row's number, date (milliseconds since 1970) or boolean (0, 1) as a number; NaN is missing. @throws TypeError on another type. */
export function numberInRow(value: Value | undefined, column: string, type: ColumnType): number {
  if (value === null || value === undefined) return Number.NaN;
  if (type === 'boolean') {
    if (typeof value === 'boolean') return value ? 1 : 0;
  } else if (typeof value === 'number') return value;
  throw wrongType(column, type, value);
}

/** A row's category; null is missing. @throws TypeError on another type. */
export function textInRow(value: Value | undefined, column: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  throw wrongType(column, 'category', value);
}
