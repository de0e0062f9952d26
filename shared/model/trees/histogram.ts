import type { BinMatrix } from './bin-matrix.ts';
import { blockRows, type QuantisedGradients, rowUnit } from './gradients.ts';

/**
 * Sums over a set of rows by column and bin. Of column c's bin b they start at `(c · stride + b) · fields`: the first
 * derivative, the count of rows and, where it is not 1 in every row, the second derivative; whole numbers all.
 */
export type Histogram = Float64Array;

/** Where a histogram's numbers are. */
export interface HistogramShape {
  /** Bins of each column, the same for all. */
  readonly stride: number;
  readonly fields: 2 | 3;
  readonly length: number;
}

/** @param bins of the column that has most. */
export function histogramShape(width: number, bins: number, second: boolean): HistogramShape {
  const fields = second ? 3 : 2;
  return { stride: bins, fields, length: width * 4 * bins * fields };
}

/** Fills a histogram with the sums over `rows[from]` … `rows[to - 1]`. */
export type HistogramBuilder = (rows: Uint32Array, from: number, to: number, out: Histogram) => void;

/** Where fewer than one row in so many is wanted, rows are far apart in memory. */
const sparseness = 4;

/** Rows that are fetched ahead of their use. */
const nearRows = 256;

/** Columns, in words, whose sums stay in the processor's cache together. */
const groupWords = 16;

/**
 * Rows are walked a block at a time, each adding once a column to a running sum that holds its count and its
 * derivative in one number; after a block the two are taken apart and added to the histogram.
 */
export function createHistogramBuilder(
  { words, width, rows: all }: BinMatrix,
  shape: HistogramShape,
): (gradients: QuantisedGradients) => HistogramBuilder {
  const { stride, fields } = shape;
  const perWord = 4 * stride;
  const packed = new Float64Array(Math.min(width, groupWords) * perWord);
  const seconds = new Float64Array(fields === 3 ? packed.length : 0);
  const touched = new Float64Array(1);

  return ({ first, second }) =>
    (rows, from, to, out) => {
      const sparse = (to - from) * sparseness < all;
      for (let word = 0; word < width; word += groupWords) {
        const count = Math.min(groupWords, width - word);
        const used = count * perWord;
        for (let start = from; start < to; start += blockRows) {
          const end = Math.min(to, start + blockRows);
          packed.fill(0, 0, used);
          if (second) seconds.fill(0, 0, used);
          for (let near = start; near < end; near += nearRows) {
            const last = Math.min(end, near + nearRows);
            if (sparse) touch(words, width, word, count, rows, near, last, first, touched);
            if (second) {
              addPairs(words, width, word, count, stride, rows, near, last, first, second, packed, seconds);
            } else addRows(words, width, word, count, stride, rows, near, last, first, packed);
          }
          if (fields === 3) unpackPairs(packed, seconds, used, out, word * perWord * fields, start > from);
          else unpack(packed, used, out, word * perWord * fields, start > from);
        }
      }
    };
}

/**
 * Reads a little of each row. Nothing here waits for a read to end before the next begins, so that the processor
 * fetches many far rows at once; adding them up afterwards finds them in its cache.
 *
 * @param out of no use, but for the compiler, which leaves out reading that leads to nothing.
 */
function touch(
  words: Uint32Array,
  width: number,
  word: number,
  count: number,
  rows: Uint32Array,
  from: number,
  to: number,
  first: Float64Array,
  out: Float64Array,
): void {
  let sum = 0;
  let bits = 0;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const start = row * width + word;
    sum += first[row]!;
    bits ^= words[start]! ^ words[start + count - 1]!;
  }
  out[0] = sum + bits;
}

function addRows(
  words: Uint32Array,
  width: number,
  word: number,
  count: number,
  stride: number,
  rows: Uint32Array,
  from: number,
  to: number,
  first: Float64Array,
  out: Float64Array,
): void {
  const two = 2 * stride;
  const three = 3 * stride;
  const four = 4 * stride;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const value = first[row]!;
    const start = row * width + word;
    const end = start + count;
    for (let k = start, h = 0; k < end; k++, h += four) {
      const bins = words[k]!;
      out[h + (bins & 255)]! += value;
      out[h + stride + ((bins >>> 8) & 255)]! += value;
      out[h + two + ((bins >>> 16) & 255)]! += value;
      out[h + three + (bins >>> 24)]! += value;
    }
  }
}

function addPairs(
  words: Uint32Array,
  width: number,
  word: number,
  count: number,
  stride: number,
  rows: Uint32Array,
  from: number,
  to: number,
  first: Float64Array,
  second: Float64Array,
  out: Float64Array,
  outSecond: Float64Array,
): void {
  const two = 2 * stride;
  const three = 3 * stride;
  const four = 4 * stride;
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    const value = first[row]!;
    const curvature = second[row]!;
    const start = row * width + word;
    const end = start + count;
    for (let k = start, h = 0; k < end; k++, h += four) {
      const bins = words[k]!;
      const a = h + (bins & 255);
      out[a]! += value;
      outSecond[a]! += curvature;
      const b = h + stride + ((bins >>> 8) & 255);
      out[b]! += value;
      outSecond[b]! += curvature;
      const c = h + two + ((bins >>> 16) & 255);
      out[c]! += value;
      outSecond[c]! += curvature;
      const d = h + three + (bins >>> 24);
      out[d]! += value;
      outSecond[d]! += curvature;
    }
  }
}

/** Added to a number below 2^51 and taken away again it rounds to the nearest whole number. */
const rounder = 1.5 * 2 ** 52;

const perRowUnit = 1 / rowUnit;

/**
 * Takes packed sums apart: the nearest multiple of `rowUnit` is the count.
 *
 * @param adds to what earlier blocks have left; the first block overwrites.
 */
function unpack(packed: Float64Array, used: number, out: Histogram, offset: number, adds: boolean): void {
  for (let i = 0, o = offset; i < used; i++, o += 2) {
    const sum = packed[i]!;
    const count = sum * perRowUnit + rounder - rounder;
    out[o] = sum - count * rowUnit + (adds ? out[o]! : 0);
    out[o + 1] = count + (adds ? out[o + 1]! : 0);
  }
}

function unpackPairs(
  packed: Float64Array,
  seconds: Float64Array,
  used: number,
  out: Histogram,
  offset: number,
  adds: boolean,
): void {
  for (let i = 0, o = offset; i < used; i++, o += 3) {
    const sum = packed[i]!;
    const count = sum * perRowUnit + rounder - rounder;
    out[o] = sum - count * rowUnit + (adds ? out[o]! : 0);
    out[o + 1] = count + (adds ? out[o + 1]! : 0);
    out[o + 2] = seconds[i]! + (adds ? out[o + 2]! : 0);
  }
}

/** The sums of a parent's other child; `child` keeps its own, `parent` becomes its sibling's. */
export function subtract(parent: Histogram, child: Histogram): void {
  for (let i = 0; i < parent.length; i++) parent[i]! -= child[i]!;
}
