import type { DenseEngine } from '../network/learner.ts';
import { compileKernel } from './kernel.ts';
import { createKernelLearner } from './kernel-learner.ts';
import { kernelProduct } from './kernel-product.ts';

/** The kernel behind the seam of engines: compiled once, an instance and a memory for each learner. */
export function createKernelEngine(): DenseEngine {
  const module = compileKernel();
  return { product: kernelProduct(module), createLearner: (input) => createKernelLearner(module, input) };
}
