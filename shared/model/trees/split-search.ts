import { binCount, type ColumnBins, missingBin } from './bins.ts';
import { searchCategories } from './category-cuts.ts';
import type { Steps } from './gradients.ts';
import { type Histogram, type HistogramShape, isPacked, wideFields } from './histogram.ts';
import { type Best, type CutRules, type ScannedLeaf, scanWide, take } from './number-cuts.ts';
import { createPackedScan } from './packed-scan.ts';
import type { TreeMemory } from './tree-memory.ts';

/** Sums over a leaf's rows. */
export interface LeafSums {
  readonly first: number;
  readonly second: number;
  readonly rows: number;
}

/** A leaf cut in two. */
export interface Split {
  readonly column: number;
  /** By how much twice the loss falls, to second order. */
  readonly gain: number;
  /** Number columns: the highest value bin on the left; -1 of a category column. */
  readonly threshold: number;
  /** Whether missing values go left, and of categories those that are not listed. */
  readonly missingLeft: boolean;
  /** A category column: the bins that go left, or right where others go left. */
  readonly listed: Uint16Array | undefined;
  readonly left: LeafSums;
  readonly right: LeafSums;
}

/** What a split must fulfil. */
export interface SplitRules {
  readonly minimumRows: number;
  readonly minimumGain: number;
  readonly l2: number;
  /** Added to a category's rows when categories are put in order, and to l2 where there are many of them. */
  readonly smoothing: number;
}

/** Second derivatives of a child add up to at least this, as LightGBM and scikit-learn have it. */
const leastCurvature = 1e-3;

/** A score must exceed the parent's by this share of it: less is rounding. */
const rounding = 1e-12;

/** A leaf whose split is looked for. */
export interface Candidate {
  readonly histogram: Histogram;
  readonly sums: LeafSums;
}

/** @returns for each leaf the split that lowers the loss most, of equals the first; absent when none fulfils the rules. */
export type SplitSearch = (
  leaves: readonly Candidate[],
  columns: ArrayLike<number>,
  /** Whether histograms are of these columns alone. */
  listed: boolean,
  steps: Steps,
) => (Split | undefined)[];

/** A search over the histograms of one shape. */
export function createSplitSearch(
  bins: readonly ColumnBins[],
  { stride, packedFields }: HistogramShape,
  { kernel, numbers, leaves: pairs, column: apart }: TreeMemory,
  rules: SplitRules,
): SplitSearch {
  const counts = bins.map(binCount);
  const curved = packedFields === 2;
  const packed = createPackedScan(kernel, numbers, pairs, curved);
  const space = { order: new Uint16Array(256), keys: new Float64Array(256) };

  /** Columns whose sums are packed, in two leaves or, without another, in one. */
  function searchPacked(
    one: Searched,
    other: Searched,
    columns: ArrayLike<number>,
    listed: boolean,
    cuts: CutRules,
  ): void {
    const both = one === other ? [one] : [one, other];
    const size = 8 * packedFields;
    packed.begin([one.leaf, other.leaf], [one.best, other.best]);
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      const offset = (listed ? i : column) * stride * size;
      const last = counts[column]! - 1;
      if (bins[column]!.kind === 'category') {
        for (const [place, { histogram, leaf, best }] of both.entries()) {
          kernel.unpack(histogram + offset, packedFields, last + 1, apart, false);
          const sums = { numbers, start: apart / 8, last };
          if (searchCategories(sums, leaf, cuts, best, column, rules.smoothing, space)) {
            packed.raise(place === 0 ? 0 : 1, best);
          }
        }
        continue;
      }
      const a = one.histogram + offset;
      const b = other.histogram + offset;
      const missing = [numbers[a / 8] !== 0, numbers[b / 8] !== 0] as const;
      packed.scan(a, b, last, cuts, false);
      takeFound(both, column, missing, false);
      if (!missing[0] && !missing[1]) continue;
      packed.scan(a, b, last, cuts, true);
      takeFound(both, column, missing, true);
    }
  }

  function takeFound(
    both: readonly Searched[],
    column: number,
    missing: readonly [boolean, boolean],
    missingLeft: boolean,
  ): void {
    for (let i = 0; i < both.length; i++) {
      const { best, leaf } = both[i]!;
      const place = i === 0 ? 0 : 1;
      if (!packed.found(place, best)) continue;
      take(best, column, missingLeft || (!missing[place] && 2 * best.rows >= leaf.rows));
    }
  }

  function searchWide(
    { histogram, leaf, best }: Searched,
    columns: ArrayLike<number>,
    listed: boolean,
    cuts: CutRules,
  ): void {
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]!;
      const start = histogram / 8 + (listed ? i : column) * stride * wideFields;
      const last = counts[column]! - 1;
      if (bins[column]!.kind === 'category') {
        searchCategories({ numbers, start, last }, leaf, cuts, best, column, rules.smoothing, space);
        continue;
      }
      const missing = numbers[start + 1]! > 0;
      if (scanWide(numbers, start, last, leaf, cuts, best, false)) {
        take(best, column, !missing && 2 * best.rows >= leaf.rows);
      }
      if (missing && scanWide(numbers, start, last, leaf, cuts, best, true)) take(best, column, true);
    }
  }

  return (candidates, columns, listed, { firstStep, secondStep }) => {
    const { minimumRows, l2 } = rules;
    const cuts = { minimumRows, leastSecond: curved ? leastCurvature : 0, l2, secondStep };
    const searched = candidates.map((one) => searchedOf(one, firstStep, l2));
    const large = searched.filter(({ leaf }) => leaf.rows >= 2 * minimumRows);
    for (const one of large) if (!isPacked(one.leaf.rows)) searchWide(one, columns, listed, cuts);
    const [one, other] = large.filter(({ leaf }) => isPacked(leaf.rows));
    if (one) searchPacked(one, other ?? one, columns, listed, cuts);
    return searched.map((found) => splitOf(found, firstStep, rules.minimumGain));
  };
}

/** A leaf while its split is looked for; first derivatives are in whole steps. */
interface Searched extends Candidate {
  readonly leaf: ScannedLeaf;
  readonly parent: number;
  readonly best: Best;
}

function searchedOf({ histogram, sums }: Candidate, firstStep: number, l2: number): Searched {
  const first = sums.first / firstStep;
  const parent = (first * first) / (sums.second + l2);
  const best: Best = {
    ...{ score: parent * (1 + rounding), column: -1, cut: 0, missingLeft: false },
    ...{ listed: undefined, first: 0, second: 0, rows: 0 },
  };
  return { histogram, sums, leaf: { first, second: sums.second, rows: sums.rows }, parent, best };
}

function splitOf(
  { best, sums, parent }: Searched,
  firstStep: number,
  minimumGain: number,
): Split | undefined {
  const { column, cut, missingLeft, listed, second, rows } = best;
  const gain = (best.score - parent) * firstStep * firstStep;
  if (column < 0 || !(gain > minimumGain)) return undefined;
  const first = best.first * firstStep;
  const left = { first, second, rows };
  const right = { first: sums.first - first, second: sums.second - second, rows: sums.rows - rows };
  return { column, gain, threshold: listed ? -1 : cut, missingLeft, listed, left, right };
}

/** By bin: 1 where its rows go left. */
export function sidesOf({ threshold, missingLeft, listed }: Split): Uint8Array {
  const goesLeft = new Uint8Array(256);
  if (listed) {
    goesLeft.fill(missingLeft ? 1 : 0);
    for (const bin of listed) goesLeft[bin] = missingLeft ? 0 : 1;
  } else {
    goesLeft.fill(1, 1, threshold + 1);
    goesLeft[missingBin] = missingLeft ? 1 : 0;
  }
  return goesLeft;
}
