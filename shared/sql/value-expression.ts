import type { FeatureConfig } from '../config/sections/prepare-section.ts';
import type { ColumnType } from '../dataset/table/table.ts';
import type { Dialect, SqlColumn } from './dialect.ts';

/** What a column's values are to become, as reading and cleaning its rows makes them. */
export interface WantedValue {
  readonly type: ColumnType;
  /** Texts that mean missing. */
  readonly markers: readonly string[];
  readonly trim: boolean;
  /** Whether numbers, truths and dates are kept as the engine writes them. */
  readonly asText: boolean;
  readonly feature?: FeatureConfig | undefined;
}

/** A column's cleaned values in SQL. */
export interface ValueExpression {
  /** A double (numbers; dates in milliseconds; truths as 1 and 0) or a text; null where the value is missing. */
  readonly sql: string;
  /** Conditions on rows that stay. */
  readonly where: readonly string[];
}

/**
 * Cleaned values of a column, as `cleanUnlabelled` has them of rows.
 *
 * @returns undefined where the engine's column is not of the type, so that its rows would have to be read.
 */
export function valueExpression(
  dialect: Dialect,
  column: SqlColumn,
  wanted: WantedValue,
): ValueExpression | undefined {
  const raw = rawValue(dialect, column, wanted);
  if (raw === undefined) return undefined;
  const { feature } = wanted;
  if (!feature) return { sql: raw, where: [] };
  const inside =
    wanted.type === 'category' ? allowedTexts(dialect, raw, feature) : inRange(dialect, raw, feature);
  const { sql, where } = inside ?? { sql: raw, where: [] };
  // Rows without a value of a feature that must have one are not predicted either.
  return { sql, where: feature.missing === 'drop' ? [...where, `${sql} IS NOT NULL`] : where };
}

function rawValue(
  dialect: Dialect,
  column: SqlColumn,
  { type, markers, trim, asText }: WantedValue,
): string | undefined {
  const { kind } = column;
  switch (type) {
    case 'number':
      if (kind !== 'number' && kind !== 'boolean') return undefined;
      return isWideWhole(column.type)
        ? safeNumber(dialect, dialect.asNumber(column))
        : dialect.asNumber(column);
    case 'boolean':
      return kind === 'boolean' ? dialect.asNumber(column) : undefined;
    case 'date':
      return kind === 'date' ? dialect.asTime(column) : undefined;
    case 'category': {
      if (kind !== 'text' && !asText && !isWhole(column)) return undefined;
      const text = trim ? dialect.trimmed(dialect.asText(column)) : dialect.asText(column);
      const missing = [...new Set(markers.map((marker) => (trim ? marker.trim() : marker)))];
      if (missing.length === 0) return text;
      return `CASE WHEN ${text} NOT IN (${missing.map((marker) => dialect.text(marker)).join(', ')}) THEN ${text} END`;
    }
  }
}

/** Whole numbers of a type that doubles may not hold. */
export function isWideWhole(type: string): boolean {
  if (/^(bigint|hugeint|ubigint|uhugeint|int8)$/i.test(type)) return true;
  const [, width, scale] = /^decimal\((\d+), ?(\d+)\)$/i.exec(type) ?? [];
  return scale === '0' && Number(width) > 15;
}

/** Among numbers a whole one beyond ±2^53 is a text where rows are read, and then no number. */
function safeNumber(dialect: Dialect, sql: string): string {
  return `CASE WHEN abs(${sql}) <= ${dialect.number(Number.MAX_SAFE_INTEGER)} THEN ${sql} END`;
}

/** Whole numbers beyond ±2^53 are texts, and then all of the column are: an engine writes whole numbers as JavaScript does. */
function isWhole({ kind, type }: SqlColumn): boolean {
  return kind === 'number' && !/float|double|decimal|numeric|real/i.test(type);
}

/** Numbers outside the declared range. */
function inRange(
  dialect: Dialect,
  sql: string,
  { range, invalid }: FeatureConfig,
): ValueExpression | undefined {
  const [least, most] = range ?? [null, null];
  const outside = [
    ...(least === null ? [] : [{ test: `${sql} < ${dialect.number(least)}`, bound: dialect.number(least) }]),
    ...(most === null ? [] : [{ test: `${sql} > ${dialect.number(most)}`, bound: dialect.number(most) }]),
  ];
  if (outside.length === 0) return undefined;
  const cases = outside.map(({ test, bound }) => `WHEN ${test} THEN ${invalid === 'clip' ? bound : 'NULL'}`);
  return {
    sql: `CASE ${cases.join(' ')} ELSE ${sql} END`,
    where:
      invalid === 'drop' ? [`${sql} IS NULL OR NOT (${outside.map(({ test }) => test).join(' OR ')})`] : [],
  };
}

/** Categories that are not allowed. */
function allowedTexts(
  dialect: Dialect,
  sql: string,
  { values, invalid }: FeatureConfig,
): ValueExpression | undefined {
  if (!values) return undefined;
  const allowed = `${sql} IN (${values.map((value) => dialect.text(value)).join(', ')})`;
  return {
    sql: `CASE WHEN ${allowed} THEN ${sql} END`,
    where: invalid === 'drop' ? [`${sql} IS NULL OR ${allowed}`] : [],
  };
}
