import { ascendingOrder } from '../../algebra/ascending-order.ts';
import { type Costs, thresholdOfCosts } from '../../config/sections/decision-section.ts';

/** Rows whose probability of the positive class is known. */
export interface ScoredRows {
  /** Of the positive class, by row. */
  readonly scores: Float64Array;
  /** Whether the row is of the positive class. */
  readonly positive: readonly boolean[];
}

/** A threshold and what it costs. */
export interface ChosenThreshold {
  /** A row is predicted positive above it. */
  readonly threshold: number;
  /** Mean cost of a row; null where there was none to choose on. */
  readonly cost: number | null;
}

/**
 * The threshold of least cost on these rows: of all that divide them differently, each between two neighbouring scores, the
 * cheapest; of equally cheap ones the nearest to the one that true probabilities would ask for, which is taken itself where
 * it divides them so. Without rows of both classes they say nothing, and it is taken.
 */
export function cheapestThreshold({ scores, positive }: ScoredRows, costs: Costs): ChosenThreshold {
  const ideal = thresholdOfCosts(costs);
  const positives = positive.filter(Boolean).length;
  const rows = scores.length;
  if (positives === 0 || positives === rows) {
    return { threshold: ideal, cost: rows === 0 ? null : costAt(ideal, { scores, positive }, costs) };
  }
  const order = ascendingOrder(scores);
  let falseAlarms = rows - positives;
  let missed = 0;
  let best: { readonly threshold: number; readonly cost: number } | undefined;
  // From all predicted positive to none: the rows up to and with `below` are predicted negative.
  for (let below = -1; below < rows; below++) {
    if (below >= 0) {
      if (positive[order[below]!]) missed++;
      else falseAlarms--;
    }
    const from = below < 0 ? 0 : scores[order[below]!]!;
    const to = below + 1 < rows ? scores[order[below + 1]!]! : 1;
    // No threshold from 0 to 1 lies between equal scores, under a score of 0, or over one of 1.
    if (from === to) continue;
    const cost = (costs.missed * missed + costs['false-alarm'] * falseAlarms) / rows;
    const threshold = ideal > from && ideal < to ? ideal : (from + to) / 2;
    const nearer = best && Math.abs(threshold - ideal) < Math.abs(best.threshold - ideal);
    if (!best || cost < best.cost || (cost === best.cost && nearer)) best = { threshold, cost };
  }
  return best!;
}

function costAt(threshold: number, { scores, positive }: ScoredRows, costs: Costs): number {
  let sum = 0;
  for (const [row, score] of scores.entries()) {
    if (score > threshold && !positive[row]) sum += costs['false-alarm'];
    if (score <= threshold && positive[row]) sum += costs.missed;
  }
  return sum / scores.length;
}
