import { ConfigurationError } from '../../platform/errors.ts';
import type { Dialect, SqlColumn } from '../../sql/dialect.ts';
import { isWideWhole } from '../../sql/value-expression.ts';
import type { TypedValue } from './value-column.ts';

/** A value as an engine's driver gives it; whole numbers that a double may not hold as bigint or as text. */
export type StoredValue = null | boolean | number | bigint | string;

/**
 * A column in SQL, as it comes over: dates and times in milliseconds, infinite where they are; decimals as doubles.
 *
 * @param whole how whole numbers that a double may not hold are selected.
 */
export function storedSql(dialect: Dialect, column: SqlColumn, whole: (name: string) => string): string {
  const name = dialect.identifier(column.name);
  switch (column.kind) {
    case 'boolean':
      return name;
    case 'date':
      // A time at infinity is to be told from one that is missing.
      return `CASE WHEN ${name} IS NOT NULL THEN coalesce(${dialect.asTime(column)}, ${dialect.number(Number.POSITIVE_INFINITY)}) END`;
    case 'text':
      return dialect.asText(column);
    case 'number':
      if (isWideWhole(column.type)) return whole(name);
      return /^decimal/i.test(column.type) ? `CAST(${name} AS DOUBLE)` : name;
  }
}

/**
 * The value of a stored one. NaN is missing; a whole number beyond ±2^53 stays text.
 *
 * @throws ConfigurationError for a time at infinity.
 */
export function valueOfStored(stored: StoredValue, { name, kind }: SqlColumn): TypedValue {
  if (stored === null) return null;
  if (kind === 'date') return dateOf(Number(stored), name);
  if (kind !== 'number') return typeof stored === 'bigint' ? String(stored) : stored;
  const value = Number(stored);
  if (Number.isNaN(value)) return null;
  return typeof stored !== 'number' && Number.isFinite(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER
    ? String(stored)
    : value;
}

function dateOf(time: number, column: string): Date {
  const date = new Date(time);
  if (!Number.isNaN(date.getTime())) return date;
  throw new ConfigurationError(
    `data.source.query: column ${column} holds a time that a table cannot hold (infinity, or beyond the year 275760); leave such rows out, or write CASE WHEN isfinite(${column}) THEN ${column} END`,
  );
}

/** A stored value in JSON, none like another: the digest of rows is made of it. */
export function jsonOfStored(stored: StoredValue): unknown {
  if (typeof stored === 'bigint') return [String(stored)];
  return typeof stored === 'number' && !Number.isFinite(stored) ? [String(stored)] : stored;
}
