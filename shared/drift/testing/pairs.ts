import type { CellPair } from '../samples/cell-pair.ts';
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

/** Counts or weights over the same cells. */
export function cellsOf(reference: readonly number[], current: readonly number[]): CellPair {
  return { reference: Float64Array.from(reference), current: Float64Array.from(current) };
}
