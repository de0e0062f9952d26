import { modelFiles } from '../../shared/artifacts/model-folder.ts';
import { withMinCount } from '../../shared/dataset/profile-publication.ts';
import { formatJson } from '../../shared/platform/json.ts';
import { writeBundle } from '../../shared/release/bundle.ts';
import { modelHeadOf } from '../../shared/release/bundle-manifest.ts';
import { smokeExamples } from '../../shared/release/smoke.ts';
import type { JudgedModel } from './judged-model.ts';
import type { ReleasedVersion } from './production.ts';

/** Fewer rows than this no published count shows. */
const fewestRows = 5;

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(formatJson(value));

/** The bundle of a version: the judged model with a published profile, its evaluation, and examples to try it with. */
export function releaseBundle(
  { model, evaluation, evaluationManifest }: JudgedModel,
  {
    name,
    version,
    live,
  }: { readonly name: string; readonly version: string; readonly live: ReleasedVersion | undefined },
): Promise<Uint8Array> {
  const profile = withMinCount(model.profile, fewestRows);
  const { manifest } = model;
  const files = new Map([
    ...modelFiles({ ...model, profile }),
    ['evaluation.json', encode(evaluation)],
    ['smoke.json', encode(smokeExamples(model.schema, profile, model.predictor))],
  ] as [string, Uint8Array][]);
  return writeBundle(
    {
      name,
      version,
      digests: {
        model: manifest.digest,
        evaluation: evaluationManifest.digest,
        dataset: manifest.inputs.dataset!,
      },
      train: manifest.inputs.train!,
      data: manifest.inputs.data!,
      model: modelHeadOf(manifest),
      ...(live
        ? { champion: { version: live.bundle.manifest.version, model: live.bundle.manifest.digests.model } }
        : {}),
    },
    files,
  );
}
