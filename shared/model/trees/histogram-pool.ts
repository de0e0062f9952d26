import type { Histogram } from './histogram.ts';

/** Numbers in all kept histograms at most: 256 MB. */
const mostNumbers = 2 ** 25;

/** How many histograms of so many numbers growing to so many leaves can use at once, and has room for. */
export function histogramCount(length: number, leaves: number, room = mostNumbers): number {
  return Math.min(leaves + 1, Math.floor(room / length));
}

/** Histograms to be used again. */
export interface HistogramPool {
  /** Absent when all are in use: sums that are not kept are added up again when they are needed. */
  take(): Histogram | undefined;
  release(histogram: Histogram): void;
}

/** A pool of these histograms, all of them free. */
export function createHistogramPool(histograms: readonly Histogram[]): HistogramPool {
  const free = [...histograms];
  return {
    take: () => free.pop(),
    release: (histogram) => void free.push(histogram),
  };
}
