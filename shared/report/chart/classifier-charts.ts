import { formatNumber } from '../../text/number-format.ts';
import { squareChart } from './square-chart.ts';
import { inkColors } from './theme.ts';
import type { Chart } from './vega-chart.ts';

/** A bin of predicted probabilities. */
export interface CalibrationBin {
  readonly predicted: number;
  readonly observed: number;
  readonly rows: number;
}

const unit = [0, 1] as const;

/** Reliability: what share of the rows in each bin really was positive. Larger dots hold more rows. */
export function calibrationChart(bins: readonly CalibrationBin[]): Chart {
  const filled = bins.filter((bin) => bin.rows > 0);
  const most = Math.max(1, ...filled.map((bin) => bin.rows));
  const values = filled.map((bin) => ({
    x: bin.predicted,
    y: bin.observed,
    size: 30 + (220 * bin.rows) / most,
  }));
  const worst = filled.toSorted((a, b) => gap(b) - gap(a))[0];
  const detail = worst
    ? ` The widest gap: predicted ${formatNumber(worst.predicted, { digits: 2 })}, observed ${formatNumber(worst.observed, { digits: 2 })}, in ${worst.rows} rows.`
    : '';
  return {
    description: `Calibration: observed share of positives against predicted probability in ${filled.length} bins.${detail}`,
    spec: squareChart(
      {
        x: { title: 'predicted probability', domain: unit, format: '.1f' },
        y: { title: 'observed share', domain: unit, format: '.1f' },
      },
      [
        { data: { values }, mark: { type: 'line', stroke: inkColors.model, strokeWidth: 1.5 } },
        {
          data: { values },
          mark: {
            type: 'circle',
            fill: inkColors.model,
            opacity: 0.9,
            stroke: 'var(--surface)',
            strokeWidth: 1,
          },
          encoding: {
            x: { field: 'x', type: 'quantitative' },
            y: { field: 'y', type: 'quantitative' },
            size: { field: 'size', type: 'quantitative', scale: null },
          },
        },
      ],
    ),
  };
}

/** ROC curve: the share of positives found against the share of negatives wrongly taken for them. */
export function rocChart(
  points: readonly (readonly [number, number])[],
  area: number | null | undefined,
): Chart {
  const values = points.map(([x, y], order) => ({ x, y, order }));
  const tenth = points.findLast(([falsePositives]) => falsePositives <= 0.1);
  const detail = tenth
    ? ` At a false positive rate of at most 0.1 it finds ${formatNumber(tenth[1], { digits: 2 })} of the positives.`
    : '';
  return {
    description: `ROC curve${typeof area === 'number' ? ` with an area of ${formatNumber(area, { digits: 3 })}` : ''}.${detail}`,
    spec: squareChart(
      {
        x: { title: 'false positive rate', domain: unit, format: '.1f' },
        y: { title: 'true positive rate', domain: unit, format: '.1f' },
      },
      [
        { data: { values }, mark: { type: 'area', fill: inkColors.model, opacity: 0.1, line: false } },
        {
          data: { values },
          mark: { type: 'line', stroke: inkColors.model, strokeWidth: 2, interpolate: 'linear' },
          encoding: {
            x: { field: 'x', type: 'quantitative' },
            y: { field: 'y', type: 'quantitative' },
            order: { field: 'order', type: 'quantitative' },
          },
        },
      ],
    ),
  };
}

function gap(bin: CalibrationBin): number {
  return Math.abs(bin.predicted - bin.observed);
}
