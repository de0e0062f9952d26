import { z } from 'zod';

/**
 * Messages of github.actions.results.api.v1.ArtifactService as Twirp's JSON: field names of the protobuf files, int64
 * as text, wrapped values as the plain value, default values left out. Strict: a field more is a violation.
 */
const backendIds = {
  workflow_run_backend_id: z.string().min(1),
  workflow_job_run_backend_id: z.string().min(1),
};
const name = z
  .string()
  .min(1)
  .regex(/^[^"/\\:<>|*?\r\n]+$/);
const int64 = z.string().regex(/^\d+$/);

export const createArtifactRequest = z.strictObject({
  ...backendIds,
  name,
  expires_at: z.iso.datetime().optional(),
  version: z.literal([4, 7]),
  mime_type: z.string().optional(),
});

export const finalizeArtifactRequest = z.strictObject({
  ...backendIds,
  name,
  size: int64,
  hash: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .optional(),
});

export const listArtifactsRequest = z.strictObject({
  ...backendIds,
  name_filter: name.optional(),
  id_filter: int64.optional(),
});

export const getSignedArtifactUrlRequest = z.strictObject({ ...backendIds, name });

export const deleteArtifactRequest = z.strictObject({ ...backendIds, name });
