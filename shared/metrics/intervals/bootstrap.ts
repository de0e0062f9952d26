// How sure a metric is: bootstrap intervals of one model, and of the difference between two on the same rows.
import type { Random } from '../../platform/random.ts';
import type { WeightedMetric } from '../metric/metric.ts';
import type { MetricValue } from '../metric/metric-value.ts';
import { onceEach, type RowWeights } from '../rows/row-weights.ts';
import type { Estimate } from './estimate.ts';
import { groupResampler } from './group-resampler.ts';
import type { RowGroups } from './grouped-rows.ts';
import { forEachResample, type ResampleHook } from './resample-loop.ts';
import { createResampler } from './resampler.ts';

/** Up to this many rows the jackknife leaves out each by itself; above, groups. */
const singleRows = 2000;
const jackknifeGroups = 200;

/** What is bootstrapped. */
export interface BootstrapInput {
  /** Rows of every metric: they are drawn together, so that the estimates are paired. */
  readonly rows: number;
  readonly metrics: readonly WeightedMetric[];
  readonly settings: { readonly resamples: number; readonly method: 'bca' | 'percentile' };
  /** The same stream gives the same resamples. */
  readonly random: Random;
  /** Rows of a group are drawn, and left out, together. */
  readonly groups?: RowGroups | undefined;
  readonly progress?: ResampleHook | undefined;
}

/**
 * Values of metrics on the rows themselves and on resamples of them: rows drawn with replacement, each resample drawn
 * once for all metrics.
 *
 * @returns one estimate per metric, in order.
 */
export function bootstrap(input: BootstrapInput): Estimate[] {
  const { rows, metrics, settings, random, groups, progress } = input;
  const whole = onceEach(rows);
  const values = metrics.map((metric) => metric(whole));
  const replicates = values.map(() => new Float64Array(settings.resamples).fill(Number.NaN));
  const draws = random.fork('resamples');
  const resampler = groups ? groupResampler(groups, draws) : createResampler(rows, draws);
  forEachResample(settings.resamples, progress, (r) => {
    const weights = resampler.next();
    for (const [m, metric] of metrics.entries()) replicates[m]![r] = numberOf(metric(weights));
  });
  const left = settings.method === 'bca' ? jackknife(rows, metrics, random.fork('jackknife'), groups) : [];
  return values.map((value, m) => ({
    value,
    replicates: replicates[m]!,
    jackknife: left[m] ?? new Float64Array(0),
  }));
}

/**
 * Values with a part of the rows left out: each row in turn, or, of more than 2,000 rows, each of 200 random groups,
 * which estimate the same skewness (Efron and Tibshirani 1993, section 14.4) in 200 evaluations instead of one per row.
 */
function jackknife(
  rows: number,
  metrics: readonly WeightedMetric[],
  random: Random,
  together?: RowGroups,
): Float64Array[] {
  const units = together?.sizes.length ?? rows;
  const groups = units <= singleRows ? units : jackknifeGroups;
  const order = Uint32Array.from({ length: units }, (_, i) => i);
  if (groups < units) random.shuffle(order);
  const rowsOf = together && membersOf(together);
  const values = metrics.map(() => new Float64Array(groups));
  const { counts } = onceEach(rows);
  for (let g = 0; g < groups; g++) {
    const left = order.subarray(Math.floor((g * units) / groups), Math.floor(((g + 1) * units) / groups));
    const out = rowsOf ? [...left].flatMap((group) => rowsOf[group]!) : left;
    for (const row of out) counts[row] = 0;
    const weights: RowWeights = { counts, total: rows - out.length };
    for (const [m, metric] of metrics.entries()) values[m]![g] = numberOf(metric(weights));
    for (const row of out) counts[row] = 1;
  }
  return values;
}

/** The rows of each group. */
function membersOf({ codes, sizes }: RowGroups): number[][] {
  const members = Array.from(sizes, (): number[] => []);
  for (const [row, code] of codes.entries()) members[code]!.push(row);
  return members;
}

function numberOf(result: MetricValue): number {
  return 'value' in result ? result.value : Number.NaN;
}
