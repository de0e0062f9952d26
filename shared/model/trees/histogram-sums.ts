import { type Histogram, type HistogramShape, isPacked, wideFields } from './histogram.ts';
import type { TreeMemory } from './tree-memory.ts';

/** Where fewer than one row in so many is wanted, rows are far apart in memory. */
const sparseness = 4;

/** Says which columns the sums that follow are of. */
export function listColumns(
  { listed: list }: TreeMemory,
  { columns, packedFields }: HistogramShape,
  drawn: ArrayLike<number>,
): void {
  for (let i = 0; i < columns; i++) list[i] = 8 * packedFields + drawn[Math.min(i, drawn.length - 1)]!;
}

/** Fills a histogram with the sums over the rows at the places `from` … `to - 1`. */
export function buildHistogram(
  { kernel, records, recordSize, rows, rowsAddress, listed: list, spare }: TreeMemory,
  { columns, listed, stride, packedFields }: HistogramShape,
  from: number,
  to: number,
  out: Histogram,
): void {
  const count = to - from;
  kernel.build(
    records,
    recordSize,
    packedFields,
    columns,
    listed ? list.byteOffset : 0,
    stride,
    rowsAddress + 4 * from,
    count,
    count * sparseness < rows.length,
    isPacked(count),
    out,
    spare,
  );
}

/** The sums of a parent's other child; `child`, the smaller one, keeps its own, `parent` becomes its sibling's. */
export function subtract(
  { kernel }: TreeMemory,
  { columns, stride, packedFields: fields }: HistogramShape,
  parent: Histogram,
  parentRows: number,
  child: Histogram,
  childRows: number,
): void {
  const bins = columns * stride;
  if (isPacked(parentRows)) kernel.subtractSame(parent, child, 8 * bins * fields);
  else if (!isPacked(childRows)) kernel.subtractSame(parent, child, 8 * bins * wideFields);
  else if (isPacked(parentRows - childRows)) kernel.subtractPacking(parent, child, bins, fields);
  else kernel.subtractPacked(parent, child, bins, fields);
}
