import type { MetricLimits } from './descriptor.ts';

export const unbounded: MetricLimits = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
export const notNegative: MetricLimits = { low: 0, high: Number.POSITIVE_INFINITY };
export const atMostOne: MetricLimits = { low: Number.NEGATIVE_INFINITY, high: 1 };
export const zeroToOne: MetricLimits = { low: 0, high: 1 };
export const zeroToTwo: MetricLimits = { low: 0, high: 2 };
/** Of a correlation. */
export const minusOneToOne: MetricLimits = { low: -1, high: 1 };
