import path from 'node:path';
import type { Manifest } from '../../shared/artifacts/folders/manifest.ts';
import { type Model, readModelFolder } from '../../shared/artifacts/folders/model-folder.ts';
import { bytesOf, jsonOf, textOf } from '../../shared/artifacts/folders/result-files.ts';
import { readFolder } from '../../shared/artifacts/folders/run-folder.ts';
import { tableFromArrow } from '../../shared/dataset/arrow/arrow.ts';
import type { Table } from '../../shared/dataset/table/table.ts';
import { type Evaluation, evaluationSchema } from '../../shared/metrics/evaluation/evaluation.ts';
import { meaningOf } from '../../shared/metrics/evaluation/verdict.ts';
import type { RuntimePlaces } from '../../shared/model/onnx/runtime-places.ts';
import { digestOf } from '../../shared/platform/digest.ts';
import { ConfigurationError, IntegrityError } from '../../shared/platform/errors.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';

/** A model with the evaluation that lets it be deployed. */
export interface JudgedModel {
  readonly model: Model;
  readonly evaluation: Evaluation;
  readonly evaluationManifest: Manifest;
  /** The model card with what validation found, Markdown. */
  readonly card: string;
  /** The model's predictions for the test rows: predictions.arrow. */
  readonly predictions: Table;
}

/**
 * Reads the run directory's model and evaluation, every byte checked, and refuses what validation did not let pass.
 *
 * @param wanted the evaluation's digest, where it is known from elsewhere. @param places of the runtime of ONNX models.
 * @throws ConfigurationError for a verdict that is not deployable, an evaluation of another model or under other rules,
 *   IntegrityError for bytes that are not what their manifests say.
 */
export async function readJudged(
  { loaded, name }: Pipeline,
  runDirectory: string,
  { wanted, places }: { readonly wanted?: string | undefined; readonly places: RuntimePlaces },
): Promise<JudgedModel> {
  const model = await readModelFolder(path.join(runDirectory, 'model'), places);
  if ('predictions' in model) {
    throw new ConfigurationError(
      `nothing is deployed, since the model in ${model.folder} is predictions alone: there is nothing that could predict other rows. Let the command write model.onnx beside its predictions, or deploy another candidate`,
    );
  }
  const folder = path.join(runDirectory, 'evaluation');
  const read = await readFolder(folder, 'evaluation', ['card.md', 'evaluation.json', 'predictions.arrow']);
  const evaluation = jsonOf(read, 'evaluation.json', evaluationSchema);
  const { manifest } = read;
  const again = 'run ciclo validate again';
  if (wanted !== undefined && manifest.digest !== wanted) {
    throw new IntegrityError(
      `the evaluation in ${folder} is ${manifest.digest}, not ${wanted}, which the job that judged gave out: nothing is deployed`,
    );
  }
  if (evaluation.model !== model.manifest.digest || manifest.inputs.model !== model.manifest.digest) {
    throw new ConfigurationError(
      `the evaluation in ${folder} judged another model (${evaluation.model ?? 'none'}) than the one in ${model.folder} (${model.manifest.digest}): ${again}`,
    );
  }
  if (manifest.pipeline !== name || model.manifest.pipeline !== name) {
    throw new ConfigurationError(
      `${folder} is of the pipeline ${manifest.pipeline}, not of ${name}: ${again}`,
    );
  }
  if (manifest.inputs.validate !== digestOf(loaded.config.validate)) {
    throw new ConfigurationError(
      `the evaluation in ${folder} went by other rules than the section validate of ${loaded.file} says now: ${again}`,
    );
  }
  if (!meaningOf(evaluation.verdict).deployable) {
    throw new ConfigurationError(
      `nothing is deployed, since the verdict is ${evaluation.verdict}: ${evaluation.headline}`,
    );
  }
  const predictions = tableFromArrow(bytesOf(read, 'predictions.arrow'), `${folder}/predictions.arrow`).table;
  return { model, evaluation, evaluationManifest: manifest, card: textOf(read, 'card.md'), predictions };
}
