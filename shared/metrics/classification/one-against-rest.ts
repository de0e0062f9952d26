import { codesAgainstRest } from '../../dataset/schema/positive-class.ts';
import type { MetricValue } from '../metric/metric-value.ts';
import type { ClassifiedRows } from '../rows/judged-rows.ts';
import type { Ranking } from '../rows/ranking.ts';
import type { RowWeights } from '../rows/row-weights.ts';

/**
 * A score of ranked rows: of a binary task the positive class's, of several classes the mean over all of them, each
 * against the rest.
 *
 * @param score NaN where a class has no rows or all rows.
 */
export function oneAgainstRest(
  rows: ClassifiedRows,
  score: (ranking: Ranking, weights: RowWeights) => number,
): (weights: RowWeights) => MetricValue {
  const codes = codesAgainstRest(rows);
  const rankings = codes.map((code) => rows.ranking(code));
  return (weights) => {
    let sum = 0;
    for (const [i, ranking] of rankings.entries()) {
      const value = score(ranking, weights);
      if (Number.isNaN(value)) return { undefined: missingClass(rows, codes[i]!, weights) };
      sum += value;
    }
    return { value: sum / rankings.length };
  };
}

function missingClass(rows: ClassifiedRows, code: number, weights: RowWeights): string {
  const present = rows.confusion.at(weights).actual[code]! > 0;
  const label = JSON.stringify(rows.classes[code]);
  return present ? `every row is of class ${label}` : `no row is of class ${label}`;
}
