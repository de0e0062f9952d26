import { releasedModelFiles } from '../../shared/artifacts/folders/model-folder.ts';
import type { Lock } from '../../shared/config/lock/lock.ts';
import { fewestPublishedRows } from '../../shared/config/sections/published-rows.ts';
import type { Profile } from '../../shared/dataset/profile/profile.ts';
import { withMinCount } from '../../shared/dataset/profile/profile-publication.ts';
import type { Table } from '../../shared/dataset/table/table.ts';
import {
  judgedPredictionColumn,
  profilePredictions,
} from '../../shared/drift/performance/prediction-column.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import { formatJson } from '../../shared/platform/json.ts';
import { writeBundle } from '../../shared/release/bundle/bundle.ts';
import { type BundleManifest, modelHeadOf } from '../../shared/release/bundle/bundle-manifest.ts';
import { smokeExamples } from '../../shared/release/bundle/smoke.ts';
import type { JudgedModel } from './judged-model.ts';
import type { ReleasedVersion } from './production.ts';

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(formatJson(value));

/** The profile of a model as its release has it: without rare values. */
export function publishedProfile(profile: Profile): Profile {
  return withMinCount(profile, fewestPublishedRows);
}

/** The bundle of a version: the judged model with a published profile, its evaluation, and examples to try it with. */
export async function releaseBundle(
  { model, evaluation, evaluationManifest, card, predictions }: JudgedModel,
  {
    name,
    version,
    description,
    live,
    lock,
    mayReadRows,
  }: {
    readonly name: string;
    readonly version: string;
    readonly description?: string | undefined;
    readonly live: ReleasedVersion | undefined;
    readonly lock: Lock | undefined;
    /** All who may read the bundle may read the data: see {@link whyRowsWithheld}. */
    readonly mayReadRows: boolean;
  },
): Promise<Uint8Array> {
  const profile = publishedProfile(model.profile);
  const { manifest } = model;
  const smoke = await smokeExamples(model.schema, { recipe: model.recipe, profile }, model.predictor);
  const files = new Map([
    ...releasedModelFiles({ ...model, profile, card }, { mayReadRows }),
    ['evaluation.json', encode(evaluation)],
    ['prediction-profile.json', encode(predictionProfile(predictions, evaluation))],
    ['smoke.json', encode(smoke)],
  ] as [string, Uint8Array][]);
  return writeBundle(
    {
      name,
      version,
      ...(description === undefined ? {} : { description }),
      digests: {
        model: manifest.digest,
        evaluation: evaluationManifest.digest,
        dataset: manifest.inputs.dataset!,
      },
      train: manifest.inputs.train!,
      data: manifest.inputs.data!,
      ...windowOf(lock, manifest.inputs.data!),
      model: modelHeadOf(manifest),
      ...(live
        ? { champion: { version: live.bundle.manifest.version, model: live.bundle.manifest.digests.model } }
        : {}),
    },
    files,
  );
}

/** The window of the lock, if it is the one that the model was made with. */
function windowOf(lock: Lock | undefined, data: string): Pick<BundleManifest, 'window'> {
  if (!lock?.data.window || lock.data.digest !== data) return {};
  const { column, until } = lock.data.window;
  return { window: { column, until } };
}

/** What the model says of rows that it has not seen: the monitor compares its predictions with these. */
function predictionProfile(predictions: Table, evaluation: Evaluation): Profile {
  const column = judgedPredictionColumn(predictions, evaluation);
  return withMinCount(profilePredictions(column), fewestPublishedRows);
}
