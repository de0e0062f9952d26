import type {
  CountedNumber,
  CountedRows,
  CountedText,
  NumberCounts,
  SqlValue,
  TextCounts,
} from './dialect.ts';
import { subquery } from './quoting.ts';

/** Values beyond this, either way, count as it in sums and squares, which would leave the range of a double. */
const mostCentred = 1e150;

/** @returns `value` between the bounds of what can be squared and added up. */
export function centred(value: number): number {
  return Math.max(-mostCentred, Math.min(mostCentred, value));
}

/** The bounds as they stand in SQL. */
export const centredBounds = { least: -mostCentred, most: mostCentred };

/** The rows, and of their columns the expressions by name. */
export function selectedRows(
  { query, where }: CountedRows,
  expressions: readonly (readonly [name: string, sql: string])[],
): string {
  const columns = expressions.map(([name, sql]) => `${sql} AS ${name}`).join(', ');
  const conditions = where.length === 0 ? '' : ` WHERE ${where.map((one) => `(${one})`).join(' AND ')}`;
  return `(SELECT ${columns} FROM ${subquery(query)}${conditions}) AS chosen`;
}

/** Nothing counted over a column's points. */
export function nothingCounted({ points }: CountedNumber, missing: number): NumberCounts {
  const at = points.map(() => 0);
  return { count: 0, missing, sum: 0, squares: 0, min: null, max: null, at, between: [0, ...at] };
}

/** A driver's value as a number. */
export function numberOf(value: SqlValue | undefined): number {
  return value === null || value === undefined ? 0 : Number(value);
}

/**
 * One statement for the counts of texts: a part for each column, with its number, ordered and cut.
 *
 * @param quote of a text. @param order appended to the text in the order of the answer, such as a collation.
 */
export function textStatement(
  rows: CountedRows,
  columns: readonly CountedText[],
  { quote, order = '' }: { readonly quote: (text: string) => string; readonly order?: string },
): string {
  return columns
    .map(({ sql, wanted, others }, i) => {
      const known = wanted.length === 0 ? '' : `(v IN (${wanted.map(quote).join(', ')})) DESC, `;
      return (
        `(SELECT ${i} AS i, v, n FROM (SELECT v, count(*) AS n FROM ${selectedRows(rows, [['v', sql]])} GROUP BY v) AS counted ` +
        `WHERE v IS NOT NULL ORDER BY ${known}n DESC, v${order} LIMIT ${wanted.length + others})`
      );
    })
    .join('\nUNION ALL\n');
}

/** Reads what {@link textStatement} asks for. */
export function readTexts(
  rows: readonly (readonly SqlValue[])[],
  columns: readonly CountedText[],
): TextCounts[] {
  const found = columns.map((): { value: string; count: number }[] => []);
  for (const [i, value, count] of rows) {
    found[numberOf(i)]!.push({ value: String(value), count: numberOf(count) });
  }
  return found;
}
