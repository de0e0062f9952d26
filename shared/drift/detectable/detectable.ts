// How large a change must be for a check of so many rows to see it.
import { normalQuantile } from '../../algebra/normal-distribution.ts';

/** The standard normal variable is below this with chance 80 %. */
export const standardNormal80 = normalQuantile(0.8);

/** A change is found to 2^-32 of the most that is looked at: two or three of its digits are shown. */
const steps = 32;

/** What a shift must pass: a test at a level, and an effect's floor. */
export interface Bar {
  readonly alpha: number;
  readonly floor: number;
}

/** The smallest x in [0, largest] from which on `seen` holds; undefined where it does not hold at the largest. */
export function smallest(seen: (x: number) => boolean, largest: number): number | undefined {
  if (!seen(largest)) return undefined;
  let low = 0;
  let high = largest;
  for (let i = 0; i < steps; i++) {
    const middle = (low + high) / 2;
    if (seen(middle)) high = middle;
    else low = middle;
  }
  return high;
}
