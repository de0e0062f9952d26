import { formatNumber } from '../../text/number-format.ts';
import { type Layer, squareChart } from './square-chart.ts';
import { inkColors } from './theme.ts';
import type { Chart } from './vega-chart.ts';

type Point = readonly [number, number];

/** A curve of the model, the champion's beside it. */
export interface RankingCurve {
  readonly own: readonly Point[];
  readonly champion?: readonly Point[] | undefined;
  /** The area under it. */
  readonly area: number | null | undefined;
  /** Where the model is as it predicts. */
  readonly operatingPoint?: Point | undefined;
}

const unit = [0, 1] as const;

/** ROC curve: the share of positives found against the share of negatives wrongly taken for them. */
export function rocChart({ own, champion, area, operatingPoint }: RankingCurve): Chart {
  const tenth = own.findLast(([falsePositives]) => falsePositives <= 0.1);
  const detail = tenth
    ? ` At a false positive rate of at most 0.1 it finds ${formatNumber(tenth[1], { digits: 2 })} of the positives.`
    : '';
  return {
    description: `ROC curve${areaWords(area)}.${detail}${pointWords(operatingPoint, 'a false positive rate', 'a true positive rate')}`,
    spec: squareChart(
      {
        x: { title: 'false positive rate', domain: unit, format: '.1f' },
        y: { title: 'true positive rate (recall)', domain: unit, format: '.1f' },
      },
      [
        ...(champion ? [line(champion, 'champion', 'linear')] : []),
        line(own, 'model', 'linear'),
        ...(operatingPoint ? [mark(operatingPoint)] : []),
      ],
    ),
  };
}

/** Precision-recall curve; of a model that guesses the line lies at the share of positives. */
export function precisionRecallChart(
  { own, champion, area, operatingPoint }: RankingCurve,
  positiveShare: number,
): Chart {
  const half = own.find(([recall]) => recall >= 0.5);
  const detail = half
    ? ` At a recall of a half the precision is ${formatNumber(half[1], { digits: 2 })}.`
    : '';
  // The precision at the first threshold holds from a recall of 0 on.
  const whole = (points: readonly Point[]): Point[] => [[0, points[0]?.[1] ?? 0], ...points];
  return {
    description: `Precision-recall curve${areaWords(area)}.${detail}${pointWords(operatingPoint, 'a recall', 'a precision')} Guessing has a precision of ${formatNumber(positiveShare, { digits: 2 })}.`,
    spec: squareChart(
      {
        x: { title: 'recall', domain: unit, format: '.1f' },
        y: { title: 'precision', domain: unit, format: '.1f' },
      },
      [
        ...(champion ? [line(whole(champion), 'champion', 'step-before')] : []),
        line(whole(own), 'model', 'step-before'),
        ...(operatingPoint ? [mark(operatingPoint)] : []),
      ],
      [
        { x: 0, y: positiveShare },
        { x: 1, y: positiveShare },
      ],
    ),
  };
}

function line(
  points: readonly Point[],
  whose: 'model' | 'champion',
  interpolate: 'linear' | 'step-before',
): Layer {
  return {
    data: { values: points.map(([x, y], order) => ({ x, y, order })) },
    mark: {
      type: 'line',
      stroke: inkColors[whose],
      strokeWidth: whose === 'model' ? 2 : 1.5,
      ...(whose === 'champion' ? { strokeDash: [6, 3] } : {}),
      interpolate,
    },
    encoding: {
      x: { field: 'x', type: 'quantitative' },
      y: { field: 'y', type: 'quantitative' },
      order: { field: 'order', type: 'quantitative' },
    },
  };
}

/** The operating point: a ring, so that the curve is seen in it. */
function mark([x, y]: Point): Layer {
  return {
    data: { values: [{ x, y }] },
    mark: {
      type: 'point',
      shape: 'circle',
      size: 90,
      stroke: inkColors.ink,
      strokeWidth: 2,
      fill: 'var(--surface)',
    },
  };
}

function areaWords(area: number | null | undefined): string {
  return typeof area === 'number' ? ` with an area of ${formatNumber(area, { digits: 3 })}` : '';
}

function pointWords(point: Point | undefined, x: string, y: string): string {
  if (!point) return '';
  const [first, second] = point.map((value) => formatNumber(value, { digits: 2 }));
  return ` As it predicts, the model has ${x} of ${first} and ${y} of ${second}.`;
}
