import { type ColumnBins, missingBin, otherBin } from './bins.ts';
import type { TreeColumn } from './tree-columns.ts';

/** Rows as bins. */
export interface BinMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Column-major columns × rows. */
  readonly bytes: Uint8Array;
}

/** A function from a number to its bin; NaN has bin 0. */
export type NumberBinner = (value: number) => number;

/** Cells of a grid over a column's range; from a value's cell the edges that it can lie between are few. */
const gridCells = 1024;

/** Puts columns into bins. */
export function binColumns(
  columns: readonly TreeColumn[],
  bins: readonly ColumnBins[],
  rows: number,
): BinMatrix {
  const bytes = new Uint8Array(columns.length * rows);
  for (let c = 0; c < columns.length; c++) {
    const column = columns[c]!;
    const cut = bins[c]!;
    const out = bytes.subarray(c * rows, (c + 1) * rows);
    if (column.kind === 'number' && cut.kind === 'number') {
      const binOf = numberBinner(cut.edges, rows);
      const { values } = column;
      for (let row = 0; row < rows; row++) out[row] = binOf(values[row]!);
    } else if (column.kind === 'category' && cut.kind === 'category') {
      const table = categoryTable(cut.kept, column.levels);
      const { codes } = column;
      for (let row = 0; row < rows; row++) out[row] = codes[row]! < 0 ? missingBin : table[codes[row]!]!;
    } else throw new TypeError(`column ${c} was cut as a ${cut.kind} and is a ${column.kind}`);
  }
  return { rows, columns: columns.length, bytes };
}

/** The bin of each code. */
function categoryTable(kept: Int32Array, levels: number): Uint8Array {
  const table = new Uint8Array(levels).fill(otherBin);
  for (let i = 0; i < kept.length; i++) table[kept[i]!] = i + 2;
  return table;
}

/** @param rows how often it will be asked: a grid is worth its making for many. */
export function numberBinner(edges: Float64Array, rows: number): NumberBinner {
  const { length } = edges;
  const low = edges[0] ?? 0;
  const scale = gridCells / ((edges[length - 1] ?? 0) - low);
  if (rows < 10 * gridCells || length < 2 || !Number.isFinite(scale)) {
    return (value) => (Number.isNaN(value) ? 0 : 1 + edgesBelow(edges, value, 0, length));
  }
  // Edges below the cell's first value; monotone in the value, because rounding is.
  const starts = new Uint8Array(gridCells + 2).fill(length);
  const cellOf = (value: number) => (value - low) * scale;
  for (let e = length - 1; e >= 0; e--) starts[Math.min(gridCells, Math.floor(cellOf(edges[e]!)))] = e;
  for (let cell = gridCells; cell >= 0; cell--) starts[cell] = Math.min(starts[cell]!, starts[cell + 1]!);
  return (value) => {
    const place = cellOf(value);
    if (place >= 0 && place < gridCells) {
      const cell = place | 0;
      return 1 + edgesBelow(edges, value, starts[cell]!, starts[cell + 1]!);
    }
    return Number.isNaN(value) ? 0 : 1 + edgesBelow(edges, value, 0, length);
  };
}

/** The number of edges below a value, known to be between `from` and `to`. */
function edgesBelow(edges: Float64Array, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
