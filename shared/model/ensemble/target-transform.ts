import { exponential, logarithm } from '../../algebra/exponential.ts';

/** What a part of a blend predicts in place of the target itself. */
export interface TargetTransform {
  /** ln(1 + target). */
  readonly type: 'log1p';
  /** In the target's units: no prediction is larger. */
  readonly cap: number;
}

/** Predictions are at most so many times the largest target of training: a power of a line that goes on is soon absurd. */
const capFactor = 3;

/**
 * The transform of a target that is never negative; undefined of one that is, or that is always 0.
 *
 * @param values of the training rows.
 */
export function logTransformOf(values: Float64Array): TargetTransform | undefined {
  let largest = 0;
  for (const value of values) {
    if (!(value >= 0)) return undefined;
    if (value > largest) largest = value;
  }
  return largest > 0 ? { type: 'log1p', cap: capFactor * largest } : undefined;
}

/** The targets that such a part learns, the same bits on every machine. */
export function transformedTargets(values: Float64Array): Float64Array {
  return values.map((value) => logarithm(1 + value));
}

/** From a part's answer back to the target's units: between 0 and the cap. */
export function restoredTarget(value: number, { cap }: TargetTransform): number {
  return Math.max(0, Math.min(cap, exponential(value) - 1));
}
