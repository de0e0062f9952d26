import { ConfigurationError } from '../../platform/errors.ts';
import type { SqlColumn } from '../../sql/dialect.ts';
import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import type { TypedValue } from '../value-column.ts';
import type { DuckDbValue } from './duckdb-package.ts';

/** A column in SQL, as it comes over. */
export function storedSql(column: SqlColumn): string {
  const name = duckdbDialect.identifier(column.name);
  switch (column.kind) {
    case 'boolean':
      return name;
    case 'date':
      // Milliseconds; a time at infinity is to be told from one that is missing.
      return `CASE WHEN ${name} IS NOT NULL THEN coalesce(${duckdbDialect.asTime(column)}, 'Infinity'::DOUBLE) END`;
    case 'text':
      return duckdbDialect.asText(column);
    case 'number':
      return isWide(column.type)
        ? `CAST(${name} AS HUGEINT)`
        : /^DECIMAL/.test(column.type)
          ? `CAST(${name} AS DOUBLE)`
          : name;
  }
}

/** Whole numbers that a double may not hold. */
function isWide(type: string): boolean {
  const [, width, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  return scale === '0' && Number(width) > 15;
}

/**
 * The value of a stored one. NaN is missing; a whole number beyond ±2^53 stays text.
 *
 * @throws ConfigurationError for a time at infinity.
 */
export function valueOfStored(stored: DuckDbValue, { name, kind }: SqlColumn): TypedValue {
  if (stored === null) return null;
  if (kind === 'date') return dateOf(Number(stored), name);
  if (typeof stored !== 'bigint') return typeof stored === 'number' && Number.isNaN(stored) ? null : stored;
  const value = Number(stored);
  return Math.abs(value) > Number.MAX_SAFE_INTEGER ? String(stored) : value;
}

function dateOf(time: number, column: string): Date {
  const date = new Date(time);
  if (!Number.isNaN(date.getTime())) return date;
  throw new ConfigurationError(
    `data.source.query: column ${column} holds a time that a table cannot hold (infinity, or beyond the year 275760); leave such rows out, or write CASE WHEN isfinite(${column}) THEN ${column} END`,
  );
}

/** A stored value in JSON, none like another: the digest of rows is made of it. */
export function jsonOfStored(stored: DuckDbValue): unknown {
  if (typeof stored === 'bigint') return [String(stored)];
  return typeof stored === 'number' && !Number.isFinite(stored) ? [String(stored)] : stored;
}
