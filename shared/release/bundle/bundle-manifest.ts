import { z } from 'zod';
import { type Manifest, manifestSchema } from '../../artifacts/folders/manifest.ts';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** The manifest of a model's folder without its files, which a bundle lists itself. */
const modelHead = manifestSchema.omit({ files: true, digest: true, format: true, kind: true });

/** manifest.json of a bundle. */
export const bundleManifestSchema = z.strictObject({
  format: z.literal(1),
  kind: z.literal('bundle'),
  /** The pipeline's name. */
  name: z.string(),
  /** `v1.2.0` */
  version: z.string(),
  /** Of ciclo.yml: what the model is for. */
  description: z.string().optional(),
  /** What validation judged, as its manifests say it. */
  digests: z.strictObject({ model: digest, evaluation: digest, dataset: digest }),
  /** Of the training configuration: with schema and recipe it decides the next version. */
  train: z.string(),
  model: modelHead,
  /** The version that it was judged against; absent for a first one. */
  champion: z.strictObject({ version: z.string(), model: digest }).optional(),
  /** Digest of what ciclo.lock pins. */
  data: z.string(),
  /** Of ciclo.lock: how far the rows go, in event time; absent without data.time. What is newer, the monitor looks at. */
  window: z.strictObject({ column: z.string(), until: z.string() }).optional(),
  files: z.record(
    z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
    z.strictObject({ digest, bytes: z.int().min(0) }),
  ),
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
