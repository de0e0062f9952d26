// The trees' kernel: TypeScript around the WebAssembly of assembly/.
import { treeKernelBytes } from './generated/kernel-bytes.ts';

/** What the module exports; addresses and sizes in bytes (see assembly/). */
export interface TreeKernel {
  readonly memory: WebAssembly.Memory;
  heapStart(): number;
  largest(values: number, count: number): number;
  quantise(
    values: number,
    count: number,
    perStep: number,
    isFirst: boolean,
    out: number,
    recordSize: number,
  ): void;
  sum(first: number, recordSize: number, isFirst: boolean, rows: number, count: number): number;
  build(
    records: number,
    recordSize: number,
    fields: number,
    columns: number,
    listed: number,
    stride: number,
    rows: number,
    count: number,
    sparse: boolean,
    packs: boolean,
    out: number,
    spare: number,
  ): void;
  unpack(packed: number, fields: number, bins: number, out: number, adds: boolean): void;
  subtractSame(parent: number, child: number, size: number): void;
  subtractPacked(parent: number, child: number, bins: number, fields: number): void;
  subtractPacking(parent: number, child: number, bins: number, fields: number): void;
  scanPackedCounts(
    a: number,
    b: number,
    last: number,
    missingLeft: boolean,
    minimumRows: number,
    l2: number,
    leaves: number,
  ): void;
  scanPackedPairs(
    a: number,
    b: number,
    last: number,
    missingLeft: boolean,
    minimumRows: number,
    leastSecond: number,
    l2: number,
    secondStep: number,
    leaves: number,
  ): void;
}

/** An instance with a memory of its own. */
export function startTreeKernel(): TreeKernel {
  const module = new WebAssembly.Module(Buffer.from(treeKernelBytes, 'base64'));
  // WebAssembly's types know nothing of what a module exports; the tests of trees call every function.
  return new WebAssembly.Instance(module).exports as unknown as TreeKernel;
}
