// The dense kernel: what training a network takes, over numbers in this module's own memory. Plain SIMD, whose results
// WebAssembly defines to the bit; no relaxed instruction, no import, no state but the memory. Everything is single
// precision and row-major; rows are padded to a multiple of four numbers, and what pads is zero.
export { activate, clearPadding, multiplyByDerivative } from './activations';
export { loss } from './losses';
export { normalisationGradient, normaliseBatch, normaliseWithMoving } from './normalisation';
export { product } from './product';
export { transpose } from './transpose';
export { adam, decay, follow, multiply, penalise, sumColumns } from './vectors';

/** The first byte of the memory that this module does not use itself. */
export function heapStart(): usize {
  return __heap_base;
}
