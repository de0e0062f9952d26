import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { Random } from '../../platform/random.ts';
import type { Metric } from '../metric/metric.ts';
import { type JudgedRows, judgedRows } from '../rows/judged-rows.ts';
import { onceEach } from '../rows/row-weights.ts';
import { takePredictions } from '../rows/subset.ts';
import type { Basis } from './basis.ts';
import { bootstrap } from './bootstrap.ts';
import type { Estimate } from './estimate.ts';
import { fewestRows } from './measured.ts';
import type { ResampleHook } from './resample-loop.ts';
import { resampledRows } from './resampled-rows.ts';

/** A metric on a model's rows. */
export interface MeasuredMetric {
  readonly metric: Metric;
  /** As many of every metric that is estimated together, and the same ones: by index a row is one row. */
  readonly rows: JudgedRows;
}

/** What is estimated. */
export interface EstimatesInput {
  readonly metrics: readonly MeasuredMetric[];
  readonly settings: Pick<ValidateConfig['bootstrap'], 'resamples' | 'method'>;
  /** Fewer rows than this have values only; default {@link fewestRows}. */
  readonly least?: number;
  /** The same stream gives the same intervals. */
  readonly random: Random;
  readonly hook?: ResampleHook | undefined;
}

/**
 * Metrics of one or several models on the same rows, ready for intervals of each and of what is made of them.
 *
 * @returns one estimate per metric, in order.
 */
export function estimatesOf(input: EstimatesInput): Estimate[] {
  const { metrics, settings, random, hook } = input;
  const rows = metrics[0]?.rows.count ?? 0;
  const enough = rows >= (input.least ?? fewestRows);
  if (enough && settings.method === 'auto') {
    return estimatesByMetric(metrics, { resamples: settings.resamples, random, hook });
  }
  const estimates = bootstrap({
    rows,
    metrics: metrics.map((measured) => measured.metric.weigh(measured.rows)),
    settings: enough && settings.method !== 'auto' ? { ...settings, method: settings.method } : none,
    random,
    progress: hook,
  });
  return estimates.map((estimate, i) => ({ ...estimate, ...refusalOf(metrics[i]!) }));
}

const none = { resamples: 0, method: 'percentile' } as const;

/** Metrics that no method has an interval of. */
function refusalOf({ metric, rows }: MeasuredMetric): Pick<Estimate, 'refused'> {
  const sampling = metric.interval === 'none' ? metric.sample(rows) : undefined;
  return sampling?.kind === 'none' ? { refused: sampling.reason } : {};
}

function estimatesByMetric(
  metrics: readonly MeasuredMetric[],
  settings: Pick<Basis, 'resamples' | 'random' | 'hook'>,
): Estimate[] {
  const drawn = resampledRows(metrics[0]?.rows.count ?? 0, settings.random);
  const some = new Map<JudgedRows, JudgedRows>();
  // Rows are taken once for all metrics of a model.
  const someOf = (rows: JudgedRows) => {
    if (!drawn) return rows;
    const taken = some.get(rows) ?? judgedRows(takePredictions(rows, drawn));
    some.set(rows, taken);
    return taken;
  };
  return metrics.map(({ metric, rows }): Estimate => {
    const value = metric.weigh(rows)(onceEach(rows.count));
    const resampled = metric.interval === 'rows' || metric.interval === 'ranks';
    const basis =
      'value' in value
        ? {
            ...settings,
            parts: [{ sampling: metric.sample(resampled ? someOf(rows) : rows), value: value.value }],
            of: ([only]: readonly number[]) => only!,
            share: drawn && resampled ? drawn.length / rows.count : 1,
          }
        : undefined;
    return { value, replicates: nothing, jackknife: nothing, basis, ...refusalOf({ metric, rows }) };
  });
}

const nothing = new Float64Array(0);
