import { day } from '../platform/time-lengths.ts';
import { readTexts, textStatement } from './counted-columns.ts';
import { type Dialect, type SqlColumn, usualBatch } from './dialect.ts';
import {
  doubleDigits,
  hashDigits,
  quotedIdentifier,
  quotedText,
  sourceAlias,
  whiteSpace,
} from './quoting.ts';

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

function asTime({ name, type }: SqlColumn): string {
  const column = quotedIdentifier(name);
  if (type === 'DATE') {
    return `CASE WHEN isfinite(${column}) THEN CAST(${column} - DATE '1970-01-01' AS DOUBLE) * ${number(day)} END`;
  }
  return `CASE WHEN isfinite(${column}) THEN ${flooredTime(column)} END`;
}

/** `epoch_ms` cuts towards 1970, and a quotient of microseconds is rounded as a double. */
function flooredTime(column: string): string {
  return `CAST(epoch_ms(${column}) - CASE WHEN epoch_us(${column}) % 1000 < 0 THEN 1 ELSE 0 END AS DOUBLE)`;
}

/** A look at both ends spares most texts the search for each kind of white space, which takes ten times as long. */
function trimmed(value: string): string {
  // Between ! and the no-break space no character is white space to JavaScript.
  const ends = [`unicode(${value})`, `unicode((${value})[-1])`].map((end) => `${end} BETWEEN 33 AND 159`);
  return `CASE WHEN ${ends.join(' AND ')} THEN ${value} ELSE trim(${value}, ${text(whiteSpace)}) END`;
}

/** DuckDB: <https://duckdb.org/docs/stable/sql/functions/aggregates>. */
export const duckdbDialect: Dialect = {
  name: 'duckdb',
  batch: usualBatch,
  identifier: quotedIdentifier,
  text,
  number,
  asNumber,
  asTime,
  asText: ({ name }) => `CAST(${quotedIdentifier(name)} AS VARCHAR)`,
  trimmed,
  hash: (value) => `substr(md5(${value}), 1, ${hashDigits})`,
  evenOrder: () => `hash(${sourceAlias})`,
  content: {
    engine: "'DuckDB ' || version()",
    aggregates: [`sum(hash(${sourceAlias})::HUGEINT)`, `bit_xor(hash(${sourceAlias}))`],
  },
  countTexts: (rows, columns) => ({
    sql: textStatement(rows, columns, { quote: text, oneScan: true }),
    read: (answer) => readTexts(answer, columns),
  }),
};
