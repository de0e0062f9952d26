import { allRows, type EffectiveShares } from '../dependence/effective-rows.ts';
import { moreThanBefore, type Proportion } from '../hypothesis-tests/two-proportion.ts';
import { leastShare } from './structural-test.ts';

/** How many times as often as before a value must be missing. */
const leastRatio = 2;

function effective({ count, rows }: Proportion, share: number): Proportion {
  return { count: Math.round(count * share), rows: Math.max(1, Math.round(rows * share)) };
}

/**
 * The chance that so many values are missing in the current rows or more, by Fisher's exact test.
 *
 * @returns undefined where it is not twice as often as before and by at least one percentage point.
 */
export function moreMissing(
  reference: Proportion,
  current: Proportion,
  shares: EffectiveShares = allRows,
): number | undefined {
  const [before, now] = [reference.count / reference.rows, current.count / current.rows];
  if (!(now >= leastRatio * before && now - before >= leastShare)) return undefined;
  return moreThanBefore(effective(reference, shares.reference), effective(current, shares.current));
}
