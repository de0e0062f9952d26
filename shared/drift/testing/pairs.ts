import { countedValues } from '../samples/counted-values.ts';
import { type NumberPair, pairOfValues } from '../samples/number-pair.ts';

/** Two samples of plain numbers; NaN is missing. */
export function pairOf(reference: readonly number[], current: readonly number[]): NumberPair {
  return pairOfValues(countedValues(Float64Array.from(reference)), countedValues(Float64Array.from(current)));
}

/** Each value as often as its count says. */
export function repeated(counts: readonly number[]): number[] {
  return counts.flatMap((count, i) => new Array<number>(count).fill(i + 1));
}
