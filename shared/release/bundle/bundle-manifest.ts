import { z } from 'zod';
import { type Manifest, manifestSchema } from '../../artifacts/folders/manifest.ts';
import { pipelineName } from '../../config/sections/pipeline-name.ts';
import { digestPattern } from '../../platform/digest-pattern.ts';
import { parseVersion } from '../registry/version.ts';

const digest = z.string().regex(digestPattern);
const version = z.string().refine((text) => parseVersion(text) !== undefined, 'not a version such as v1.2.0');

/** The formats of bundles that this Ciclo reads; it writes the last one. */
export const bundleFormats = [1, 2] as const;

/** The manifest of a model's folder without its files, which a bundle lists itself. */
const modelHead = manifestSchema.omit({ files: true, digest: true, format: true, kind: true });

/** manifest.json of a bundle. What becomes part of a path, a tag or an address is checked to be no more than a name. */
export const bundleManifestSchema = z
  .strictObject({
    /** 2: the bundle has an engine.json, which names the files of the engine. 1: its engine is `layers`. */
    format: z.literal(bundleFormats),
    kind: z.literal('bundle'),
    /** The pipeline's name. */
    name: pipelineName,
    /** `v1.2.0` */
    version,
    /** Of ciclo.yml: what the model is for. */
    description: z.string().optional(),
    /** What validation judged, as its manifests say it. */
    digests: z.strictObject({ model: digest, evaluation: digest, dataset: digest }),
    /** Of the training configuration: with schema and recipe it decides the next version. */
    train: digest,
    model: modelHead,
    /** The version that it was judged against; absent for a first one. */
    champion: z.strictObject({ version, model: digest }).optional(),
    /** Digest of what ciclo.lock pins. */
    data: digest,
    /** Of ciclo.lock: how far the rows go, in event time; absent without data.time. What is newer, the monitor looks at. */
    window: z
      .strictObject({ column: z.string().min(1), until: z.string().regex(/^[0-9TZ:.+-]{1,40}$/) })
      .optional(),
    files: z.record(
      z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
      z.strictObject({ digest, bytes: z.int().min(0) }),
    ),
  })
  .refine(({ name, model }) => name === model.pipeline, {
    path: ['model', 'pipeline'],
    message: 'the model is of another pipeline than the bundle',
  });

export type BundleManifest = z.output<typeof bundleManifestSchema>;

/** The head of a model's manifest, as a bundle keeps it. */
export function modelHeadOf({
  files: _files,
  digest: _digest,
  format: _format,
  kind: _kind,
  ...head
}: Manifest) {
  return head;
}
