import { unpack, wideFields } from './histogram.ts';
import { type Best, type Scan, take } from './number-cuts.ts';

/** Up to so many categories (missing ones among them) split without additional l2. */
const fewCategories = 4;

/**
 * Categories ordered by gradient (Fisher 1958: the best cut of a squared loss is a prefix of that order), those of few
 * rows drawn towards the middle. A group from either end goes left; the rest, and categories of fewer rows than
 * `smoothing`, go right together. Where there are many, smoothing is also added to l2: each place was fitted.
 */
export function searchCategories(
  found: Scan,
  best: Best,
  column: number,
  smoothing: number,
  order: Uint16Array,
  keys: Float64Array,
): void {
  const scan = apart(found);
  const { histogram, start, last, secondStep } = scan;
  let present = 0;
  let placed = 0;
  for (let bin = 0, k = start; bin <= last; bin++, k += wideFields) {
    const rows = histogram[k + 1]!;
    if (rows === 0) continue;
    present++;
    if (rows < smoothing) continue;
    keys[bin] = histogram[k]! / (histogram[k + 2]! * secondStep + smoothing);
    order[placed++] = bin;
  }
  if (present < 2 || placed === 0) return;
  const sorted = order.subarray(0, placed).sort((a, b) => keys[a]! - keys[b]! || a - b);
  const l2 = present > fewCategories ? scan.l2 + smoothing : scan.l2;
  let group = scanCategories(scan, best, sorted, l2);
  // Without rare ones what is left of one end's groups are the other end's.
  if (placed < present) group = scanCategories(scan, best, sorted.reverse(), l2) ?? group;
  if (!group) return;
  // What is not here goes with the rare categories, or else with the larger child: the other one's are listed.
  const flips = placed === present && 2 * best.rows >= scan.rows;
  take(best, column, flips);
  best.listed = flips ? sorted.slice(group.length) : group;
}

/** Tries every prefix; returns the one that is the best cut so far. */
function scanCategories(scan: Scan, best: Best, sorted: Uint16Array, l2: number): Uint16Array | undefined {
  const { histogram, start, secondStep, minimumRows, leastSecond } = scan;
  let first = 0;
  let rows = 0;
  let second = 0;
  let length = 0;
  for (let i = 0; i < sorted.length; i++) {
    const k = start + sorted[i]! * wideFields;
    first += histogram[k]!;
    rows += histogram[k + 1]!;
    second += histogram[k + 2]!;
    if (rows < minimumRows || scan.rows - rows < minimumRows) continue;
    const curvature = second * secondStep;
    const other = scan.second - curvature;
    if (curvature < leastSecond || other < leastSecond) continue;
    const rest = scan.first - first;
    const score = (first * first) / (curvature + l2) + (rest * rest) / (other + l2);
    if (!(score > best.score)) continue;
    Object.assign(best, { score, first, second: curvature, rows });
    length = i + 1;
  }
  return length > 0 ? sorted.slice(0, length) : undefined;
}

/** The column's sums, each a number of its own. */
function apart(scan: Scan): Scan {
  const { histogram, start, fields, last } = scan;
  if (fields === wideFields) return scan;
  const sums = new Float64Array((last + 1) * wideFields);
  unpack(histogram.subarray(start), fields === 1 ? 1 : 2, last + 1, sums, false);
  return { ...scan, histogram: sums, fields: wideFields, start: 0 };
}
