import { ascendingOrder } from '../../algebra/ascending-order.ts';
import type { MedianSampling } from '../metric/sampling.ts';
import type { DrawnWeights, WeightSource } from './exponential-weights.ts';
import type { Draws } from './unseen-rows.ts';

/** Draws of two medians on the same rows. No row is imagined: what lies beyond the middle moves no median. */
export function medianDraws(parts: readonly MedianSampling[], source: WeightSource): Draws {
  const errors = parts.map((part) => part.errors());
  const rows = errors[0]!.length;
  const draws = source(rows);
  const ones = new Float64Array(rows).fill(1);
  const orders = errors.map((values) => ascendingOrder(values));
  let weights: DrawnWeights = { counts: ones, total: rows };
  return {
    groups: [],
    whole() {
      weights = { counts: ones, total: rows };
    },
    next() {
      weights = draws.next();
    },
    values: () => errors.map((values, p) => weightedMedian(values, orders[p]!, weights)),
  };
}

/** The value up to which half of the weight lies; on the edge of two, their mean. */
function weightedMedian(values: Float64Array, order: Uint32Array, { counts, total }: DrawnWeights): number {
  let below = 0;
  let position = 0;
  for (;;) {
    below += counts[order[position]!]!;
    if (below >= total / 2 || position === order.length - 1) break;
    position++;
  }
  const value = values[order[position]!]!;
  if (below > total / 2 || position === order.length - 1) return value;
  return (value + values[order[position + 1]!]!) / 2;
}
