import { setImmediate } from 'node:timers/promises';
import { mean, sampleStandardDeviation } from '../../../algebra/descriptive-statistics.ts';
import { type DatasetSchema, featureColumns } from '../../../dataset/schema/schema.ts';
import { columnOf, type Table, takeColumn, takeRows } from '../../../dataset/table/table.ts';
import { badnessOf } from '../../../metrics/descriptors/direction.ts';
import type { Metric } from '../../../metrics/metric/metric.ts';
import { type Logger, silentLogger } from '../../../platform/logger.ts';
import type { Random } from '../../../platform/random.ts';
import { counted } from '../../../text/counts.ts';
import type { EncodedPredictor, PredictedColumns, Predictor } from '../../predictor/predictions.ts';
import type { TrainingReport } from '../../report/training-report.ts';
import { importanceBudget, planImportance, type Work, workOfImportance } from '../candidates/work.ts';
import { joinPredictions } from '../data/metric-score.ts';
import { targetsOf } from '../data/targets.ts';

/** What permutation importance needs. */
export interface ImportanceInput {
  readonly predictor: Predictor;
  /** Inputs that the predictor turns a row into. */
  readonly inputs: number;
  readonly table: Table;
  readonly schema: DatasetSchema;
  readonly metric: Metric;
  readonly repeats: number;
  /** Rows used at most; drawn by `random` when the table has more. */
  readonly rows: number;
  /** What it may take. */
  readonly work?: Work | undefined;
  readonly random: Random;
  readonly logger: Logger;
}

/** What was measured, and whether it was less than asked for. */
export interface Importance {
  /** The most important first; empty when the metric is undefined on these rows, or the budget is too small. */
  readonly features: TrainingReport['importance'];
  readonly warning?: string;
}

/** Less is done before anybody would want to know how far it is. */
const shownWork: Work = 2e8;

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019): how much worse the metric becomes when
 * one raw column's values are shuffled between rows. All inputs made of the column, one-hot groups and derived
 * columns included, change with it; the others are made once.
 *
 * @returns by feature: mean and sample standard deviation over the repeats, in the metric's units.
 */
export async function permutationImportance(input: ImportanceInput): Promise<Importance> {
  const { losses, ...rest } = await permutationLosses(input);
  return { features: featuresByImportance(losses), ...rest };
}

/** How much worse the metric became by feature, one number a repeat. */
type FeatureLosses = ReadonlyMap<string, readonly number[]>;

/** Features, the most important first. @param losses by feature, of all repeats. */
export function featuresByImportance(losses: FeatureLosses): Importance['features'] {
  const features = [...losses].map(([feature, values]) => ({ feature, ...spreadOf(values) }));
  return features.sort((a, b) => b.mean - a.mean);
}

/**
 * What {@link permutationImportance} is computed from.
 *
 * @returns no feature when the metric is undefined on these rows, or the budget is too small; of one that the model does not
 *   read a loss of 0.
 */
export async function permutationLosses(
  input: ImportanceInput,
): Promise<{ readonly losses: FeatureLosses; readonly warning?: string }> {
  const { schema, metric, random, predictor } = input;
  const names = featureColumns(schema).map(({ name }) => name);
  const { plan, warning } = planOf(input, names.length);
  if (!plan) return { losses: new Map(), ...warning };
  const table = sample(input.table, plan.rows, random.fork('rows'));
  const targets = targetsOf(table, schema);
  const score = (predicted: PredictedColumns): number => {
    const result = metric.compute(joinPredictions(predicted, targets));
    return 'value' in result ? badnessOf(metric.better, result.value) : Number.NaN;
  };
  const base = score(await predictor.predictTable(table));
  if (Number.isNaN(base)) return { losses: new Map() };
  const order = Uint32Array.from({ length: table.rows }, (_, i) => i);
  const encoded = predictor.encode?.(table) ?? wholeTables(predictor, table);
  const { workOfRow } = predictor;
  const total = names.length * plan.repeats;
  const pass = workOfImportance({ rows: plan.rows, columns: 1, repeats: 1, workOfRow });
  const show = total * pass < shownWork ? silentLogger : input.logger;
  const pause = Math.max(1, Math.round(shownWork / pass));

  const found = new Map<string, number[]>();
  for (const [place, name] of names.entries()) {
    if (!encoded.readsColumn(name)) {
      // One for each repeat: beside other folds a feature weighs the same in each.
      found.set(name, Array<number>(plan.repeats).fill(0));
      continue;
    }
    const draws = random.fork(`permute ${name}`);
    const column = columnOf(table, name);
    const losses: number[] = [];
    for (let repeat = 0; repeat < plan.repeats; repeat++) {
      const done = place * plan.repeats + repeat;
      show.progress({ task: 'importance', done, total, detail: name });
      encoded.exchange(name, takeColumn(column, draws.shuffle(order.slice())));
      losses.push(score(await encoded.predict()) - base);
      // What is shown is drawn by the rest of the process.
      if (done % pause === pause - 1) await setImmediate();
    }
    found.set(
      name,
      losses.filter((loss) => !Number.isNaN(loss)),
    );
  }
  show.progress({ task: 'importance', done: total, total });
  return { losses: found, ...warning };
}

/** What is measured within the budget, and what is said where that is less than was asked for. */
function planOf(
  { predictor, inputs, table, repeats, work = importanceBudget, ...most }: ImportanceInput,
  columns: number,
) {
  const rows = Math.min(most.rows, table.rows);
  const task = { columns, repeats, rows, inputs, workOfRow: predictor.workOfRow };
  const plan = planImportance(task, work);
  if (plan?.repeats === repeats && plan.rows === rows) return { plan };
  const measured = plan
    ? `is measured with ${counted(plan.repeats, 'repeat')} of ${counted(plan.rows, 'row')} instead of ${repeats} of ${rows}`
    : 'is not measured';
  return {
    plan,
    warning: {
      warning:
        `the importance of ${counted(columns, 'column')} ${measured}: ` +
        'the whole of it is beyond train.importance.work',
    },
  };
}

/** For an engine that reads tables as a whole alone. */
function wholeTables(predictor: Predictor, table: Table): EncodedPredictor {
  const { rows } = table;
  let current = table;
  return {
    readsColumn: () => true,
    exchange(name, column) {
      current = { rows, columns: new Map(table.columns).set(name, column) };
    },
    predict: () => predictor.predictTable(current),
  };
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
