import { mean, standardDeviation } from '../../algebra/descriptive-statistics.ts';

/** Mean and standard deviation by which a regression's target is standardised for training. */
export interface TargetScale {
  readonly mean: number;
  /** 1 where all targets are equal. */
  readonly deviation: number;
}

/** The scale of the training rows' target (population standard deviation). */
export function targetScaleOf(values: Float64Array): TargetScale {
  const centre = mean(values);
  const deviation = standardDeviation(values);
  return { mean: centre, deviation: deviation > Math.abs(centre) * 1e-12 ? deviation : 1 };
}

/** Numbers as the training sees them. */
export function standardised(values: Float64Array, { mean, deviation }: TargetScale): Float32Array {
  return Float32Array.from(values, (value) => (value - mean) / deviation);
}
