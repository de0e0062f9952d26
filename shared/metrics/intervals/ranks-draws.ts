import type { RanksSampling } from '../metric/sampling.ts';
import { type UnseenRanks, type WeighedRanking, weighedArea, weighedPrecision } from '../rows/ranking.ts';
import type { DrawnWeights, WeightSource } from './exponential-weights.ts';
import type { Draws, Unseen } from './unseen-rows.ts';

/** Rows that are imagined of each class: one that the first model places perfectly, and one that it says nothing of. */
const perClass = 2;

/** What such a row counts as between two models, which are rarely as far apart as that. */
const ofTwo = 0.5;

const scores = { area: weighedArea, precision: weighedPrecision };

/**
 * Draws of metrics of rankings, one or two on the same rows, with a row imagined of each class: one of which the score says
 * nothing at the lower end, one that it places perfectly at the upper, so that classes which are perfectly apart have a
 * width. Of two models one places it perfectly where the other says nothing.
 */
export function ranksDraws(parts: readonly RanksSampling[], source: WeightSource): Draws {
  const { rows } = parts[0]!;
  const draws = source(rows.count);
  const ones: DrawnWeights = { counts: new Float64Array(rows.count).fill(1), total: rows.count };
  const rankings = parts.map((part) => part.codes.map((code) => part.rows.ranking(code)));
  let weighed: WeighedRanking[][] = [];
  const weigh = (weights: DrawnWeights) => {
    weighed = parts.map(({ score }, p) => rankings[p]!.map((ranking) => scores[score](ranking, weights)));
  };
  return {
    groups: rows.classes.map((_, code) => ({
      candidates: Array.from({ length: perClass }, (_, i) => perClass * code + i),
      copies: 0,
      weight: parts.length === 1 ? 1 : ofTwo,
    })),
    whole: () => weigh(ones),
    next: () => weigh(draws.next()),
    values: (unseen) =>
      parts.map(({ codes }, p) => {
        const sum = codes.reduce((total, code, i) => {
          return total + weighed[p]![i]!(imagined(unseen, code, p));
        }, 0);
        return sum / codes.length;
      }),
  };
}

/** Imagined rows as one ranking of a model sees them: positive those of its class, negative the others. */
function imagined(unseen: readonly Unseen[], code: number, model: number): UnseenRanks {
  const placed = (perfect: boolean) => {
    let positives = 0;
    let negatives = 0;
    for (const { candidate, weight } of unseen) {
      if ((candidate % perClass === model) !== perfect) continue;
      if (Math.floor(candidate / perClass) === code) positives += weight;
      else negatives += weight;
    }
    return { positives, negatives };
  };
  return { perfect: placed(true), spread: placed(false) };
}
