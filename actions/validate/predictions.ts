import type { Model } from '../../shared/artifacts/folders/model-folder.ts';
import { tableToArrow } from '../../shared/dataset/arrow/arrow.ts';
import { positiveClass } from '../../shared/dataset/schema/positive-class.ts';
import type { DatasetSchema } from '../../shared/dataset/schema/schema.ts';
import type { SplitTable } from '../../shared/dataset/split/split-table.ts';
import { type Column, type Table, tableOf } from '../../shared/dataset/table/table.ts';
import type { Predictions } from '../../shared/metrics/rows/predictions.ts';
import { decidedColumns } from '../../shared/model/predictor/decided.ts';
import { requireFinite } from '../../shared/model/predictor/finite-answers.ts';
import type { PredictedColumns, Predictor } from '../../shared/model/predictor/predictor.ts';
import { parseStoredPredictions } from '../../shared/model/predictor/stored-predictions.ts';
import { engineThreshold } from '../../shared/model/training/choice/decision.ts';
import { targetsOf } from '../../shared/model/training/data/targets.ts';

/**
 * A model's predictions of a table's rows, beside what really was.
 *
 * @throws TypeError when the target's column is not of the kind that the schema says.
 */
export async function predictionsOf(
  predictor: Predictor,
  table: Table,
  schema: DatasetSchema,
): Promise<Predictions> {
  return withActual(await predictor.predictTable(table), table, schema);
}

/**
 * A model's predictions of rows of its own dataset, beside what really was: of a model that is predictions alone, those that
 * it has for these rows.
 */
export async function judgedPredictions(
  model: Model,
  { table, ids }: SplitTable,
  schema: DatasetSchema,
): Promise<Predictions> {
  const predicted =
    'predictions' in model
      ? decided(parseStoredPredictions(model, model.schema).of(ids), model)
      : await model.predictor.predictTable(table);
  return withActual(predicted, table, schema);
}

/** The labels that were stored, unless ciclo.yml declared how two classes are decided between. */
function decided(predicted: PredictedColumns, { training, schema }: Model): PredictedColumns {
  const { decision } = training;
  return decision ? decidedColumns(predicted, schema, engineThreshold(decision, schema)) : predicted;
}

function withActual(predicted: PredictedColumns, table: Table, schema: DatasetSchema): Predictions {
  requireFinite(predicted, 'the model');
  const targets = targetsOf(table, schema);
  if (predicted.task === 'regression') {
    if (targets.kind !== 'numbers')
      throw new TypeError(`the target ${schema.target} of a regression is not a number`);
    return { task: 'regression', actual: targets.values, predicted: predicted.predicted };
  }
  if (targets.kind !== 'classes')
    throw new TypeError(`the target ${schema.target} of a classifier has no classes`);
  // Of an older model too, what counts is the class that is positive today.
  return { ...predicted, positive: positiveClass(schema), actual: targets.codes };
}

/**
 * predictions.arrow: the test rows' ids, what was, what the model said and, where there is one, what the champion said
 * of the rows that it was compared on. Rows beside the test rows are left out.
 */
export function predictionsFile(
  predictions: Predictions,
  ids: BigUint64Array,
  champion?: { readonly predictions?: Predictions; readonly rows?: Uint32Array },
): Uint8Array {
  const columns = new Map<string, Column>();
  addColumns(columns, '', predictions);
  columns.set('actual', actualColumn(predictions));
  if (champion?.predictions) {
    const { rows } = champion;
    addColumns(columns, 'champion_', champion.predictions, rows && { rows, length: ids.length });
  }
  return tableToArrow(tableOf(columns), ids);
}

/** Predictions of some of the rows, spread over all of them: the others are missing. */
interface Placement {
  /** The rows of the first predictions; those beyond have no row. */
  readonly rows: Uint32Array;
  readonly length: number;
}

function addColumns(
  columns: Map<string, Column>,
  prefix: string,
  p: Predictions,
  placement?: Placement,
): void {
  if (p.task === 'regression') {
    columns.set(`${prefix}predicted`, { type: 'number', values: spread(p.predicted, placement) });
    return;
  }
  const codes = placement ? new Int32Array(placement.length).fill(-1) : p.predicted;
  if (placement) for (const [i, row] of placement.rows.entries()) codes[row] = p.predicted[i]!;
  columns.set(`${prefix}predicted`, { type: 'category', codes, dictionary: p.classes });
  if (!p.probabilities) return;
  const width = p.classes.length;
  for (const [k, label] of p.classes.entries()) {
    const values = new Float64Array(p.actual.length);
    for (let row = 0; row < values.length; row++) values[row] = p.probabilities[row * width + k]!;
    columns.set(`${prefix}p_${label}`, { type: 'number', values: spread(values, placement) });
  }
}

function actualColumn(p: Predictions): Column {
  return p.task === 'regression'
    ? { type: 'number', values: p.actual }
    : { type: 'category', codes: p.actual, dictionary: p.classes };
}

function spread(values: Float64Array, placement: Placement | undefined): Float64Array {
  if (!placement) return values;
  const all = new Float64Array(placement.length).fill(Number.NaN);
  for (const [i, row] of placement.rows.entries()) all[row] = values[i]!;
  return all;
}
