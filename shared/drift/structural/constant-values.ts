import { logChoices } from '../../algebra/log-choices.ts';
import { allRows, type EffectiveShares } from '../dependence/effective-rows.ts';
import { type CellPair, rowsOf } from '../samples/cell-pair.ts';
import { leastShare } from './structural-test.ts';

/**
 * The chance that all current rows have one value when they are drawn at random from the pooled rows of both sides: of the
 * value that they have, or of one that is as unlikely. With `n_v` of the reference's n rows at that value and m current
 * ones, each value's part is C(n_v + m, m) / C(n + m, m): exact, given the pooled rows.
 *
 * @param pair cells; one of them has all current rows.
 * @returns undefined where the current rows are in several cells, or the reference was constant, or nearly so at that value.
 * @example 300 rows of 300 values, then 300 of one of them: below 1e-170
 */
export function constantP(pair: CellPair, shares: EffectiveShares = allRows): number | undefined {
  const rows = rowsOf(pair);
  const own = pair.current.findIndex((count) => count > 0);
  if (own < 0 || pair.current[own] !== rows.current) return undefined;
  const elsewhere = 1 - pair.reference[own]! / rows.reference;
  const wasConstant = pair.reference.some((count) => count === rows.reference);
  if (wasConstant || !(elsewhere >= leastShare)) return undefined;
  const n = rows.reference * shares.reference;
  const m = rows.current * shares.current;
  const ways = logChoices(n + m, m);
  const pooled = (cell: number): number =>
    pair.reference[cell]! * shares.reference + pair.current[cell]! * shares.current;
  const most = pooled(own);
  let p = 0;
  for (let cell = 0; cell < pair.reference.length; cell++) {
    const count = pooled(cell);
    if (count >= m && count <= most) p += Math.exp(logChoices(count, m) - ways);
  }
  return Math.min(1, p);
}
