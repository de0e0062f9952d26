import { createMemoryPlan } from '../kernel/memory-plan.ts';
import type { BinMatrix } from './bin-matrix.ts';
import { type Gradients, type Steps, stepFor } from './gradients.ts';
import { type HistogramShape, isPacked, wideFields } from './histogram.ts';
import { startTreeKernel, type TreeKernel } from './tree-kernel.ts';

/** What growing trees keeps in the kernel's memory; addresses in bytes. */
export interface TreeMemory {
  readonly kernel: TreeKernel;
  /** All of the memory, as numbers. */
  readonly numbers: Float64Array;
  /** Derivatives by row, of several outputs one after the other. */
  readonly derivatives: Gradients;
  /** Records: a row's derivatives in whole steps, and its bins. */
  readonly records: number;
  readonly recordSize: number;
  /** The rows that a tree grows on. */
  readonly rows: Uint32Array;
  readonly rowsAddress: number;
  /** Where in a record the bins of a tree's columns are. */
  readonly listed: Uint32Array;
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
export function createTreeMemory(
  matrix: BinMatrix,
  shape: HistogramShape,
  outputs: number,
  histograms: number,
): TreeMemory {
  const kernel = startTreeKernel();
  const { rows, bytes, columns } = matrix;
  const plan = createMemoryPlan(kernel, (megabytes, reason) => {
    const table = `${rows} rows and ${columns} inputs`;
    return `train.candidates: boosted trees over ${table} take ${megabytes} MB, which the kernel cannot have (${reason}): use fewer rows or columns`;
  });
  const takeNumbers = (length: number) => plan.take(2 * length);
  const curved = shape.packedFields === 2;
  const derivativesSize = 8 * shape.packedFields;
  const recordSize = Math.ceil((derivativesSize + shape.columns) / 8) * 8;
  const first = takeNumbers(rows * outputs);
  const second = takeNumbers(curved ? rows * outputs : 0);
  const records = takeNumbers((rows * recordSize) / 8);
  const rowsAddress = plan.take(rows);
  const listed = plan.take(shape.columns);
  const spareColumns = isPacked(rows) ? 0 : Math.min(groupColumns, shape.columns);
  const spare = takeNumbers(spareColumns * shape.stride * shape.packedFields);
  const leaves = takeNumbers(leavesNumbers);
  const column = takeNumbers(shape.stride * wideFields);
  const addresses = Array.from({ length: histograms }, () => takeNumbers(shape.length));
  plan.open();
  const { buffer } = kernel.memory;
  writeBins(bytes, rows, columns, new Uint8Array(buffer, records + derivativesSize), recordSize);
  return {
    ...{ kernel, records, recordSize, rowsAddress, spare, leaves, column, histograms: addresses },
    numbers: new Float64Array(buffer),
    derivatives: {
      first: new Float64Array(buffer, first, rows * outputs),
      second: curved ? new Float64Array(buffer, second, rows * outputs) : undefined,
    },
    rows: new Uint32Array(buffer, rowsAddress, rows),
    listed: new Uint32Array(buffer, listed, shape.columns),
  };
}

/** Writes one output's derivatives into the records as whole numbers of the steps that are returned. */
export function quantise(memory: TreeMemory, output: number): Steps {
  const { first, second } = memory.derivatives;
  const write = (values: Float64Array, isFirst: boolean): number => {
    const { kernel, records, recordSize, rows } = memory;
    const address = values.byteOffset + 8 * rows.length * output;
    const step = stepFor(kernel.largest(address, rows.length));
    const out = isFirst ? records : records + 8;
    kernel.quantise(address, rows.length, 1 / step, isFirst, out, recordSize);
    return step;
  };
  return { firstStep: write(first, true), secondStep: second ? write(second, false) : 1 };
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
