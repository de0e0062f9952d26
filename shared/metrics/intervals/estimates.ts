import type { ValidateConfig } from '../../config/sections/validate-section.ts';
import type { Random } from '../../platform/random.ts';
import type { Metric } from '../metric/metric.ts';
import { type JudgedRows, judgedRows } from '../rows/judged-rows.ts';
import { onceEach } from '../rows/row-weights.ts';
import { takePredictions } from '../rows/subset.ts';
import type { Basis } from './basis.ts';
import { type BootstrapInput, bootstrap } from './bootstrap.ts';
import type { Estimate } from './estimate.ts';
import { type RowGroups, rowGroups } from './grouped-rows.ts';
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
  const { resamples, method } = settings;
  const rows = metrics[0]?.rows.count ?? 0;
  const enough = rows >= (input.least ?? fewestRows);
  if (enough && method === 'auto') {
    const estimates = estimatesByMetric(metrics, { resamples, random, hook });
    return withSpreads(estimates, metrics, { resamples, random, hook });
  }
  const estimates =
    enough && method !== 'auto'
      ? bootstrapEstimates(metrics, { resamples, method }, { random, hook })
      : bootstrapEstimates(metrics, none, { random, hook });
  return estimates.map((estimate, i) => ({ ...estimate, ...refusalOf(metrics[i]!) }));
}

/** Of rows in groups, how a metric spreads when rows are drawn, and when groups are. */
function withSpreads(
  estimates: readonly Estimate[],
  metrics: readonly MeasuredMetric[],
  { resamples, random, hook }: Pick<Basis, 'resamples' | 'random' | 'hook'>,
): Estimate[] {
  const groups = groupsOf(metrics[0]!.rows);
  if (!groups) return [...estimates];
  const taken = takenRows(metrics, resampledRows(metrics[0]!.rows.count, random, groups));
  const some = groupsOf(taken[0]!)!;
  const weighed = metrics.map(({ metric }, i) => metric.weigh(taken[i]!));
  const draws = (together: RowGroups | undefined): Estimate[] =>
    bootstrap({
      ...{ rows: taken[0]!.count, metrics: weighed, settings: { resamples, method: 'percentile' } },
      ...{ random: random.fork(together ? 'groups' : 'alone'), groups: together, progress: hook },
    });
  const [alone, together] = [draws(undefined), draws(some)];
  return estimates.map((estimate, i) => ({
    ...estimate,
    limits: metrics[i]!.metric.limits,
    spread: {
      byRow: alone[i]!.replicates,
      byGroup: together[i]!.replicates,
      sizes: groups.sizes,
    },
  }));
}

/** Undefined where every row is a group of its own. */
function groupsOf({ groups, count }: JudgedRows): RowGroups | undefined {
  const found = groups && rowGroups(groups);
  return found && found.sizes.length < count ? found : undefined;
}

const none = { resamples: 0, method: 'percentile' } as const;

/** The bootstrap of all metrics alike; of very many rows by some of them, what comes out scaled to all. */
function bootstrapEstimates(
  metrics: readonly MeasuredMetric[],
  settings: BootstrapInput['settings'],
  { random, hook }: Pick<EstimatesInput, 'random' | 'hook'>,
): Estimate[] {
  const rows = metrics[0]?.rows.count ?? 0;
  const groups = metrics[0] && groupsOf(metrics[0].rows);
  const drawn = settings.resamples === 0 ? undefined : resampledRows(rows, random, groups);
  const taken = takenRows(metrics, drawn);
  const estimates = bootstrap({
    rows: taken[0]?.count ?? 0,
    metrics: metrics.map(({ metric }, i) => metric.weigh(taken[i]!)),
    settings,
    random,
    groups: groups && (drawn ? groupsOf(taken[0]!) : groups),
    progress: hook,
  });
  if (taken[0]?.count === rows) return estimates;
  const scale = Math.sqrt((taken[0]?.count ?? 0) / rows);
  return estimates.map((estimate, i) => {
    const { metric, rows: all } = metrics[i]!;
    const value = metric.weigh(all)(onceEach(all.count));
    if (!('value' in value && 'value' in estimate.value)) return { ...estimate, value };
    const [whole, own] = [value.value, estimate.value.value];
    return {
      value,
      replicates: estimate.replicates.map((replicate) => whole + scale * (replicate - own)),
      jackknife: estimate.jackknife.map((left) => whole + scale * (left - own)),
    };
  });
}

/** The rows of each metric, or the drawn ones; taken once for all metrics of a model. */
function takenRows(metrics: readonly MeasuredMetric[], drawn: Uint32Array | undefined): JudgedRows[] {
  if (!drawn) return metrics.map(({ rows }) => rows);
  const taken = new Map<JudgedRows, JudgedRows>();
  return metrics.map(({ rows }) => {
    const some = taken.get(rows) ?? judgedRows(takePredictions(rows, drawn));
    taken.set(rows, some);
    return some;
  });
}

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
  const some = takenRows(metrics, drawn);
  const each = onceEach(metrics[0]?.rows.count ?? 0);
  return metrics.map(({ metric, rows }, i): Estimate => {
    const value = metric.weigh(rows)(each);
    const resampled = metric.interval === 'rows' || metric.interval === 'ranks';
    const basis =
      'value' in value
        ? {
            ...settings,
            parts: [{ sampling: metric.sample(resampled ? some[i]! : rows), value: value.value }],
            of: ([only]: readonly number[]) => only!,
            share: drawn && resampled ? drawn.length / rows.count : 1,
          }
        : undefined;
    return { value, replicates: nothing, jackknife: nothing, basis, ...refusalOf({ metric, rows }) };
  });
}

const nothing = new Float64Array(0);
