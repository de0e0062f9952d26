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

/** A square chart whose two axes have the same scale, with the diagonal that a perfect model lies on. */
export function squareChart(
  axes: { readonly x: Axis; readonly y: Axis },
  layers: readonly Layer[],
): Chart['spec'] {
  const [low, high] = axes.x.domain;
  const encoding = { x: positional('x', axes.x), y: positional('y', axes.y) };
  const diagonal = {
    data: {
      values: [
        { x: low, y: low },
        { x: high, y: high },
      ],
    },
    mark: { type: 'line', stroke: inkColors.muted, strokeDash: [4, 4], strokeWidth: 1.25 },
    encoding,
  };
  return {
    width: 300,
    height: 300,
    layer: [diagonal, ...layers.map((layer) => ({ encoding, ...layer }))],
  } as unknown as Chart['spec'];
}

function positional(field: 'x' | 'y', axis: Axis): object {
  return {
    field,
    type: 'quantitative',
    title: axis.title,
    scale: { domain: [...axis.domain], nice: false, zero: false },
    axis: { tickCount: 5, format: axis.format ?? ',~r' },
  };
}
