import { betaQuantile } from '../../algebra/beta-distribution.ts';
import { normalQuantile } from '../../algebra/normal-distribution.ts';
import { Numbering } from '../../platform/numbering.ts';

/** Which rows lie together, as those of one customer do. */
export interface RowGroups {
  /** By row, the number of its group, from 0. */
  readonly codes: Uint32Array;
  readonly sizes: Uint32Array;
}

/** @param groups by row, the value that rows of a group share. */
export function rowGroups(groups: readonly string[]): RowGroups {
  const known = new Numbering<string>();
  const codes = Uint32Array.from(groups, (group) => known.of(group));
  const sizes = new Uint32Array(known.values.length);
  for (const code of codes) sizes[code]!++;
  return { codes, sizes };
}

/** How a quantity spreads when its rows are drawn one by one, and when whole groups of them are. */
export interface GroupSpread {
  readonly byRow: Float64Array;
  /** As many draws; NaN in either where the quantity is undefined. */
  readonly byGroup: Float64Array;
  readonly sizes: Uint32Array;
}

/**
 * By what an interval that takes rows for independent is lengthened where they lie in groups: the root of the design effect,
 * which is the variance when whole groups are drawn over that when rows are (Kish, "Survey Sampling", 1965, section 8.2),
 * times what Student's quantile of one degree of freedom less than there are groups, and their unbiased variance, add. Never below 1: that
 * rows of a group differ more than others is mostly chance.
 *
 * Where no draw moves the quantity, as of a sample without an error, rows of a group count as one: Σ size² / rows.
 */
export function groupFactor({ byRow, byGroup, sizes }: GroupSpread, confidence: number): number {
  const groups = sizes.length;
  if (groups < 2) return Number.POSITIVE_INFINITY;
  const [rows, squares] = sizes.reduce(
    ([sum, squared], size) => [sum + size, squared + size ** 2] as [number, number],
    [0, 0] as [number, number],
  );
  const [alone, together] = [varianceOf(byRow), varianceOf(byGroup)];
  const effect = alone > 0 ? Math.max(1, together / alone) : squares / rows;
  const few = studentQuantile(confidence, groups - 1) / normalQuantile((1 + confidence) / 2);
  return Math.sqrt((effect * groups) / (groups - 1)) * few;
}

/** The two-sided quantile: P(|T| ≤ t) = confidence. */
function studentQuantile(confidence: number, freedom: number): number {
  const x = betaQuantile(1 - confidence, freedom / 2, 0.5);
  return Math.sqrt((freedom * (1 - x)) / x);
}

function varianceOf(draws: Float64Array): number {
  let [count, mean, squares] = [0, 0, 0];
  for (const draw of draws) {
    if (Number.isNaN(draw)) continue;
    count++;
    const distance = draw - mean;
    mean += distance / count;
    squares += distance * (draw - mean);
  }
  // Differences below the last bits are rounding.
  return count < 2 || squares <= count * (mean * 2 ** -48) ** 2 ? 0 : squares / (count - 1);
}
