import {
  centred,
  centredBounds,
  nothingCounted,
  numberOf,
  readTexts,
  selectedRows,
  textStatement,
} from './counted-columns.ts';
import type { CountedNumber, Dialect, NumberCounts, SqlColumn, SqlValue } from './dialect.ts';
import { doubleDigits, quotedIdentifier, quotedText, sourceAlias, whiteSpace } from './quoting.ts';
import { thresholdsOf } from './thresholds.ts';

/** A C string ends at NUL, so that one has to be written otherwise. */
function text(value: string): string {
  const parts = value.split('\0').map(quotedText);
  return parts.length === 1 ? parts[0]! : `(${parts.join(' || chr(0) || ')})`;
}

function number(value: number): string {
  return Number.isFinite(value) ? doubleDigits(value) : `'${value}'::DOUBLE`;
}

function asNumber({ name, kind, type }: SqlColumn): string {
  const column = quotedIdentifier(name);
  if (kind === 'boolean') return `CASE WHEN ${column} THEN 1e0 WHEN NOT ${column} THEN 0e0 END`;
  const double = `CAST(${column} AS DOUBLE)`;
  return /^(FLOAT|DOUBLE)$/.test(type) ? `CASE WHEN isfinite(${column}) THEN ${double} END` : double;
}

function asTime({ name }: SqlColumn): string {
  const column = quotedIdentifier(name);
  return `CASE WHEN isfinite(${column}) THEN ${flooredTime(column)} END`;
}

/** `epoch_ms` cuts towards 1970, and a quotient of microseconds is rounded as a double. */
function flooredTime(column: string): string {
  return `CAST(epoch_ms(${column}) - CASE WHEN epoch_us(${column}) % 1000 < 0 THEN 1 ELSE 0 END AS DOUBLE)`;
}

/** Five values and the histogram of each column; the count of rows stands before them. */
function numberStatement(columns: readonly CountedNumber[]): string[] {
  const { least, most } = centredBounds;
  return columns.flatMap(({ centre, points }, i) => {
    const deviation = `(greatest(least(x${i}, ${number(most)}), ${number(least)}) - ${number(centred(centre))})`;
    const { values } = thresholdsOf(points, 'right');
    const buckets =
      values.length === 0
        ? 'NULL'
        : `array_to_string(map_values(histogram(x${i}, [${values.map(number).join(', ')}])), ',')`;
    return [
      `count(x${i})`,
      // The least of a missing value and a bound is the bound.
      `fsum(${deviation}) FILTER (WHERE x${i} IS NOT NULL)`,
      `fsum(${deviation} * ${deviation}) FILTER (WHERE x${i} IS NOT NULL)`,
      `min(x${i})`,
      `max(x${i})`,
      buckets,
    ];
  });
}

function readNumber(
  column: CountedNumber,
  rows: number,
  [count, sum, squares, min, max, buckets]: readonly SqlValue[],
): NumberCounts {
  const present = numberOf(count);
  if (present === 0) return nothingCounted(column, rows);
  const counts = typeof buckets === 'string' ? buckets.split(',').map(Number) : [present];
  return {
    count: present,
    missing: rows - present,
    sum: numberOf(sum),
    squares: numberOf(squares),
    min: numberOf(min) + 0,
    max: numberOf(max) + 0,
    ...thresholdsOf(column.points, 'right').cells(new Map(counts.entries())),
  };
}

/** DuckDB: <https://duckdb.org/docs/stable/sql/functions/aggregates>. */
export const duckdbDialect: Dialect = {
  name: 'duckdb',
  identifier: quotedIdentifier,
  text,
  number,
  asNumber,
  asTime,
  asText: ({ name }) => `CAST(${quotedIdentifier(name)} AS VARCHAR)`,
  trimmed: (value) => `trim(${value}, ${text(whiteSpace)})`,
  evenOrder: `hash(${sourceAlias})`,
  countNumbers(rows, columns) {
    const selected = selectedRows(
      rows,
      columns.map(({ sql }, i) => [`x${i}`, sql]),
    );
    return {
      sql: `SELECT ${['count(*)', ...numberStatement(columns)].join(', ')} FROM ${selected}`,
      read([answer = []]) {
        const counted = numberOf(answer[0]);
        return {
          rows: counted,
          columns: columns.map((column, i) =>
            readNumber(column, counted, answer.slice(1 + 6 * i, 7 + 6 * i)),
          ),
        };
      },
    };
  },
  countTexts: (rows, columns) => ({
    sql: textStatement(rows, columns, { quote: text }),
    read: (answer) => readTexts(answer, columns),
  }),
};
