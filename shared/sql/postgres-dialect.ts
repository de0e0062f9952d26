import {
  centred,
  centredBounds,
  momentsOfDeviations,
  nothingCounted,
  numberOf,
  readTexts,
  selectedRows,
  textStatement,
} from './counted-columns.ts';
import type { CountedNumber, Dialect, NumberCounts, SqlColumn, SqlValue } from './dialect.ts';
import { doubleDigits, hashDigits, quotedIdentifier, sourceAlias, whiteSpace } from './quoting.ts';
import { thresholdsOf } from './thresholds.ts';

/** An escape string: what it means does not depend on `standard_conforming_strings`. No text of PostgreSQL's holds NUL. */
function text(value: string): string {
  const escaped = value.replaceAll('\0', '\u{fffd}').replaceAll('\\', '\\\\').replaceAll("'", "''");
  return `E'${escaped}'::text`;
}

const digits = (value: number): string => (Number.isFinite(value) ? doubleDigits(value) : String(value));
const number = (value: number): string => `'${digits(value)}'::float8`;

function asNumber({ name, kind, type }: SqlColumn): string {
  const column = quotedIdentifier(name);
  if (kind === 'boolean') return `CASE WHEN ${column} THEN 1::float8 WHEN NOT ${column} THEN 0::float8 END`;
  switch (type) {
    case 'float4':
      // As it is written: 0.1, and not the double next to it.
      return `CASE WHEN abs(${column}) < 'Infinity' THEN ${column}::text::float8 END`;
    case 'float8':
      return `CASE WHEN abs(${column}) < 'Infinity' THEN ${column} END`;
    case 'numeric':
      // PostgreSQL refuses what rounds to 0 or to infinity. A whole number beyond ±2^53 is a text where rows are read.
      return (
        `CASE WHEN abs(${column}) < 2.5e-324 THEN 0 WHEN scale(${column}) = 0 AND abs(${column}) > ${Number.MAX_SAFE_INTEGER} THEN NULL ` +
        `WHEN abs(${column}) <= 1.7976931348623157e308 THEN ${column}::float8 END`
      );
    case 'oid':
      return `${column}::int8::float8`;
    default:
      return `${column}::float8`;
  }
}

/** As the driver has it, which the rows are read by. */
function asText({ name, kind, type }: SqlColumn): string {
  const column = quotedIdentifier(name);
  if (kind === 'boolean') return `CASE WHEN ${column} THEN 't' WHEN NOT ${column} THEN 'f' END`;
  // A cast takes the filling of char(n) away, as rows are read without it; of an inet it would write the mask.
  return type === 'inet'
    ? `CASE WHEN ${column} IS NOT NULL THEN format('%s', ${column}) END`
    : `${column}::text`;
}

function asTime({ name }: SqlColumn): string {
  const column = quotedIdentifier(name);
  return `CASE WHEN isfinite(${column}) THEN floor(extract(epoch FROM ${column}) * 1000)::float8 END`;
}

/** Number of the column, value, deviation and bucket: a row for each value. */
function unpivoted({ centre, points }: CountedNumber, i: number): string {
  const { least, most } = centredBounds;
  const { values } = thresholdsOf(points);
  const bucket =
    values.length === 0
      ? `CASE WHEN x${i} IS NOT NULL THEN 0 END`
      : `width_bucket(x${i}, '{${values.map(digits).join(',')}}'::float8[])`;
  const deviation = `greatest(least(x${i}, ${number(most)}), ${number(least)}) - ${number(centred(centre))}`;
  // A least and a greatest of a missing value are not missing here.
  return `(${i}, x${i}, CASE WHEN x${i} IS NOT NULL THEN ${deviation} END, ${bucket})`;
}

function readNumber(
  column: CountedNumber,
  [, missing, sum, squares, min, max, buckets]: readonly SqlValue[],
): NumberCounts & { readonly rows: number } {
  const absent = numberOf(missing);
  if (typeof buckets !== 'string') return { ...nothingCounted(column, absent), rows: absent };
  const counts = new Map(
    buckets.split(',').map((bucket) => bucket.split(':').map(Number) as [number, number]),
  );
  const count = [...counts.values()].reduce((total, one) => total + one, 0);
  return {
    ...{ missing: absent, rows: count + absent },
    moments: momentsOfDeviations(column, {
      ...{ count, sum: numberOf(sum), squares: numberOf(squares) },
      ...{ min: numberOf(min) + 0, max: numberOf(max) + 0 },
    }),
    ...thresholdsOf(column.points).cells(counts),
  };
}

/** PostgreSQL: <https://www.postgresql.org/docs/15/functions-math.html>. */
export const postgresDialect: Dialect = {
  name: 'postgres',
  batch: { columns: 32, points: 16_384 },
  identifier: quotedIdentifier,
  text,
  number,
  asNumber,
  asTime,
  asText,
  trimmed: (value) => `btrim(${value}, ${text(whiteSpace)})`,
  hash: (value) => `(substr(md5(${value}), 1, ${hashDigits}) COLLATE "C")`,
  evenOrder: () => `hashtextextended(${sourceAlias}::text, 0)`,
  content: {
    // Hashes are those of hash partitions on the disk, which no minor version changes.
    engine: "'PostgreSQL ' || substring(current_setting('server_version') FROM '^[0-9]+')",
    aggregates: [0, 1].map((seed) => `sum(hashtextextended(${sourceAlias}::text, ${seed}))`),
  },
  countNumbers(rows, columns) {
    const selected = selectedRows(
      rows,
      columns.map(({ sql }, i) => [`x${i}`, sql]),
    );
    const cells =
      // What would round to 0 is refused.
      'SELECT i, bucket, count(*) AS n, sum(d) AS d, sum(CASE WHEN abs(d) < 1e-150 THEN 0 ELSE d * d END) AS q, min(x) AS lo, max(x) AS hi ' +
      `FROM ${selected} CROSS JOIN LATERAL (VALUES ${columns.map(unpivoted).join(', ')}) AS cell(i, x, d, bucket) ` +
      'GROUP BY i, bucket';
    return {
      // A row for each column: of a bucket only its number and its count come over.
      sql:
        'SELECT i, sum(n) FILTER (WHERE bucket IS NULL), sum(d), sum(q), min(lo), max(hi), ' +
        `string_agg(bucket || ':' || n, ',') FILTER (WHERE bucket IS NOT NULL) FROM (${cells}) AS counted GROUP BY i`,
      read(answer) {
        const byColumn = columns.map((): readonly SqlValue[] => []);
        for (const row of answer) byColumn[numberOf(row[0])] = row;
        const counted = columns.map((column, i) => readNumber(column, byColumn[i]!));
        return {
          rows: counted[0]?.rows ?? 0,
          columns: counted.map(({ rows: _, ...column }) => column),
        };
      },
    };
  },
  countTexts: (rows, columns) => ({
    sql: textStatement(rows, columns, { quote: text, order: ' COLLATE "C"' }),
    read: (answer) => readTexts(answer, columns),
  }),
};
