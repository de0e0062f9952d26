import { logarithm } from '../../algebra/exponential.ts';
import { distinctParts } from './distinct-parts.ts';

/** The blend's log-loss is at most so much, in nats, above the least that weights can reach. */
const tolerance = 1e-8;

/** Rounds at most, where parts say almost the same and each round moves little. */
const mostRounds = 3000;

/** A weight below this that still falls belongs to a part that the blend does without. */
const leastWeight = 1e-4;

/**
 * The weights, none negative, together 1, of which the mixture has the least log-loss: the proportions of a mixture whose
 * components are known, by expectation maximisation (Dempster, Laird, Rubin 1977). The problem is convex; the largest mean
 * of p/q over the parts, less 1, bounds what is left to gain, and ends the rounds.
 *
 * @param chances of each part the probability of the class that a row has, row by row; above 0, at most 1.
 * @param rowWeights how much each row counts; default all the same.
 */
export function mixtureWeights(chances: readonly Float64Array[], rowWeights?: Float64Array): number[] {
  const { columns, shared } = distinctParts(chances, (chance) => mixtureLoss([chance], [1], rowWeights));
  const best = columns.map((_, part) => (part === 0 ? 1 : 0));
  let weights = maximised(
    columns,
    columns.map(() => 1 / columns.length),
    rowWeights,
  );
  const needed = ratios(columns, weights, rowWeights).map(
    (ratio, part) => weights[part]! >= leastWeight || ratio >= 1,
  );
  if (needed.includes(false)) {
    const left = weights.map((weight, part) => (needed[part] ? weight : 0));
    const sum = left.reduce((total, weight) => total + weight, 0);
    const again = left.map((weight) => weight / sum);
    weights = maximised(columns, again, rowWeights);
  }
  const isBetter = mixtureLoss(columns, weights, rowWeights) < mixtureLoss(columns, best, rowWeights);
  return shared(isBetter ? weights : best);
}

/** Mean over rows of −ln of the mixture's probability. */
function mixtureLoss(
  columns: readonly Float64Array[],
  weights: readonly number[],
  rowWeights?: Float64Array,
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < columns[0]!.length; row++) {
    const share = rowWeights ? rowWeights[row]! : 1;
    sum -= share * logarithm(mixed(columns, weights, row));
    total += share;
  }
  return sum / total;
}

function mixed(columns: readonly Float64Array[], weights: readonly number[], row: number): number {
  let chance = 0;
  for (let part = 0; part < columns.length; part++) chance += weights[part]! * columns[part]![row]!;
  return chance;
}

/** Parts of weight 0 stay so. */
function maximised(
  columns: readonly Float64Array[],
  start: readonly number[],
  rowWeights?: Float64Array,
): number[] {
  const used = start.flatMap((weight, part) => (weight > 0 ? [part] : []));
  const own = used.map((part) => columns[part]!);
  let weights = used.map((part) => start[part]!);
  for (let round = 0; round < mostRounds; round++) {
    const factors = ratios(own, weights, rowWeights);
    if (Math.max(...factors) - 1 <= tolerance) break;
    weights = weights.map((weight, part) => weight * factors[part]!);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    weights = weights.map((weight) => weight / sum);
  }
  const all = columns.map(() => 0);
  for (const [at, part] of used.entries()) all[part] = weights[at]!;
  return all;
}

/** Of each part the mean of its probability, divided by the mixture's. */
function ratios(
  columns: readonly Float64Array[],
  weights: readonly number[],
  rowWeights?: Float64Array,
): number[] {
  const sums = new Float64Array(columns.length);
  let total = 0;
  for (let row = 0; row < columns[0]!.length; row++) {
    const share = rowWeights ? rowWeights[row]! : 1;
    const factor = share / mixed(columns, weights, row);
    for (let part = 0; part < columns.length; part++) sums[part]! += factor * columns[part]![row]!;
    total += share;
  }
  return Array.from(sums, (sum) => sum / total);
}
