import type { Histogram } from './histogram.ts';

/** Numbers in all kept histograms at most: 256 MB. */
const mostNumbers = 2 ** 25;

/** Histograms to be used again. */
export interface HistogramPool {
  /** Absent when too many are in use: sums that are not kept are added up again when they are needed. */
  take(): Histogram | undefined;
  release(histogram: Histogram): void;
}

/** @param length numbers of a histogram. */
export function createHistogramPool(length: number, limit = mostNumbers): HistogramPool {
  const free: Histogram[] = [];
  let made = 0;
  return {
    take() {
      const kept = free.pop();
      if (kept) return kept;
      if ((made + 1) * length > limit) return undefined;
      made++;
      return new Float64Array(length);
    },
    release: (histogram) => void free.push(histogram),
  };
}
