import type { Dialect, SqlColumn } from './dialect.ts';
import { doubleDigits, hashDigits, quotedIdentifier, quotedText, whiteSpace } from './quoting.ts';
import { thresholdsOf } from './thresholds.ts';
import { type Buckets, wideStatements } from './wide-counts.ts';

function number(value: number): string {
  if (Number.isFinite(value)) return doubleDigits(value);
  return value > 0 ? 'infinity()' : '-infinity()';
}

/** A number's text as JSON has it. A cast to text would write 1.0E-1, and of a real no more than seven digits. */
function allDigits(column: string): string {
  return `json_format(CAST(${column} AS json))`;
}

function asNumber({ name, kind, type }: SqlColumn): string {
  const column = quotedIdentifier(name);
  switch (kind === 'boolean' ? kind : type) {
    case 'boolean':
      return `CASE WHEN ${column} THEN 1e0 WHEN NOT ${column} THEN 0e0 END`;
    case 'real':
      // As its rows come over: 0.1, and not the double next to it.
      return `CASE WHEN is_finite(${column}) THEN CAST(${allDigits(column)} AS double) END`;
    case 'double':
      return `CASE WHEN is_finite(${column}) THEN ${column} END`;
    default:
      return `CAST(${column} AS double)`;
  }
}

/** Trino cuts times before 1970, too, towards the past. */
function asTime({ name, type }: SqlColumn): string {
  const column = quotedIdentifier(name);
  const start = `TIMESTAMP '1970-01-01 00:00:00${/with time zone/.test(type) ? ' UTC' : ''}'`;
  const time = type === 'date' ? `CAST(${column} AS timestamp(3))` : `date_trunc('millisecond', ${column})`;
  return `CAST(date_diff('millisecond', ${start}, ${time}) AS double)`;
}

function asText({ name, type }: SqlColumn): string {
  const column = quotedIdentifier(name);
  const text = `CAST(${column} AS varchar)`;
  // What a column of fixed width is filled up with is no part of its values.
  if (type.startsWith('char')) return `trim(TRAILING ' ' FROM ${text})`;
  return /^(real|double)$/.test(type)
    ? `CASE WHEN is_finite(${column}) THEN ${allDigits(column)} ELSE ${text} END`
    : text;
}

/** A bucket has its lower threshold. */
const buckets: Buckets = {
  sql(column, points) {
    // JSON has no infinity: the last threshold may be one, and nothing lies beyond it.
    const values = thresholdsOf(points).values.filter(Number.isFinite);
    if (values.length === 0) return undefined;
    // As one text: so many literals take the planner long.
    const bounds = `CAST(json_parse('[${values.map(doubleDigits).join(',')}]') AS array(double))`;
    return `json_format(CAST(histogram(width_bucket(${column}, ${bounds})) AS json))`;
  },
  read: (answer) =>
    new Map(
      Object.entries(JSON.parse(answer) as Record<string, number>).map(([bucket, rows]) => [
        Number(bucket),
        Number(rows),
      ]),
    ),
  cells: (points, counts) => thresholdsOf(points).cells(counts),
};

/** Trino: <https://trino.io/docs/current/functions.html>. */
export const trinoDialect: Dialect = {
  name: 'trino',
  // A statement has at most a million characters (query.max-length) and 150 stages (query.max-stage-count): three a text,
  // and those of the user's query for each text again.
  batch: { columns: 14, points: 8192 },
  identifier: quotedIdentifier,
  text: quotedText,
  number,
  asNumber,
  asTime,
  asText,
  trimmed: (value) => `trim(BOTH ${quotedText(whiteSpace)} FROM ${value})`,
  hash: (value) => `substr(lower(to_hex(md5(to_utf8(${value})))), 1, ${hashDigits})`,
  evenOrder: (columns) =>
    `xxhash64(to_utf8(json_format(CAST(ARRAY[${columns.map(asText).join(', ')}] AS json))))`,
  ...wideStatements({ number, text: quotedText }, buckets),
};
