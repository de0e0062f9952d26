import { type Moments, noMoments } from '../dataset/statistics/moments.ts';
import type {
  CountedNumber,
  CountedRows,
  CountedText,
  NumberCounts,
  SqlValue,
  TextCounts,
} from './dialect.ts';
import { selectOf } from './quoting.ts';

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
  rows: CountedRows,
  expressions: readonly (readonly [name: string, sql: string])[],
): string {
  return `(${selectOf(
    expressions.map(([name, sql]) => `${sql} AS ${name}`),
    rows,
  )}) AS chosen`;
}

/** Nothing counted over a column's points. */
export function nothingCounted({ points }: CountedNumber, missing: number): NumberCounts {
  const at = points.map(() => 0);
  return { missing, moments: noMoments, at, between: [0, ...at] };
}

/** What an engine says of the deviations of a column's values from its centre. */
interface Deviations {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
  readonly min: number;
  readonly max: number;
}

/** Moments of values whose deviations were summed. @param sums of one value at least. */
export function momentsOfDeviations(
  { centre }: CountedNumber,
  { count, sum, squares, min, max }: Deviations,
): Moments {
  if (min === max) return { count, mean: min, m2: 0, min, max };
  // The sum of squares of deviations from another centre than the mean is larger by this much.
  const m2 = Math.max(0, squares - (sum * sum) / count);
  return { count, mean: centred(centre) + sum / count, m2, min, max };
}

/** A driver's value as a number. */
export function numberOf(value: SqlValue | undefined): number {
  return value === null || value === undefined ? 0 : Number(value);
}

/** How an engine's statement for texts is written. */
export interface TextWriting {
  quote(text: string): string;
  /** Appended to the text in the order of the answer, such as a collation. */
  readonly order?: string;
  /** Whether rows are scanned once for all columns, which are then grouped side by side, and not once for each. */
  readonly oneScan?: boolean;
}

/** One statement for the counts of texts: a part for each column, with its number, ordered and cut. */
export function textStatement(
  rows: CountedRows,
  columns: readonly CountedText[],
  { quote, order = '', oneScan = false }: TextWriting,
): string {
  const parts = columns.map(({ sql, cleaned, wanted, others }, i) => {
    const stored = oneScan
      ? `(SELECT t${i} AS t, n FROM stored WHERE g${i} = 0) AS own`
      : `(SELECT t, count(*) AS n FROM ${selectedRows(rows, [['t', sql]])} GROUP BY t) AS own`;
    const counted = cleaned
      ? `(SELECT v, sum(n) AS n FROM (SELECT ${cleaned('t')} AS v, n FROM ${stored}) AS cleaned GROUP BY v) AS counted`
      : `(SELECT t AS v, n FROM ${stored}) AS counted`;
    const known = wanted.length === 0 ? '' : `(v IN (${wanted.map(quote).join(', ')})) DESC, `;
    // What is missing comes first.
    return `(SELECT ${i} AS i, v, n FROM ${counted} ORDER BY (v IS NULL) DESC, ${known}n DESC, v${order} LIMIT ${1 + wanted.length + others})`;
  });
  return `${oneScan ? storedTexts(rows, columns) : ''}${parts.join('\nUNION ALL\n')}`;
}

/** Stored texts of each column with their counts: those of column 0 where `g0` is 0, of column 1 where `g1` is. */
function storedTexts(rows: CountedRows, columns: readonly CountedText[]): string {
  const names = columns.map((_, i) => `t${i}`);
  const selected = selectedRows(
    rows,
    columns.map(({ sql }, i) => [`t${i}`, sql]),
  );
  const groups = names.map((name, i) => `grouping(${name}) AS g${i}`);
  return (
    `WITH stored AS MATERIALIZED (SELECT ${[...names, ...groups].join(', ')}, count(*) AS n FROM ${selected} ` +
    `GROUP BY GROUPING SETS (${names.map((name) => `(${name})`).join(', ')}))\n`
  );
}

/** Reads what {@link textStatement} asks for. */
export function readTexts(
  rows: readonly (readonly SqlValue[])[],
  columns: readonly CountedText[],
): TextCounts[] {
  const found = columns.map(() => ({ missing: 0, values: [] as { value: string; count: number }[] }));
  for (const [i, value, count] of rows) {
    const column = found[numberOf(i)]!;
    if (value === null) column.missing = numberOf(count);
    else column.values.push({ value: String(value), count: numberOf(count) });
  }
  return found;
}
