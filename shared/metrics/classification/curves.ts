import { codesAgainstRest, positiveCode } from '../../dataset/schema/positive-class.ts';
import type { Evaluation } from '../evaluation/evaluation.ts';
import type { Curves } from '../evaluation/prediction-facts.ts';
import { type ClassifiedRows, judgedRows } from '../rows/judged-rows.ts';
import type { Predictions } from '../rows/predictions.ts';
import { type Ranking, rankedArea, rankedPrecision } from '../rows/ranking.ts';
import { onceEach } from '../rows/row-weights.ts';

/** Points of a curve at most; where each class has its own, fewer. */
const mostPoints = 200;
const mostPointsOfMany = 80;
/** Classes that have curves, the largest ones. */
const mostClasses = 10;

type CurvesOfEvaluation = Pick<Evaluation, 'roc' | 'precisionRecall' | 'championCurves' | 'oneAgainstRest'>;

/**
 * How well probabilities rank: of a binary task the curves of the positive class, of several classes those of each
 * against the rest; the champion's beside them.
 */
export function curvesOf(rows: ClassifiedRows, champion: Predictions | undefined): CurvesOfEvaluation {
  if (!rows.probabilities) return {};
  const theirs = championRows(rows, champion);
  const code = positiveCode(rows);
  if (code !== undefined) {
    const own = curvesOfClass(rows, code, mostPoints);
    const other = theirs && curvesOfClass(theirs, code, mostPoints);
    return own ? { ...own, ...(other ? { championCurves: other } : {}) } : {};
  }
  const { actual } = rows.confusion.at(onceEach(rows.count));
  const largest = codesAgainstRest(rows)
    .toSorted((a, b) => actual[b]! - actual[a]! || a - b)
    .slice(0, mostClasses)
    .toSorted((a, b) => a - b);
  const curves = largest.flatMap((label) => {
    const own = curvesOfClass(rows, label, mostPointsOfMany);
    if (!own) return [];
    const other = theirs && curvesOfClass(theirs, label, mostPointsOfMany);
    const [ranking, weights] = [rows.ranking(label), onceEach(rows.count)];
    return [
      {
        class: rows.classes[label]!,
        rows: actual[label]!,
        rocAuc: rankedArea(ranking, weights),
        averagePrecision: rankedPrecision(ranking, weights),
        ...own,
        ...(other ? { champion: other } : {}),
      },
    ];
  });
  return curves.length === 0 ? {} : { oneAgainstRest: curves };
}

function championRows(own: ClassifiedRows, champion: Predictions | undefined): ClassifiedRows | undefined {
  if (!champion || champion.task === 'regression' || !champion.probabilities) return undefined;
  const rows = judgedRows({ ...champion, positive: own.positive });
  return rows.task === 'regression' || rows.defect !== undefined ? undefined : rows;
}

/** Both curves of a class; undefined where no row is of it, or every row. */
function curvesOfClass(rows: ClassifiedRows, code: number, most: number): Curves | undefined {
  const positives = rows.confusion.at(onceEach(rows.count)).actual[code]!;
  const negatives = rows.count - positives;
  if (positives === 0 || negatives === 0) return undefined;
  const ranking = rows.ranking(code);
  return {
    roc: spaced(rocCorners(ranking), most).map(([alarms, hits]) => [alarms / negatives, hits / positives]),
    precisionRecall: spaced(precisionSteps(ranking), most).map(([hits, taken]) => [
      hits / positives,
      hits / taken,
    ]),
  };
}

type Point = readonly [number, number];

/** Points in pairs of numbers: there may be as many as rows. */
interface Points {
  readonly pairs: Uint32Array;
  readonly count: number;
}

/** At most so many of the points, evenly apart, the first and the last among them. */
function spaced({ pairs, count }: Points, most: number): Point[] {
  const point = (i: number): Point => [pairs[2 * i]!, pairs[2 * i + 1]!];
  if (count <= most) return Array.from({ length: count }, (_, i) => point(i));
  const step = (count - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => point(Math.round(i * step)));
}

/** False and true positives at each threshold, the highest first; thresholds on a straight line are left out. */
function rocCorners({ entries, groups }: Ranking): Points {
  const pairs = new Uint32Array(2 * groups.length);
  let count = 1;
  let [alarms, hits] = [0, 0];
  for (let g = groups.length - 2; g >= 0; g--) {
    const [before, found] = [alarms, hits];
    for (let i = groups[g]!; i < groups[g + 1]!; i++) {
      if ((entries[i]! & 1) === 1) hits++;
      else alarms++;
    }
    const [from, to] = [pairs[2 * count - 4]!, pairs[2 * count - 3]!];
    const straight = count > 1 && (alarms - before) * (found - to) === (hits - found) * (before - from);
    if (!straight) count++;
    pairs[2 * count - 2] = alarms;
    pairs[2 * count - 1] = hits;
  }
  return { pairs, count };
}

/** True positives and rows predicted positive at each threshold that finds further positives, the highest first. */
function precisionSteps({ entries, groups }: Ranking): Points {
  const pairs = new Uint32Array(2 * groups.length);
  let count = 0;
  let [hits, taken] = [0, 0];
  for (let g = groups.length - 2; g >= 0; g--) {
    const found = hits;
    for (let i = groups[g]!; i < groups[g + 1]!; i++) hits += entries[i]! & 1;
    taken += groups[g + 1]! - groups[g]!;
    if (hits === found) continue;
    pairs[2 * count] = hits;
    pairs[2 * count + 1] = taken;
    count++;
  }
  return { pairs, count };
}
