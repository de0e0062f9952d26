import { type ModelReader, modelReader } from '../../artifacts/folders/model-reader.ts';
import { jsonOf, type ResultFiles } from '../../artifacts/folders/result-files.ts';
import { type Profile, profileSchema } from '../../dataset/profile/profile.ts';
import { type Evaluation, evaluationSchema } from '../../metrics/evaluation/evaluation.ts';
import { type Bundle, bundleName } from './bundle.ts';
import { type Smoke, smokeSchema } from './smoke.ts';

/** The files of a bundle, each parsed and checked when it is asked for: those of its model, and what belongs to a version. */
export interface BundleReader extends ModelReader {
  evaluation(): Evaluation;
  /** Of its predictions for the test rows; undefined in bundles of former formats. */
  predictionProfile(): Profile | undefined;
  /** Records, and what the model says of them. */
  smoke(): Smoke;
}

/**
 * Reads what is in a bundle. Its digests were checked when it was opened, so that a file that does not fit was made so.
 *
 * @example bundleReader(await readBundle(bytes, 'fuel-v1.2.0.zip')).evaluation().verdict
 */
export function bundleReader({ manifest, files }: Bundle): BundleReader {
  const { name, version, model } = manifest;
  const { ciclo } = model.versions;
  const result: ResultFiles = {
    place: bundleName(name, version),
    remedy: `the bundle was made by ${ciclo === undefined ? 'another Ciclo' : `Ciclo ${ciclo}`}: read it with that, or deploy the model again`,
    files,
  };
  return {
    ...modelReader(result),
    evaluation: () => jsonOf(result, 'evaluation.json', evaluationSchema),
    predictionProfile: () =>
      files.has('prediction-profile.json')
        ? jsonOf(result, 'prediction-profile.json', profileSchema)
        : undefined,
    smoke: () => jsonOf(result, 'smoke.json', smokeSchema),
  };
}
