import type { Metric } from '../../metrics/metric/metric.ts';
import type { Figure } from './worse.ts';

/** What is asked of a metric here. */
export type SizedMetric = Pick<Metric, 'better' | 'limits' | 'unit' | 'interval'>;

/** Whether a metric is a size of errors or losses, so that its standard error grows with it. */
export function isSize({ better, limits }: SizedMetric): boolean {
  return better === 'lower' && limits.low === 0 && !Number.isFinite(limits.high);
}

/** A figure, and how many rows it is of. */
export interface FigureOfRows extends Figure {
  readonly rows: number;
}

/**
 * The evaluation's figure for a comparison with rows that came later, both intervals of one confidence.
 *
 * Where the interval is drawn with a row that was not seen (ADR 0024), it is long on the side of that row so as to cover the
 * heaviest tails, by four fifths even where there are none. The other side is the standard error as the evaluation's rows show
 * it; if they happen to lack the tail, the rows that are compared show it, which vary as the evaluation's do if nothing has changed.
 * So either side is the longer of the two. Other intervals are taken as they are.
 */
export function referenceFigure(
  metric: SizedMetric,
  evaluation: FigureOfRows,
  compared: FigureOfRows,
): Figure {
  const { value, low, high } = evaluation;
  if (metric.interval !== 'rows' || value === null || low === null || high === null)
    return { value, low, high };
  const shown = Math.min(value - low, high - value);
  if (compared.value === null || compared.low === null || compared.high === null) return { value, low, high };
  const scale = isSize(metric) && compared.value > 0 ? value / compared.value : 1;
  const implied = (scale * (compared.high - compared.low) * Math.sqrt(compared.rows / evaluation.rows)) / 2;
  const half = Math.max(shown, implied);
  return { value, low: value - half, high: value + half };
}
