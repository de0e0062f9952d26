import { sortNumbers } from '../../algebra/sorted-numbers.ts';
import type { Random } from '../../platform/random.ts';
import type { CategoryInput, NumberInput, TreeColumn } from './tree-columns.ts';

/** Bin 0 holds missing values; values have the bins 1 to at most 255. */
export const missingBin = 0;

/** Of a category column: whatever is rare in training, or was never seen. */
export const otherBin = 1;

/** Value bins of a column at most: they are bytes. */
export const mostBins = 255;

/** Rows that bin edges are taken from at most, as LightGBM and scikit-learn have it. */
const sampledRows = 200_000;

/** Fewer training rows than this do not give a category a bin of its own. */
const rareRows = 5;

/** A number column cut: a value x has bin 1 + (number of edges below x). */
export interface NumberBins {
  readonly kind: 'number';
  /** Ascending, finite. */
  readonly edges: Float64Array;
}

/** A category column cut: the category `kept[i]` has bin i + 2, every other one bin 1. */
export interface CategoryBins {
  readonly kind: 'category';
  /** Codes, the most frequent first. */
  readonly kept: Int32Array;
}

export type ColumnBins = NumberBins | CategoryBins;

/** The number of bins in use, the missing one among them. */
export function binCount(bins: ColumnBins): number {
  return bins.kind === 'number' ? bins.edges.length + 2 : bins.kept.length + 2;
}

/**
 * Cuts columns into bins of about equally many training rows. With up to `most` distinct values each has a bin; edges
 * lie midway between neighbouring values. A category needs 5 rows, and the 254 most frequent have bins.
 *
 * @param most value bins of a number column, 2 … 255.
 * @param random draws the rows that edges are taken from where there are more than 200,000.
 */
export function fitBins(
  columns: readonly TreeColumn[],
  rows: number,
  random: Random,
  most = mostBins,
): ColumnBins[] {
  const sample = rows > sampledRows ? sampleOf(rows, random) : undefined;
  return columns.map((column) =>
    column.kind === 'number' ? fitNumberBins(column, rows, sample, most) : fitCategoryBins(column, rows),
  );
}

/** Rows in ascending order, each set of `sampledRows` equally likely (Knuth, algorithm S). */
function sampleOf(rows: number, random: Random): Uint32Array {
  const sample = new Uint32Array(sampledRows);
  for (let row = 0, taken = 0; taken < sampledRows; row++) {
    if (random.next() * (rows - row) < sampledRows - taken) sample[taken++] = row;
  }
  return sample;
}

function fitNumberBins(
  { values }: NumberInput,
  rows: number,
  sample: Uint32Array | undefined,
  most: number,
): NumberBins {
  const present = new Float64Array(sample?.length ?? rows);
  const count = sample ? takeSampled(values, sample, present) : takePresent(values, rows, present);
  return {
    kind: 'number',
    edges: edgesOf(sortNumbers(present.subarray(0, count), new Float64Array(count)), most),
  };
}

function takePresent(values: ArrayLike<number>, rows: number, out: Float64Array): number {
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const value = values[row]!;
    // 0 is added to make -0 a 0.
    if (!Number.isNaN(value)) out[count++] = value + 0;
  }
  return count;
}

function takeSampled(values: ArrayLike<number>, sample: Uint32Array, out: Float64Array): number {
  let count = 0;
  for (let i = 0; i < sample.length; i++) {
    const value = values[sample[i]!]!;
    if (!Number.isNaN(value)) out[count++] = value + 0;
  }
  return count;
}

/** Greedy cuts: a bin is closed when it holds its share of the rows that are left, so that heavy values stand alone. */
function edgesOf(sorted: Float64Array, most: number): Float64Array {
  const edges: number[] = [];
  const all = distinctCount(sorted) <= most;
  let rowsLeft = sorted.length;
  let inBin = 0;
  for (let i = 0; i < sorted.length; ) {
    let next = i + 1;
    while (next < sorted.length && sorted[next] === sorted[i]) next++;
    inBin += next - i;
    const share = rowsLeft / (most - edges.length);
    // A heavy value does not share its bin with the lighter ones before it.
    const heavyNext =
      next < sorted.length && sorted[Math.min(sorted.length - 1, next + Math.ceil(share))] === sorted[next];
    if (next < sorted.length && edges.length < most - 1 && (all || inBin >= share || heavyNext)) {
      edges.push(between(sorted[next - 1]!, sorted[next]!));
      rowsLeft -= inBin;
      inBin = 0;
    }
    i = next;
  }
  return Float64Array.from(edges);
}

function distinctCount(sorted: Float64Array): number {
  let count = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) count++;
  return count;
}

/** The middle of two numbers, rounded so that low ≤ middle < high. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

function fitCategoryBins({ codes, levels }: CategoryInput, rows: number): CategoryBins {
  const counts = new Uint32Array(levels);
  for (let row = 0; row < rows; row++) if (codes[row]! >= 0) counts[codes[row]!]!++;
  const frequent: number[] = [];
  for (let code = 0; code < levels; code++) if (counts[code]! >= rareRows) frequent.push(code);
  frequent.sort((a, b) => counts[b]! - counts[a]! || a - b);
  return { kind: 'category', kept: Int32Array.from(frequent.slice(0, mostBins - 1)) };
}
