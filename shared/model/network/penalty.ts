import type { Parameters } from './parameters.ts';

/** Σ w² over every kernel. */
export function squaredKernels(parameters: Parameters): number {
  let sum = 0;
  for (const { kernel } of parameters.layers) for (let k = 0; k < kernel.length; k++) sum += kernel[k]! ** 2;
  return sum;
}

/** Takes a share off every kernel weight: the decay of AdamW, apart from the gradient. */
export function decayKernels(parameters: Parameters, share: number): void {
  for (const { kernel } of parameters.layers) {
    for (let k = 0; k < kernel.length; k++) kernel[k]! -= share * kernel[k]!;
  }
}
