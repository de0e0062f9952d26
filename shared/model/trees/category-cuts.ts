import { wideFields } from './histogram.ts';
import { type Best, type CutRules, type ScannedLeaf, take } from './number-cuts.ts';

/** Up to so many categories (missing ones among them) split without additional l2. */
const fewCategories = 4;

/** A category column's sums in a leaf, which are not packed. */
export interface CategorySums {
  readonly numbers: Float64Array;
  /** The place of the missing bin's. */
  readonly start: number;
  readonly last: number;
}

/** What the search writes to, made once. */
export interface CategorySpace {
  readonly order: Uint16Array;
  readonly keys: Float64Array;
}

/**
 * Categories ordered by gradient (Fisher 1958: the best cut of a squared loss is a prefix of that order), those of few
 * rows drawn towards the middle. A group from either end goes left; the rest, and categories of fewer rows than
 * `smoothing`, go right together. Where there are many, smoothing is also added to l2: each place was fitted.
 *
 * @returns whether a cut is the best so far.
 */
export function searchCategories(
  sums: CategorySums,
  leaf: ScannedLeaf,
  rules: CutRules,
  best: Best,
  column: number,
  smoothing: number,
  { order, keys }: CategorySpace,
): boolean {
  const { numbers, start, last } = sums;
  let present = 0;
  let placed = 0;
  for (let bin = 0, k = start; bin <= last; bin++, k += wideFields) {
    const rows = numbers[k + 1]!;
    if (rows === 0) continue;
    present++;
    if (rows < smoothing) continue;
    keys[bin] = numbers[k]! / (numbers[k + 2]! * rules.secondStep + smoothing);
    order[placed++] = bin;
  }
  if (present < 2 || placed === 0) return false;
  const sorted = order.subarray(0, placed).sort((a, b) => keys[a]! - keys[b]! || a - b);
  const l2 = present > fewCategories ? rules.l2 + smoothing : rules.l2;
  let group = scanCategories(sums, leaf, rules, best, sorted, l2);
  // Without rare ones what is left of one end's groups are the other end's.
  if (placed < present) {
    group = scanCategories(sums, leaf, rules, best, sorted.reverse(), l2) ?? group;
  }
  if (!group) return false;
  // What is not here goes with the rare categories, or else with the larger child: the other one's are listed.
  const flips = placed === present && 2 * best.rows >= leaf.rows;
  take(best, column, flips);
  best.listed = flips ? sorted.slice(group.length) : group;
  return true;
}

/** Tries every prefix; returns the one that is the best cut so far. */
function scanCategories(
  { numbers, start }: CategorySums,
  leaf: ScannedLeaf,
  { minimumRows, leastSecond, secondStep }: CutRules,
  best: Best,
  sorted: Uint16Array,
  l2: number,
): Uint16Array | undefined {
  let first = 0;
  let rows = 0;
  let second = 0;
  let length = 0;
  for (let i = 0; i < sorted.length; i++) {
    const k = start + sorted[i]! * wideFields;
    first += numbers[k]!;
    rows += numbers[k + 1]!;
    second += numbers[k + 2]!;
    if (rows < minimumRows || leaf.rows - rows < minimumRows) continue;
    const curvature = second * secondStep;
    const other = leaf.second - curvature;
    if (curvature < leastSecond || other < leastSecond) continue;
    const rest = leaf.first - first;
    const score = (first * first) / (curvature + l2) + (rest * rest) / (other + l2);
    if (!(score > best.score)) continue;
    Object.assign(best, { score, first, second: curvature, rows });
    length = i + 1;
  }
  return length > 0 ? sorted.slice(0, length) : undefined;
}
