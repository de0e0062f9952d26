import { numberOf } from './counted-columns.ts';
import type { CountedRows, SqlValue } from './dialect.ts';
import { selectOf } from './quoting.ts';

/** Sends a statement to an engine. */
export type Ask = (sql: string) => Promise<readonly (readonly SqlValue[])[]>;

/** Rows of an engine. */
interface AskedRows {
  readonly rows: CountedRows;
  readonly ask: Ask;
}

/** How many rows there are. */
export async function countRows({ rows, ask }: AskedRows): Promise<number> {
  const [answer = []] = await ask(selectOf(['count(*)'], rows));
  return numberOf(answer[0]);
}

/** How many rows have a value, how many have none, and between which the values lie. @param sql of a double. */
export async function countRange(
  sql: string,
  { rows, ask }: AskedRows,
): Promise<{
  readonly count: number;
  readonly missing: number;
  readonly min: number | null;
  readonly max: number | null;
}> {
  const counts = ['count(*)', `count(${sql})`, `min(${sql})`, `max(${sql})`];
  const [[all, present, min, max] = []] = await ask(selectOf(counts, rows));
  const count = numberOf(present);
  const missing = numberOf(all) - count;
  return count === 0
    ? { count, missing, min: null, max: null }
    : { count, missing, min: numberOf(min) + 0, max: numberOf(max) + 0 };
}
