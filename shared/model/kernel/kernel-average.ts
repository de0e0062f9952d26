import { averageShare } from '../network/weight-average.ts';
import type { Kernel } from './kernel.ts';
import type { KernelLayer, KernelWeights } from './kernel-layers.ts';

/** The average of a network's weights and running statistics over its last steps, beside them in the kernel's memory. */
export interface KernelAverage {
  /** Takes in what the network is after a step. */
  follow(): void;
  /** Makes the network's numbers the average too. */
  restart(): void;
  /** What is computed while the network has the average's numbers. */
  inPlace<T>(compute: () => T): T;
}

/** Where numbers lie, where their average does, and how many they are. */
type Followed = readonly [values: number, averages: number, length: number];

/** @param steps that are averaged over; absent: nothing is, and the network is its own average. */
export function createKernelAverage(
  kernel: Kernel,
  memory: Float32Array,
  { flat, layers }: { readonly flat: KernelWeights; readonly layers: readonly KernelLayer[] },
  steps: number | undefined,
): KernelAverage {
  if (!steps) return { follow() {}, restart() {}, inPlace: (compute) => compute() };
  const shareOf = averageShare(steps);
  const followed: Followed[] = [
    [flat.weights, flat.average, flat.length],
    ...layers
      .filter(({ plan }) => plan.batchNorm)
      .flatMap(({ units, movingMean, movingVariance, averageMean, averageVariance }): Followed[] => [
        [movingMean, averageMean, units],
        [movingVariance, averageVariance, units],
      ]),
  ];
  const numbers = (address: number, length: number) => memory.subarray(address / 4, address / 4 + length);

  function exchange(): void {
    for (const [values, averages, length] of followed) {
      const kept = numbers(values, length).slice();
      numbers(values, length).set(numbers(averages, length));
      numbers(averages, length).set(kept);
    }
  }

  return {
    follow() {
      const share = shareOf();
      for (const [values, averages, length] of followed) kernel.follow(averages, values, length, share);
    },
    restart() {
      for (const [values, averages, length] of followed)
        numbers(averages, length).set(numbers(values, length));
    },
    inPlace(compute) {
      exchange();
      try {
        return compute();
      } finally {
        exchange();
      }
    },
  };
}
