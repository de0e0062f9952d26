// Predictions of a stored model, without TensorFlow.
import { answersOf } from './answers.ts';
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
  const { schema, recipe, threshold } = model;
  const { task, classes = [] } = schema;
  const outputs = task === 'multiclass' ? classes.length : 1;
  const runner =
    'trees' in model
      ? treesRunner(model, recipe, { task, outputs })
      : layersRunner(model, recipe, { task, outputs });
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
