import { distinctParts } from './distinct-parts.ts';
import { type MixtureProblem, mixtureLoss, mixtureRatios, newtonStep } from './mixture-newton.ts';

/** The blend's log-loss is at most so much, in nats, above the least that weights can reach. */
const tolerance = 1e-8;

/** Rounds at most, where parts say almost the same and each round moves little. */
const mostRounds = 3000;

/** A weight below this that still falls belongs to a part that the blend does without. */
const leastWeight = 1e-4;

/**
 * The weights, none negative, together 1, of which the mixture has the least log-loss: the proportions of a mixture whose
 * components are known. The problem is convex: Newton's method, projected, and where one of its steps finds nothing better, a
 * step of expectation maximisation (Dempster, Laird, Rubin 1977), which never makes it worse. The largest mean of p/q over
 * the parts, less 1, bounds what is left to gain, and ends the rounds.
 *
 * @param chances of each part the probability of the class that a row has, row by row; above 0, at most 1.
 * @param rowWeights how much each row counts; default all the same.
 */
export function mixtureWeights(chances: readonly Float64Array[], rowWeights?: Float64Array): number[] {
  const shares = sharesOf(chances[0]!.length, rowWeights);
  const { columns, shared } = distinctParts(chances, (chance) =>
    mixtureLoss({ columns: [chance], shares }, [1]),
  );
  const problem: MixtureProblem = { columns, shares };
  const best = columns.map((_, part) => (part === 0 ? 1 : 0));
  let weights = maximised(
    problem,
    columns.map(() => 1 / columns.length),
  );
  const needed = mixtureRatios(problem, weights).map(
    (ratio, part) => weights[part]! >= leastWeight || ratio >= 1,
  );
  if (needed.includes(false)) {
    const left = weights.map((weight, part) => (needed[part] ? weight : 0));
    const sum = left.reduce((total, weight) => total + weight, 0);
    weights = maximised(
      problem,
      left.map((weight) => weight / sum),
    );
  }
  const isBetter = mixtureLoss(problem, weights) < mixtureLoss(problem, best);
  return shared(isBetter ? weights : best);
}

function sharesOf(rows: number, rowWeights: Float64Array | undefined): Float64Array {
  if (!rowWeights) return new Float64Array(rows).fill(1 / rows);
  const total = rowWeights.reduce((sum, weight) => sum + weight, 0);
  return rowWeights.map((weight) => weight / total);
}

/** Parts of weight 0 stay so. */
function maximised({ columns, shares }: MixtureProblem, start: readonly number[]): number[] {
  const used = start.flatMap((weight, part) => (weight > 0 ? [part] : []));
  const problem = { shares, columns: used.map((part) => columns[part]!) };
  let weights = used.map((part) => start[part]!);
  for (let round = 0; round < mostRounds; round++) {
    const ratios = mixtureRatios(problem, weights);
    if (Math.max(...ratios) - 1 <= tolerance) break;
    weights = newtonStep(problem, weights, ratios) ?? expected(weights, ratios);
  }
  const all = columns.map(() => 0);
  for (const [at, part] of used.entries()) all[part] = weights[at]!;
  return all;
}

/** A step of expectation maximisation. */
function expected(weights: readonly number[], ratios: readonly number[]): number[] {
  const raw = weights.map((weight, part) => weight * ratios[part]!);
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return raw.map((weight) => weight / sum);
}
