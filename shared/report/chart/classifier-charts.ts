import { formatNumber } from '../../text/number-format.ts';
import { squareChart } from './square-chart.ts';
import { inkColors } from './theme.ts';
import type { Chart } from './vega-chart.ts';

/** A bin of predicted probabilities. */
export interface CalibrationBin {
  readonly predicted: number;
  readonly observed: number;
  readonly rows: number;
  /** Ends of the observed share's interval. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

const unit = [0, 1] as const;

/**
 * Reliability: in what share of the rows of each bin it really happened, with the share's interval. Where bins differ in
 * rows, larger dots hold more.
 *
 * @param of what the probabilities are of, after `observed share`.
 */
export function calibrationChart(bins: readonly CalibrationBin[], of: string): Chart {
  const filled = bins.filter((bin) => bin.rows > 0);
  const most = Math.max(1, ...filled.map((bin) => bin.rows));
  const values = filled.map((bin) => ({
    x: bin.predicted,
    y: bin.observed,
    size: 20 + (70 * bin.rows) / most,
  }));
  const intervals = filled.flatMap(({ predicted, low, high }) =>
    low === undefined || high === undefined ? [] : [{ x: predicted, y: low, high }],
  );
  const worst = filled.toSorted((a, b) => gap(b) - gap(a))[0];
  const detail = worst
    ? ` The widest gap: predicted ${formatNumber(worst.predicted, { digits: 2 })}, observed ${formatNumber(worst.observed, { digits: 2 })}, in ${worst.rows} rows.`
    : '';
  return {
    description: `Calibration: observed share ${of} against predicted probability in ${filled.length} bins.${detail}`,
    spec: squareChart(
      {
        x: { title: 'predicted probability', domain: unit, format: '.1f' },
        y: { title: 'observed share', domain: unit, format: '.1f' },
      },
      [
        {
          data: { values: intervals },
          mark: { type: 'rule', stroke: inkColors.model, strokeWidth: 2, opacity: 0.55 },
          encoding: {
            x: { field: 'x', type: 'quantitative' },
            y: { field: 'y', type: 'quantitative' },
            y2: { field: 'high' },
          },
        },
        { data: { values }, mark: { type: 'line', stroke: inkColors.model, strokeWidth: 1 } },
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

function gap(bin: CalibrationBin): number {
  return Math.abs(bin.predicted - bin.observed);
}
