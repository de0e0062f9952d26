// Predictions of a stored model, without TensorFlow.
import type { Recipe } from '../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Row, Table } from '../../dataset/table/table.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { parseNetwork } from './network.ts';

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

/** A model ready to predict: recipe and network together. */
export interface Predictor {
  predictTable(table: Table): PredictedColumns;
  predictRecord(row: Row): Prediction;
}

/** What a predictor is made of. */
export interface ModelBundle {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly modelJson: unknown;
  readonly weights: Uint8Array;
  /** Binary tasks: above which probability the second class is the answer; default 0.5. */
  readonly threshold?: number;
}

/** Rows whose inputs are in memory at once. */
const blockRows = 8192;

/**
 * Makes a predictor, without TensorFlow.
 *
 * @throws IntegrityError when the files are not a network, or one of another width than recipe and schema have.
 */
export function createPredictor({
  schema,
  recipe,
  modelJson,
  weights,
  threshold = 0.5,
}: ModelBundle): Predictor {
  const runner = compileRecipe(recipe);
  const network = parseNetwork(modelJson, weights);
  const classes = schema.classes ?? [];
  const positive = schema.positive === undefined ? {} : { positive: schema.positive };
  const outputs = schema.task === 'multiclass' ? classes.length : 1;
  if (network.inputs !== runner.width || network.outputs !== outputs) {
    throw new IntegrityError(
      `model.json: the network takes ${network.inputs} inputs and gives ${network.outputs}; ` +
        `the recipe makes ${runner.width} and the task ${schema.task} needs ${outputs}`,
    );
  }
  const input = new Float32Array(runner.width);
  const output = new Float32Array(outputs);

  return {
    predictTable(table) {
      const values = new Float32Array(table.rows * outputs);
      for (let from = 0; from < table.rows; from += blockRows) {
        const to = Math.min(table.rows, from + blockRows);
        const inputs = runner.applyTable(table, { from, to });
        network.predictInto(inputs, to - from, values.subarray(from * outputs, to * outputs));
      }
      return schema.task === 'regression'
        ? { task: 'regression', predicted: Float64Array.from(values) }
        : { ...classified(values, table.rows, { task: schema.task, classes, threshold }), ...positive };
    },
    predictRecord(row) {
      runner.applyRecord(row, input);
      network.predictInto(input, 1, output);
      if (schema.task === 'regression') return { value: output[0]! };
      const { predicted, probabilities } = classified(output, 1, { task: schema.task, classes, threshold });
      const entries = classes.map((label, k) => [label, probabilities[k]!]);
      return { label: classes[predicted[0]!]!, probabilities: Object.fromEntries(entries) };
    },
  };
}

/**
 * The most probable class by row (the first of equals) and every class's probability. Of a binary task the network gives
 * that of the second class, whichever is the positive one, and the threshold decides.
 */
function classified(
  values: Float32Array,
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
