// The predictor of any model: of Ciclo's own engines, and of those from outside, which have to be started.
import { startOnnx } from '../onnx/onnx-runner.ts';
import type { RuntimePlaces } from '../onnx/runtime-places.ts';
import { answersOf } from './answers.ts';
import { isDirect, type ModelBundle } from './model-bundle.ts';
import type { Predictor } from './predictions.ts';
import { createPredictor } from './predictor.ts';
import { noPredictor, parseStoredPredictions } from './stored-predictions.ts';

/**
 * Makes a model ready to predict.
 *
 * @param places where the runtime of ONNX models is; others need none.
 * @throws IntegrityError when the files are not those of their engine, or do not fit schema and recipe; ConfigurationError
 *   when an ONNX model has no runtime.
 */
export async function startPredictor(model: ModelBundle, places: RuntimePlaces): Promise<Predictor> {
  if (isDirect(model)) return createPredictor(model);
  if ('predictions' in model) {
    parseStoredPredictions(model, model.schema);
    return noPredictor;
  }
  const runner = await startOnnx(model, model, places);
  const answers = answersOf(model.schema, model.threshold);
  return {
    predictTable: async (table) => answers.ofTable(await runner.runTable(table), table.rows),
    predictRecord: async (row) => answers.ofRecord(await runner.runRecord(row)),
  };
}
