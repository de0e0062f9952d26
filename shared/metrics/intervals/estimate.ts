import type { MetricValue } from '../metric/metric.ts';

/** A quantity with what bootstrap and jackknife made of it: all that an interval is computed from. */
export interface Estimate {
  /** On the rows themselves. */
  readonly value: MetricValue;
  /** By resample; NaN where it is undefined. Estimates of one bootstrap are paired: equal index, equal rows drawn. */
  readonly replicates: Float64Array;
  /** With a group of rows left out, by group; empty when no method needs it. NaN where it is undefined. */
  readonly jackknife: Float64Array;
}

/** A known number as an estimate: what does not change with the rows drawn. */
export function certainEstimate(value: number, like: Estimate): Estimate {
  return {
    value: { value },
    replicates: new Float64Array(like.replicates.length).fill(value),
    jackknife: new Float64Array(like.jackknife.length).fill(value),
  };
}

/** A function of one estimate. */
export function mapEstimate(a: Estimate, of: (a: number) => number): Estimate {
  return {
    value: 'value' in a.value ? { value: of(a.value.value) } : a.value,
    replicates: a.replicates.map(of),
    jackknife: a.jackknife.map(of),
  };
}

/** A function of two estimates of one bootstrap, resample by resample, so that what they share cancels. */
export function combineEstimates(a: Estimate, b: Estimate, of: (a: number, b: number) => number): Estimate {
  return {
    value: combineValues(a.value, b.value, of),
    replicates: a.replicates.map((value, i) => of(value, b.replicates[i]!)),
    jackknife: a.jackknife.map((value, i) => of(value, b.jackknife[i]!)),
  };
}

function combineValues(a: MetricValue, b: MetricValue, of: (a: number, b: number) => number): MetricValue {
  if (!('value' in a)) return a;
  if (!('value' in b)) return b;
  return { value: of(a.value, b.value) };
}
