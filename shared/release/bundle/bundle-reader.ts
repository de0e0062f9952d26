import { type ModelReader, modelReader } from '../../artifacts/folders/model-reader.ts';
import { jsonOf } from '../../artifacts/folders/result-files.ts';
import { type Profile, profileSchema } from '../../dataset/profile/profile.ts';
import { type Evaluation, evaluationSchema } from '../../metrics/evaluation/evaluation.ts';
import { type Bundle, resultOf } from './bundle.ts';
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
export function bundleReader(bundle: Bundle): BundleReader {
  const result = resultOf(bundle);
  const { files } = result;
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
