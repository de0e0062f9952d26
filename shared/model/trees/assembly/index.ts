// The trees' kernel: the loops in which growing a tree spends its time, over numbers in this module's own memory. Plain
// SIMD, whose results WebAssembly defines to the bit; no relaxed instruction, no import, no state but the memory.
//
// A record is a row as the loops read it: the first derivative, the second one where it is not 1 in every row, both as
// whole numbers in double precision (see ../gradients.ts), then a byte for each column's bin. Histograms are as
// ../histogram.ts says. Addresses and sizes are in bytes unless a parameter says otherwise.
export { build } from './additions';
export { scanPackedCounts, scanPackedPairs } from './cuts';
export { subtractPacked, subtractPacking, subtractSame, unpack } from './differences';
export { largest, quantise, sum } from './gradients';

/** The first byte of the memory that this module does not use itself. */
export function heapStart(): usize {
  return __heap_base;
}
