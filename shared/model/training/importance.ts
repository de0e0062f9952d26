import { mean, sampleStandardDeviation } from '../../algebra/descriptive-statistics.ts';
import { type DatasetSchema, featureColumns } from '../../dataset/schema/schema.ts';
import { columnOf, type Table, takeColumn, takeRows } from '../../dataset/table/table.ts';
import { badnessOf } from '../../metrics/descriptors/direction.ts';
import type { Metric } from '../../metrics/metric/metric.ts';
import type { Random } from '../../platform/random.ts';
import type { Predictor } from '../predictor/predictor.ts';
import type { TrainingReport } from '../report/training-report.ts';
import { joinPredictions } from './metric-score.ts';
import { targetsOf } from './targets.ts';

/** What permutation importance needs. */
export interface ImportanceInput {
  readonly predictor: Predictor;
  readonly table: Table;
  readonly schema: DatasetSchema;
  readonly metric: Metric;
  readonly repeats: number;
  /** Rows used at most; drawn by `random` when the table has more. */
  readonly rows: number;
  readonly random: Random;
}

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019): how much worse the metric becomes when
 * one raw column's values are shuffled between rows. All inputs made of the column, one-hot groups and derived
 * columns included, change with it.
 *
 * @returns by feature, the most important first: mean and sample standard deviation over the repeats, in the
 *   metric's units. Empty when the metric is undefined on these rows.
 */
export async function permutationImportance(input: ImportanceInput): Promise<TrainingReport['importance']> {
  const { schema, metric, repeats, random } = input;
  const table = sample(input.table, input.rows, random.fork('rows'));
  const targets = targetsOf(table, schema);
  const score = async (candidate: Table): Promise<number> => {
    const result = metric.compute(joinPredictions(await input.predictor.predictTable(candidate), targets));
    return 'value' in result ? badnessOf(metric.better, result.value) : Number.NaN;
  };
  const base = await score(table);
  if (Number.isNaN(base)) return [];
  const order = Uint32Array.from({ length: table.rows }, (_, i) => i);

  const result: TrainingReport['importance'][number][] = [];
  for (const { name } of featureColumns(schema)) {
    const draws = random.fork(`permute ${name}`);
    const column = columnOf(table, name);
    const losses: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat++) {
      const permuted = takeColumn(column, draws.shuffle(order.slice()));
      const columns = new Map(table.columns).set(name, permuted);
      losses.push((await score({ rows: table.rows, columns })) - base);
    }
    result.push({ feature: name, ...spreadOf(losses.filter((loss) => !Number.isNaN(loss))) });
  }
  return result.sort((a, b) => b.mean - a.mean);
}

function sample(table: Table, rows: number, random: Random): Table {
  if (table.rows <= rows) return table;
  const order = random.shuffle(Uint32Array.from({ length: table.rows }, (_, i) => i));
  return takeRows(table, order.slice(0, rows).sort());
}

function spreadOf(values: readonly number[]): { mean: number; deviation: number } {
  if (values.length === 0) return { mean: 0, deviation: 0 };
  return { mean: mean(values), deviation: values.length > 1 ? sampleStandardDeviation(values) : 0 };
}
