import { sortNumbers } from '../../algebra/sorted-numbers.ts';
import { freshMemory, type Memory } from './memory.ts';

/** Ascending distinct values with how many rows have each. */
export interface Counted {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** Whole numbers in a range of at most this many are counted without sorting. */
const widestRange = 2 ** 20;

/** The values that are not missing, -0 as 0, and the range that they span where all are whole numbers. */
function presentOf(
  values: Float64Array,
  present: Float64Array,
): { present: Float64Array; min: number; range: number } {
  let size = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let whole = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    present[size++] = value + 0;
    if (value < min) min = value;
    if (value > max) max = value;
    whole &&= Math.floor(value) === value;
  }
  const range = whole && size > 0 ? max - min + 1 : Number.POSITIVE_INFINITY;
  return { present: present.subarray(0, size), min: min + 0, range };
}

function countWhole(present: Float64Array, min: number, range: number): Counted {
  const at = new Uint32Array(range);
  for (let i = 0; i < present.length; i++) at[present[i]! - min]!++;
  let size = 0;
  for (let i = 0; i < range; i++) size += at[i]! > 0 ? 1 : 0;
  const values = new Float64Array(size);
  const counts = new Float64Array(size);
  for (let i = 0, next = 0; i < range; i++) {
    if (at[i] === 0) continue;
    values[next] = min + i;
    counts[next++] = at[i]!;
  }
  return { values, counts };
}

/**
 * Counts the values that are not missing (NaN); -0 is 0.
 *
 * @param memory of its own for each of two samples that are looked at together.
 */
export function countedValues(values: Float64Array, memory: Memory = freshMemory): Counted {
  const { present, min, range } = presentOf(values, memory.floats('present', values.length));
  if (range <= Math.min(widestRange, 4 * present.length)) return countWhole(present, min, range);
  const sorted = sortNumbers(present, memory.floats('spare', present.length));
  // Distinct values take the place of the sorted ones: there is never more of them.
  const counts = memory.floats('counts', sorted.length);
  let size = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i]!;
    if (size > 0 && sorted[size - 1] === value) counts[size - 1]!++;
    else {
      sorted[size] = value;
      counts[size++] = 1;
    }
  }
  return { values: sorted.subarray(0, size), counts: counts.subarray(0, size) };
}
