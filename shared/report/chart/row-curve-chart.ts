import type { RowCurve } from '../../model/report/row-curve-report.ts';
import { rowCurveWords } from '../../model/report/row-curve-words.ts';
import { formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { inkColors } from './theme.ts';
import type { Chart } from './vega-chart.ts';

/** Loss by number of training rows, doubled from point to point; and, dashed, what twice as many are foretold, with the interval. */
export function rowCurveChart(curve: RowCurve, width: number, height: number): Chart {
  const { metric, points } = curve;
  const measured = points.map(({ rows, loss }) => ({ rows, loss }));
  const last = measured.at(-1)!;
  const next = foretold(curve);
  const labels = [...measured, next].map(({ rows }) => rows);
  const x = {
    field: 'rows',
    type: 'quantitative',
    title: 'training rows (doubled from point to point)',
    scale: { type: 'log', base: 2, nice: false, padding: 24 },
    axis: { grid: false, values: labels, format: width < 400 ? '.2~s' : ',d' },
  } as const;
  const y = {
    field: 'loss',
    type: 'quantitative',
    title: `${metric}; the lower, the better`,
    scale: { zero: false, nice: true },
    axis: { tickCount: 5 },
  } as const;
  const line = { type: 'line' as const, stroke: inkColors.model, strokeWidth: 2 };
  const point = { type: 'point' as const, size: 70, stroke: inkColors.model, strokeWidth: 2, opacity: 1 };
  return {
    description: describe(curve),
    maxWidth: width,
    spec: {
      width,
      height,
      layer: [
        { data: { values: measured }, mark: line, encoding: { x, y } },
        {
          data: { values: [last, { rows: next.rows, loss: next.loss }] },
          mark: { ...line, strokeDash: [4, 4] },
          encoding: { x, y },
        },
        {
          data: { values: [next] },
          mark: { type: 'rule', stroke: inkColors.model, strokeWidth: 2 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        {
          data: { values: measured },
          mark: { ...point, filled: true, fill: inkColors.model },
          encoding: { x, y },
        },
        {
          data: { values: [next] },
          mark: { ...point, filled: true, fill: 'var(--surface)' },
          encoding: { x, y },
        },
      ],
    } as Chart['spec'],
  };
}

function foretold({ points, twice }: RowCurve) {
  const { rows, loss } = points.at(-1)!;
  const [least, most] = twice.interval;
  return {
    ...{ rows: 2 * rows, loss: loss * (1 - twice.lower) },
    ...{ low: loss * (1 - most), high: loss * (1 - least) },
  };
}

function describe(curve: RowCurve): string {
  const { metric, points } = curve;
  const values = points.map(({ rows, loss }) => `${formatNumber(loss)} with ${formatCount(rows)}`).join(', ');
  return `Learning curve by training rows: ${metric} ${values} rows. It foretells that ${rowCurveWords(curve)}.`;
}
