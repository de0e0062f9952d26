import { badnessOf } from '../../metrics/descriptors/direction.ts';
import { smallest, standardNormal80 } from '../detectable/detectable.ts';
import type { Limit } from './metric-figure.ts';
import { isSize, type SizedMetric } from './reference-figure.ts';
import type { ScanWidths } from './scan.ts';
import { badness, type Figure } from './worse.ts';

/** What a look can see. */
export interface DetectableInput {
  readonly metric: SizedMetric;
  /** With intervals of `width` standard errors on either side. */
  readonly current: Figure;
  readonly reference: Figure;
  readonly width: number;
  readonly limit: Limit;
  readonly widths: ScanWidths;
}

/** Of a metric without a worst value: so many times its evaluation's. */
const mostTimes = 20;

/**
 * The smallest worsening of the labelled rows, in the metric's unit, that this look at them would find in 80 of 100 cases: it
 * has to pass both of what {@link ./scan.ts} asks for. The standard error of the rows is that which they have, and grows with
 * the metric where that is a size of errors, or as √(p (1 − p)) where it is a share.
 *
 * @returns null where there is no such worsening, or no interval.
 */
export function detectableWorsening(input: DetectableInput): number | null {
  const { metric, width, limit, widths } = input;
  const [now, then] = [badness(input.current, metric.better), badness(input.reference, metric.better)];
  if (now.value === null || now.low === null || then.value === null || then.high === null) return null;
  const errorNow = errorBy(metric, { value: now.value, error: (now.value - now.low) / width });
  const errorThen = (then.high - then.value) / width;
  const start = then.value;
  const passes = (at: number, amount: number, k: number): boolean => {
    const bound = limit.relative ? start + amount * Math.abs(start) : start + amount;
    const times = limit.relative && start !== 0 ? bound / start : 1;
    const error = errorNow(at);
    return (
      at - bound >= k * Math.hypot(error, times * errorThen) + standardNormal80 * Math.hypot(error, errorThen)
    );
  };
  const seen = (worse: number): boolean =>
    passes(start + worse, 0, widths.worse) && passes(start + worse, limit.amount, widths.beyond);
  return smallest(seen, mostOf(metric, start)) ?? null;
}

/** The worst value there is, as a worsening. */
function mostOf({ better, limits }: DetectableInput['metric'], start: number): number {
  const worst = badnessOf(better, better === 'higher' ? limits.low : limits.high);
  return Number.isFinite(worst) ? worst - start : mostTimes * Math.abs(start);
}

/** The standard error of the rows, were the metric as bad as that. */
function errorBy(
  metric: SizedMetric,
  { value, error }: { readonly value: number; readonly error: number },
): (at: number) => number {
  if (metric.interval === 'share') {
    const variance = (at: number): number => {
      const share = Math.min(1, Math.max(0, Math.abs(at)));
      return share * (1 - share);
    };
    return (at) => (variance(value) > 0 ? error * Math.sqrt(variance(at) / variance(value)) : error);
  }
  return (at) => (isSize(metric) && value > 0 ? (error * at) / value : error);
}
