import type { Recipe } from '../../dataset/recipe/recipe.ts';
import { compileRecipe } from '../../dataset/recipe/recipe-runner.ts';
import { IntegrityError } from '../../platform/errors.ts';
import type { EngineRunner, EngineTask } from './engine-runner.ts';
import { parseNetwork } from './network.ts';

/** A network's files, in TensorFlow.js's layers format. */
export interface LayersModel {
  readonly modelJson: unknown;
  readonly weights: Uint8Array;
}

/** Rows whose inputs are in memory at once: they stay in the processor's cache until the network reads them. */
const blockRows = 512;

/** @throws IntegrityError when the files are not a network, or one of another width than the recipe and the task have. */
export function layersRunner(
  { modelJson, weights }: LayersModel,
  recipe: Recipe,
  { task, outputs }: EngineTask,
): EngineRunner {
  const runner = compileRecipe(recipe);
  const network = parseNetwork(modelJson, weights);
  if (network.inputs !== runner.width || network.outputs !== outputs) {
    throw new IntegrityError(
      `model.json: the network takes ${network.inputs} inputs and gives ${network.outputs}; ` +
        `the recipe makes ${runner.width} and the task ${task} needs ${outputs}`,
    );
  }
  const input = new Float32Array(runner.width);
  const output = new Float32Array(outputs);

  return {
    workOfRow: network.weights,
    encode(table) {
      const { inputs, exchange } = runner.encode(table);
      return {
        readsColumn: () => true,
        exchange,
        run: () => network.predict(inputs, table.rows),
      };
    },
    runTable(table) {
      const values = new Float32Array(table.rows * outputs);
      const encode = runner.bindTable(table);
      const inputs = new Float32Array(Math.min(blockRows, table.rows) * runner.width);
      for (let from = 0; from < table.rows; from += blockRows) {
        const to = Math.min(table.rows, from + blockRows);
        encode(from, to, inputs);
        network.predictInto(inputs, to - from, values.subarray(from * outputs, to * outputs));
      }
      return values;
    },
    runRecord(row) {
      runner.applyRecord(row, input);
      network.predictInto(input, 1, output);
      return output;
    },
  };
}
