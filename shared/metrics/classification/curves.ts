import { codesAgainstRest, positiveCode } from '../../dataset/schema/positive-class.ts';
import type { Curves, Evaluation } from '../evaluation/evaluation.ts';
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

/** At most so many of the points, evenly apart, the first and the last among them. */
function spaced(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const step = (points.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => points[Math.round(i * step)]!);
}

/** False and true positives at each threshold, the highest first; thresholds on a straight line are left out. */
function rocCorners({ entries, groups }: Ranking): Point[] {
  const corners: Point[] = [[0, 0]];
  let [alarms, hits] = [0, 0];
  for (let g = groups.length - 2; g >= 0; g--) {
    const [before, found] = [alarms, hits];
    for (let i = groups[g]!; i < groups[g + 1]!; i++) {
      if ((entries[i]! & 1) === 1) hits++;
      else alarms++;
    }
    const earlier = corners.at(-2);
    const straight =
      earlier !== undefined &&
      (alarms - before) * (found - earlier[1]) === (hits - found) * (before - earlier[0]);
    if (straight) corners.pop();
    corners.push([alarms, hits]);
  }
  return corners;
}

/** True positives and rows predicted positive at each threshold that finds further positives, the highest first. */
function precisionSteps({ entries, groups }: Ranking): Point[] {
  const steps: Point[] = [];
  let [hits, taken] = [0, 0];
  for (let g = groups.length - 2; g >= 0; g--) {
    const found = hits;
    for (let i = groups[g]!; i < groups[g + 1]!; i++) hits += entries[i]! & 1;
    taken += groups[g + 1]! - groups[g]!;
    if (hits > found) steps.push([hits, taken]);
  }
  return steps;
}
