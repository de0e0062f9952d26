// Predictions of a stored model, without TensorFlow.
import type { Recipe } from '../../dataset/recipe/recipe.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Column, Row, Table } from '../../dataset/table/table.ts';
import type { Eventual } from '../../platform/eventual.ts';
import { type LayersModel, layersRunner } from './layers-runner.ts';
import { type TreesModel, treesRunner } from './trees-runner.ts';

/** Predictions by row, in the target's own units or as indices into `classes`. */
export type PredictedColumns =
  | { readonly task: 'regression'; readonly predicted: Float64Array }
  | {
      readonly task: 'binary' | 'multiclass';
      readonly classes: readonly string[];
      readonly positive?: string | undefined;
      readonly predicted: Int32Array;
      /** Row-major rows × classes. */
      readonly probabilities: Float64Array;
    };

/** The prediction for one record. */
export type Prediction =
  | { readonly value: number }
  | { readonly label: string; readonly probabilities: Record<string, number> };

/**
 * A model ready to predict: recipe and engine together. Who predicts awaits the answer; only an engine outside Ciclo gives
 * a promise.
 */
export interface Predictor {
  predictTable(table: Table): Eventual<PredictedColumns>;
  predictRecord(row: Row): Eventual<Prediction>;
  /** Multiplications, or what takes as long, of one row of a table: a figure of the model alone, where it is known. */
  readonly workOfRow?: number;
  /** Of an engine that need not read a whole table again where one column has other values. */
  encode?(table: Table): EncodedPredictor;
}

/** A table that is predicted again and again, each time with other values of one column. */
export interface EncodedPredictor {
  /** Whether the predictions depend on a column, as far as the engine can tell. */
  readsColumn(name: string): boolean;
  /** Gives a column other values; a column that had others before has its own again. */
  exchange(name: string, column: Column): void;
  predict(): Eventual<PredictedColumns>;
}

/** The predictor of an engine of Ciclo's own, which answers at once: in a page, and without a promise per record. */
export interface DirectPredictor extends Predictor {
  predictTable(table: Table): PredictedColumns;
  predictRecord(row: Row): Prediction;
  readonly workOfRow: number;
  encode(table: Table): EncodedPredictor;
}

/** An engine's own files, parsed as far as JSON. */
export type EngineModel = LayersModel | TreesModel;

/** What a predictor is made of. */
export type ModelBundle = EngineModel & {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  /** Binary tasks: above which probability the second class is the answer; default 0.5. */
  readonly threshold?: number;
};

/**
 * Makes a predictor, without TensorFlow.
 *
 * @throws IntegrityError when the files are not those of their engine, or of a model of another width than recipe and
 * schema have.
 */
export function createPredictor(model: ModelBundle): DirectPredictor {
  const { schema, recipe, threshold = 0.5 } = model;
  const classes = schema.classes ?? [];
  const positive = schema.positive === undefined ? {} : { positive: schema.positive };
  const outputs = schema.task === 'multiclass' ? classes.length : 1;
  const runner =
    'trees' in model
      ? treesRunner(model, recipe, { task: schema.task, outputs })
      : layersRunner(model, recipe, { task: schema.task, outputs });

  const columnsOf = (values: Float32Array | Float64Array, rows: number): PredictedColumns =>
    schema.task === 'regression'
      ? { task: 'regression', predicted: Float64Array.from(values) }
      : { ...classified(values, rows, { task: schema.task, classes, threshold }), ...positive };

  return {
    workOfRow: runner.workOfRow,
    predictTable: (table) => columnsOf(runner.runTable(table), table.rows),
    encode(table) {
      const { readsColumn, exchange, run } = runner.encode(table);
      return { readsColumn, exchange, predict: () => columnsOf(run(), table.rows) };
    },
    predictRecord(row) {
      const output = runner.runRecord(row);
      if (schema.task === 'regression') return { value: output[0]! };
      const { predicted, probabilities } = classified(output, 1, { task: schema.task, classes, threshold });
      const entries = classes.map((label, k) => [label, probabilities[k]!]);
      return { label: classes[predicted[0]!]!, probabilities: Object.fromEntries(entries) };
    },
  };
}

/**
 * The most probable class by row (the first of equals) and every class's probability. Of a binary task the engine gives
 * that of the second class, whichever is the positive one, and the threshold decides.
 */
function classified(
  values: Float32Array | Float64Array,
  rows: number,
  {
    task,
    classes,
    threshold,
  }: {
    readonly task: 'binary' | 'multiclass';
    readonly classes: readonly string[];
    readonly threshold: number;
  },
) {
  const width = classes.length;
  const predicted = new Int32Array(rows);
  const probabilities = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const start = row * width;
    if (task === 'binary') {
      const second = values[row]!;
      probabilities[start] = 1 - second;
      probabilities[start + 1] = second;
      predicted[row] = second > threshold ? 1 : 0;
      continue;
    }
    let best = 0;
    for (let k = 0; k < width; k++) {
      probabilities[start + k] = values[start + k]!;
      if (values[start + k]! > values[start + best]!) best = k;
    }
    predicted[row] = best;
  }
  return { task, classes, predicted, probabilities };
}
