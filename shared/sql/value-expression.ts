import type { FeatureConfig } from '../config/sections/features-section.ts';
import type { ColumnType } from '../dataset/table/table.ts';
import type { CountedValue, Dialect, SqlColumn } from './dialect.ts';

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
export interface ValueExpression extends CountedValue {
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
  return wanted.type === 'category'
    ? textExpression(dialect, column, wanted)
    : numberExpression(dialect, column, wanted);
}

/** Rows without a value of a feature that must have one are not predicted either. */
function present(sql: string, feature: FeatureConfig | undefined): string[] {
  return feature?.missing === 'drop' ? [`${sql} IS NOT NULL`] : [];
}

function numberExpression(
  dialect: Dialect,
  column: SqlColumn,
  { type, feature }: WantedValue,
): ValueExpression | undefined {
  const raw = rawNumber(dialect, column, type);
  if (raw === undefined) return undefined;
  const { sql, where } = (feature && inRange(dialect, raw, feature)) ?? { sql: raw, where: [] };
  return { sql, where: [...where, ...present(sql, feature)] };
}

function textExpression(
  dialect: Dialect,
  column: SqlColumn,
  wanted: WantedValue,
): ValueExpression | undefined {
  if (column.kind !== 'text' && !wanted.asText && !isWhole(column)) return undefined;
  const sql = dialect.asText(column);
  const { feature } = wanted;
  const stripped = (text: string): string => strippedText(dialect, text, wanted);
  if (!feature?.values) return { sql, cleaned: stripped, where: present(stripped(sql), feature) };
  const allowed = (text: string): string =>
    `${stripped(text)} IN (${feature.values!.map((value) => dialect.text(value)).join(', ')})`;
  const cleaned = (text: string): string => `CASE WHEN ${allowed(text)} THEN ${stripped(text)} END`;
  const where = feature.invalid === 'drop' ? [`${stripped(sql)} IS NULL OR ${allowed(sql)}`] : [];
  return { sql, cleaned, where: [...where, ...present(cleaned(sql), feature)] };
}

/** A text without white space around it, where that is wanted; null where it means missing. */
function strippedText(dialect: Dialect, text: string, { markers, trim }: WantedValue): string {
  const stripped = trim ? dialect.trimmed(text) : text;
  const missing = [...new Set(markers.map((marker) => (trim ? marker.trim() : marker)))];
  if (missing.length === 0) return stripped;
  return `CASE WHEN ${stripped} NOT IN (${missing.map((marker) => dialect.text(marker)).join(', ')}) THEN ${stripped} END`;
}

function rawNumber(dialect: Dialect, column: SqlColumn, type: ColumnType): string | undefined {
  const { kind } = column;
  switch (type) {
    case 'number':
      if (kind !== 'number' && kind !== 'boolean') return undefined;
      return isWideWhole(column.type)
        ? safeNumber(dialect, dialect.asNumber(column))
        : dialect.asNumber(column);
    case 'boolean':
      return kind === 'boolean' ? dialect.asNumber(column) : undefined;
    default:
      return kind === 'date' ? dialect.asTime(column) : undefined;
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
