// Predictions of a stored model, without TensorFlow.
import { answersOf } from './answers.ts';
import type { EngineRunner, EngineTask } from './engine-runner.ts';
import { ensembleRunner } from './ensemble-runner.ts';
import { layersRunner } from './layers-runner.ts';
import type { DirectBundle } from './model-bundle.ts';
import type { DirectPredictor } from './predictions.ts';
import { treesRunner } from './trees-runner.ts';

export type { DirectEngineModel, EngineModel, ModelBundle } from './model-bundle.ts';
export type { DirectPredictor, PredictedColumns, Prediction, Predictor } from './predictions.ts';

/**
 * Makes a predictor of an engine of Ciclo's own: without TensorFlow, at once, in a page too.
 *
 * @throws IntegrityError when the files are not those of their engine, or of a model of another width than recipe and
 * schema have.
 */
export function createPredictor(model: DirectBundle): DirectPredictor {
  const { schema, threshold } = model;
  const { task, classes = [] } = schema;
  const runner = runnerOf(model, { task, outputs: task === 'multiclass' ? classes.length : 1 });
  const answers = answersOf(schema, threshold);
  return {
    workOfRow: runner.workOfRow,
    encode(table) {
      const { readsColumn, exchange, run } = runner.encode(table);
      return { readsColumn, exchange, predict: () => answers.ofTable(run(), table.rows) };
    },
    predictTable: (table) => answers.ofTable(runner.runTable(table), table.rows),
    predictRecord: (row) => answers.ofRecord(runner.runRecord(row)),
  };
}

function runnerOf(model: DirectBundle, task: EngineTask): EngineRunner {
  if ('parts' in model) return ensembleRunner(model, model.recipe, task);
  return 'trees' in model ? treesRunner(model, model.recipe, task) : layersRunner(model, model.recipe, task);
}
