import type { BinMatrix } from './bin-matrix.ts';
import { blockRows, type QuantisedGradients, rowUnit } from './gradients.ts';
import { addPairs, addRows, touch } from './histogram-additions.ts';

/**
 * Sums over a leaf's rows by column and bin; whole numbers all. Those of column c's bin b start at
 * `(c · stride + b) · fields`. Of a leaf of up to `blockRows` rows they are packed: one number holds the count of rows
 * and the first derivative, as in `QuantisedGradients`; beside it is the second derivative where it is not 1 in every
 * row. Of a larger leaf they are the first derivative, the count of rows and the second derivative (or the count).
 */
export type Histogram = Float64Array;

/** Where a histogram's numbers are. */
export interface HistogramShape {
  readonly columns: number;
  /** Bins of each column, the same for all. */
  readonly stride: number;
  /** Numbers a bin of packed sums: 1 or, with second derivatives, 2. */
  readonly packedFields: 1 | 2;
  /** Numbers of the largest histogram. */
  readonly length: number;
}

/** Numbers a bin of sums that are not packed. */
export const wideFields = 3;

/**
 * @param columns a multiple of four: what words of bins hold.
 * @param bins of the column that has most.
 * @param rows of the largest leaf.
 */
export function histogramShape(columns: number, bins: number, second: boolean, rows: number): HistogramShape {
  const packedFields = second ? 2 : 1;
  const fields = isPacked(rows) ? packedFields : wideFields;
  return { columns, stride: bins, packedFields, length: columns * bins * fields };
}

/** Whether the sums of a leaf of so many rows are packed. */
export function isPacked(rows: number): boolean {
  return rows <= blockRows;
}

/** Fills a histogram with the sums over `rows[from]` … `rows[to - 1]`. */
export type HistogramBuilder = (rows: Uint32Array, from: number, to: number, out: Histogram) => void;

/** Where fewer than one row in so many is wanted, rows are far apart in memory. */
const sparseness = 4;

/** Rows that are fetched ahead of their use. */
const nearRows = 256;

/** Columns, in words, whose sums stay in the processor's cache together. */
const groupWords = 16;

/** Rows are walked a block at a time, each adding once a column to packed sums; a larger leaf's are taken apart. */
export function createHistogramBuilder(
  { words, width, rows: all }: BinMatrix,
  { stride, packedFields: fields }: HistogramShape,
): (gradients: QuantisedGradients) => HistogramBuilder {
  const perWord = 4 * stride * fields;
  const packed = new Float64Array(isPacked(all) ? 0 : Math.min(width, groupWords) * perWord);
  const touched = new Float64Array(1);

  return ({ first, second }) => {
    function addBlock(
      rows: Uint32Array,
      start: number,
      end: number,
      word: number,
      count: number,
      sparse: boolean,
      out: Float64Array,
    ): void {
      for (let near = start; near < end; near += nearRows) {
        const last = Math.min(end, near + nearRows);
        if (sparse) touch(words, width, word, count, rows, near, last, first, touched);
        if (second) addPairs(words, width, word, count, stride, rows, near, last, first, second, out);
        else addRows(words, width, word, count, stride, rows, near, last, first, out);
      }
    }
    return (rows, from, to, out) => {
      const sparse = (to - from) * sparseness < all;
      if (isPacked(to - from)) out.fill(0, 0, width * perWord);
      for (let word = 0; word < width; word += groupWords) {
        const count = Math.min(groupWords, width - word);
        if (isPacked(to - from)) {
          addBlock(rows, from, to, word, count, sparse, out.subarray(word * perWord));
          continue;
        }
        for (let start = from; start < to; start += blockRows) {
          packed.fill(0);
          addBlock(rows, start, Math.min(to, start + blockRows), word, count, sparse, packed);
          const place = word * 4 * stride * wideFields;
          unpack(packed, fields, count * 4 * stride, out.subarray(place), start > from);
        }
      }
    };
  };
}

/** Added to a number below 2^51 and taken away again it rounds to the nearest whole number. */
const rounder = 1.5 * 2 ** 52;

const perRowUnit = 1 / rowUnit;

/** The count of rows in a packed sum: the nearest multiple of `rowUnit`. */
export function countIn(packed: number): number {
  return packed * perRowUnit + rounder - rounder;
}

/**
 * Takes packed sums apart.
 *
 * @param fields of the packed sums.
 * @param adds to what earlier blocks have left; the first block overwrites.
 */
export function unpack(
  packed: Float64Array,
  fields: 1 | 2,
  bins: number,
  out: Histogram,
  adds: boolean,
): void {
  for (let bin = 0, k = 0, o = 0; bin < bins; bin++, k += fields, o += wideFields) {
    const sum = packed[k]!;
    const count = countIn(sum);
    const second = fields === 2 ? packed[k + 1]! : count;
    out[o] = sum - count * rowUnit + (adds ? out[o]! : 0);
    out[o + 1] = count + (adds ? out[o + 1]! : 0);
    out[o + 2] = second + (adds ? out[o + 2]! : 0);
  }
}

/** The sums of a parent's other child; `child`, the smaller one, keeps its own, `parent` becomes its sibling's. */
export function subtract(
  parent: Histogram,
  parentRows: number,
  child: Histogram,
  childRows: number,
  { columns, stride, packedFields: fields }: HistogramShape,
): void {
  const bins = columns * stride;
  if (isPacked(parentRows)) subtractSame(parent, child, bins * fields);
  else if (!isPacked(childRows)) subtractSame(parent, child, bins * wideFields);
  else if (isPacked(parentRows - childRows)) subtractPacking(parent, child, bins, fields);
  else subtractPacked(parent, child, bins, fields);
}

function subtractSame(parent: Histogram, child: Histogram, length: number): void {
  for (let i = 0; i < length; i++) parent[i]! -= child[i]!;
}

/** Packed sums from sums that are not, which stay so. */
function subtractPacked(parent: Histogram, child: Histogram, bins: number, fields: 1 | 2): void {
  for (let bin = 0, k = 0, p = 0; bin < bins; bin++, k += fields, p += wideFields) {
    const sum = child[k]!;
    const count = countIn(sum);
    parent[p]! -= sum - count * rowUnit;
    parent[p + 1]! -= count;
    parent[p + 2]! -= fields === 2 ? child[k + 1]! : count;
  }
}

/** Packed sums from sums that are not, the difference being packed. */
function subtractPacking(parent: Histogram, child: Histogram, bins: number, fields: 1 | 2): void {
  for (let bin = 0, k = 0, p = 0; bin < bins; bin++, k += fields, p += wideFields) {
    const second = parent[p + 2]!;
    parent[k] = parent[p]! + parent[p + 1]! * rowUnit - child[k]!;
    if (fields === 2) parent[k + 1] = second - child[k + 1]!;
  }
}
