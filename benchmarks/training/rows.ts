import type { WeightedRows } from '../../shared/model/network/learner.ts';
import { createRandom } from '../../shared/platform/random.ts';

export const inputs = 20;
export const layers = [64, 32];

/** A smooth function of twenty numbers, with a little noise. */
export function examples(count: number): WeightedRows {
  const random = createRandom(1);
  const x = Float32Array.from({ length: count * inputs }, () => random.normal());
  const targets = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0.1 * random.normal();
    for (let j = 0; j < inputs; j++) sum += Math.sin(x[i * inputs + j]! * (1 + j / 10)) / 4;
    targets[i] = sum;
  }
  return { rows: count, x, targets, weights: undefined };
}
