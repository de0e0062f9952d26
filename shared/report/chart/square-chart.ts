import { shortNumber } from '../../text/number-format.ts';
import { niceTicks } from './nice-ticks.ts';
import { inkColors } from './theme.ts';
import type { Chart } from './vega-chart.ts';

/** A layer of a Vega-Lite chart, made here and checked by drawing it. */
export type Layer = Readonly<Record<string, unknown>>;

/** An axis over numbers. */
export interface Axis {
  readonly title: string;
  readonly domain: readonly [number, number];
  readonly format?: string;
}

/** The ends of a line to compare with. */
type Reference = readonly [Readonly<{ x: number; y: number }>, Readonly<{ x: number; y: number }>];

/**
 * A square chart whose two axes have the same scale.
 *
 * @param reference a dashed line; default the diagonal, which a perfect model lies on, or one that guesses.
 */
export function squareChart(
  axes: { readonly x: Axis; readonly y: Axis },
  layers: readonly Layer[],
  reference: Reference = diagonalOf(axes.x),
): Chart['spec'] {
  const encoding = { x: positional('x', axes.x), y: positional('y', axes.y) };
  const dashed = {
    data: { values: [...reference] },
    mark: { type: 'line', stroke: inkColors.muted, strokeDash: [4, 4], strokeWidth: 1.25 },
    encoding,
  };
  return {
    width: 300,
    height: 300,
    layer: [dashed, ...layers.map((layer) => ({ encoding, ...layer }))],
  } as unknown as Chart['spec'];
}

function diagonalOf({ domain: [low, high] }: Axis): Reference {
  return [
    { x: low, y: low },
    { x: high, y: high },
  ];
}

function positional(field: 'x' | 'y', axis: Axis): object {
  return {
    field,
    type: 'quantitative',
    title: axis.title,
    scale: { domain: [...axis.domain], nice: false, zero: false },
    axis: axis.format === undefined ? numberAxis(axis.domain) : { tickCount: 5, format: axis.format },
  };
}

/** Round numbers as the page writes them, short. */
function numberAxis([low, high]: Axis['domain']): object {
  const values = niceTicks(low, high, 5).filter((tick) => tick >= low && tick <= high);
  const labels = Object.fromEntries(values.map((tick) => [tick, shortNumber(tick)]));
  return { values, labelExpr: `${JSON.stringify(labels)}[datum.value]` };
}
