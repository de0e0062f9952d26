import { createMemoryPlan } from '../kernel/memory-plan.ts';
import type { BinMatrix } from './bin-matrix.ts';
import type { RowNumbers } from './gradients.ts';
import { type HistogramShape, isPacked, wideFields } from './histogram.ts';
import { startTreeKernel, type TreeKernel } from './tree-kernel.ts';

/** What growing trees keeps in the kernel's memory; addresses in bytes. */
export interface TreeMemory {
  readonly kernel: TreeKernel;
  /** All of the memory, as numbers. */
  readonly numbers: Float64Array;
  /** Records: a row's derivatives, which `gradients` says the places of, and its bins. */
  readonly records: number;
  readonly recordSize: number;
  readonly gradients: RowNumbers;
  /** The rows that a tree grows on. */
  readonly rows: Uint32Array;
  readonly rowsAddress: number;
  /** Packed sums of a block of rows. */
  readonly spare: number;
  /** What scans of two leaves read and write. */
  readonly leaves: number;
  /** Sums of one column, not packed. */
  readonly column: number;
  readonly histograms: readonly number[];
}

/** Columns whose sums are made together, and what a scan of two leaves reads and writes, in numbers. */
const groupColumns = 64;
const leavesNumbers = 16;

/**
 * Takes memory, and puts rows into records.
 *
 * @param histograms how many of them there is to be room for.
 * @throws ConfigurationError when there is not so much memory.
 */
export function createTreeMemory(matrix: BinMatrix, shape: HistogramShape, histograms: number): TreeMemory {
  const kernel = startTreeKernel();
  const { rows, bytes, columns } = matrix;
  const plan = createMemoryPlan(kernel, (megabytes, reason) => {
    const table = `${rows} rows and ${columns} inputs`;
    return `train.candidates: boosted trees over ${table} take ${megabytes} MB, which the kernel cannot have (${reason}): use fewer rows or columns`;
  });
  const takeNumbers = (length: number) => plan.take(2 * length);
  const derivatives = 8 * shape.packedFields;
  const recordSize = Math.ceil((derivatives + shape.columns) / 8) * 8;
  const records = takeNumbers((rows * recordSize) / 8);
  const rowsAddress = plan.take(rows);
  const spareColumns = isPacked(rows) ? 0 : Math.min(groupColumns, shape.columns);
  const spare = takeNumbers(spareColumns * shape.stride * shape.packedFields);
  const leaves = takeNumbers(leavesNumbers);
  const column = takeNumbers(shape.stride * wideFields);
  const addresses = Array.from({ length: histograms }, () => takeNumbers(shape.length));
  plan.open();
  const { buffer } = kernel.memory;
  writeBins(bytes, rows, columns, new Uint8Array(buffer, records + derivatives), recordSize);
  return {
    ...{ kernel, records, recordSize, rowsAddress, spare, leaves, column, histograms: addresses },
    numbers: new Float64Array(buffer),
    gradients: { numbers: new Float64Array(buffer), start: records / 8, step: recordSize / 8 },
    rows: new Uint32Array(buffer, rowsAddress, rows),
  };
}

/** Rows whose records stay in the processor's cache while one column after the other is written. */
const nearRows = 1024;

function writeBins(
  bytes: Uint8Array,
  rows: number,
  columns: number,
  out: Uint8Array,
  recordSize: number,
): void {
  for (let from = 0; from < rows; from += nearRows) {
    const to = Math.min(rows, from + nearRows);
    for (let c = 0; c < columns; c++) {
      writeColumn(bytes, c * rows + from, to - from, out, from * recordSize + c, recordSize);
    }
  }
}

function writeColumn(
  bytes: Uint8Array,
  start: number,
  count: number,
  out: Uint8Array,
  place: number,
  recordSize: number,
): void {
  for (let i = 0, o = place; i < count; i++, o += recordSize) out[o] = bytes[start + i]!;
}
