import { counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';
import { squareChart } from './square-chart.ts';
import { inkColors } from './theme.ts';
import type { Chart } from './vega-chart.ts';

/** Predicted against actual: on the diagonal the model is right. */
export function scatterChart(
  points: readonly (readonly [number, number])[],
  unit: string | undefined,
  word: string,
): Chart {
  const domain = paddedDomain(points.flat());
  const suffix = unit === undefined ? '' : `, ${clipText(visibleText(unit), 20)}`;
  const above = points.filter(([actual, predicted]) => predicted > actual).length;
  return {
    description: `Scatter plot of ${counted(points.length, word)}, predicted against actual. ${above} lie above the diagonal (predicted too high), ${points.length - above} on or below it. Actual values run from ${formatNumber(Math.min(...points.map(([x]) => x)))} to ${formatNumber(Math.max(...points.map(([x]) => x)))}.`,
    spec: squareChart(
      { x: { title: `actual${suffix}`, domain }, y: { title: `predicted${suffix}`, domain } },
      [
        {
          data: { values: points.map(([x, y]) => ({ x, y })) },
          mark: { type: 'circle', size: 26, fill: inkColors.model, opacity: 0.45 },
        },
      ],
    ),
  };
}

/** A domain a little wider than the numbers. */
function paddedDomain(numbers: readonly number[]): [number, number] {
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  const room = high > low ? (high - low) * 0.04 : Math.max(1, Math.abs(low) * 0.1);
  return [low - room, high + room];
}
