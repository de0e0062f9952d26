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
import type { CountedNumber, Dialect, NumberCounts, SqlValue } from './dialect.ts';

/** How an engine counts into buckets. */
export interface Buckets {
  /** An aggregate over a column, which answers a text; undefined where there are no points. */
  sql(column: string, points: readonly number[]): string | undefined;
  /** Rows by bucket, of a text that is not null. */
  read(answer: string): ReadonlyMap<number, number>;
  cells(
    points: readonly number[],
    buckets: ReadonlyMap<number, number>,
  ): Pick<NumberCounts, 'at' | 'between'>;
}

/** The two statements of an engine that counts all columns in one row of an answer. */
export function wideStatements(
  { number, text }: Pick<Dialect, 'number' | 'text'>,
  buckets: Buckets,
): Required<Pick<Dialect, 'countNumbers' | 'countTexts'>> {
  return {
    countNumbers(rows, columns) {
      const selected = selectedRows(
        rows,
        columns.map(({ sql }, i) => [`x${i}`, sql]),
      );
      return {
        sql: `SELECT ${wideCounts(columns, { number }, buckets)} FROM ${selected}`,
        read: ([answer = []]) => readWideCounts(answer, columns, buckets),
      };
    },
    countTexts: (rows, columns) => ({
      sql: textStatement(rows, columns, { quote: text }),
      read: (answer) => readTexts(answer, columns),
    }),
  };
}

/** What is selected of columns `x0`, `x1` …, of which each row of the answer has six values, after the count of rows. */
function wideCounts(
  columns: readonly CountedNumber[],
  { number }: Pick<Dialect, 'number'>,
  buckets: Buckets,
): string {
  const { least, most } = centredBounds;
  const counted = columns.flatMap(({ centre, points }, i) => {
    const deviation = `(greatest(least(x${i}, ${number(most)}), ${number(least)}) - ${number(centred(centre))})`;
    // Of a missing value and a bound the least may be the bound.
    const present = `FILTER (WHERE x${i} IS NOT NULL)`;
    return [
      `count(x${i})`,
      `sum(${deviation}) ${present}`,
      `sum(${deviation} * ${deviation}) ${present}`,
      `min(x${i})`,
      `max(x${i})`,
      buckets.sql(`x${i}`, points) ?? 'NULL',
    ];
  });
  return ['count(*)', ...counted].join(', ');
}

/** Reads the one row that {@link wideCounts} asks for. */
function readWideCounts(
  answer: readonly SqlValue[],
  columns: readonly CountedNumber[],
  buckets: Buckets,
): { readonly rows: number; readonly columns: NumberCounts[] } {
  const rows = numberOf(answer[0]);
  return {
    rows,
    columns: columns.map((column, i) =>
      readNumber(column, rows, answer.slice(1 + 6 * i, 7 + 6 * i), buckets),
    ),
  };
}

function readNumber(
  column: CountedNumber,
  rows: number,
  [count, sum, squares, min, max, text]: readonly SqlValue[],
  buckets: Buckets,
): NumberCounts {
  const present = numberOf(count);
  if (present === 0) return nothingCounted(column, rows);
  const found = typeof text === 'string' ? buckets.read(text) : new Map([[0, present]]);
  return {
    missing: rows - present,
    moments: momentsOfDeviations(column, {
      ...{ count: present, sum: numberOf(sum), squares: numberOf(squares) },
      ...{ min: numberOf(min) + 0, max: numberOf(max) + 0 },
    }),
    ...buckets.cells(column.points, found),
  };
}
