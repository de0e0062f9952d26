import { z } from 'zod';
import { pipelineName } from '../../config/sections/pipeline-name.ts';
import { digestOf } from '../../platform/digest.ts';
import { digestPattern } from '../../platform/digest-pattern.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { formatJson } from '../../platform/json.ts';

/** The kinds of result folder, one for each verb. */
export const folderKinds = ['dataset', 'model', 'evaluation', 'drift', 'proposal'] as const;
export type FolderKind = (typeof folderKinds)[number];

/** Which verb makes a result of each kind. */
export const maker: Readonly<Record<FolderKind, string>> = {
  dataset: 'prepare',
  model: 'train',
  evaluation: 'validate',
  drift: 'drift-check',
  proposal: 'drift-check',
};

const digest = z.string().regex(digestPattern);

/** How the rows were divided: enough for another dataset to say on which side a row of its own would lie. */
const splitRecord = z.strictObject({
  by: z.enum(['hash', 'time']),
  seed: z.int(),
  key: z.array(z.string()),
  group: z.string().optional(),
  time: z.string().optional(),
  test: z.number(),
  validation: z.number(),
  /** `by: time`: the first time (number, or milliseconds since 1970) of the test rows. */
  testFrom: z.number().optional(),
  /** Folds in place of test and validation rows, whose shares are then 0. */
  folds: z
    .strictObject({
      count: z.int(),
      /** `by: time`: after which time (number, or milliseconds since 1970) each fold begins. */
      edges: z.array(z.number()).readonly().optional(),
    })
    .optional(),
  /** Which hash of keys or groups divided them, see `KeyHash`; default 1. */
  hash: z.int().optional(),
  /** No row lies elsewhere than by hash 1. */
  unmoved: z.boolean().optional(),
  /** Rows of equal key were divided one by one. */
  apart: z.literal(true).optional(),
});

export const manifestSchema = z.strictObject({
  /** Version of this format; readers refuse those they do not know. */
  format: z.literal(1),
  kind: z.enum(folderKinds),
  pipeline: pipelineName,
  /** Digest of all that determines the result: configuration, data, upstream results, versions. */
  fingerprint: digest,
  /** Digest of the files below by name: the identity of the result's bytes. */
  digest,
  inputs: z.record(z.string(), z.string()),
  seed: z.int().optional(),
  versions: z.record(z.string(), z.string()),
  split: splitRecord.optional(),
  engine: z.string().optional(),
  reproducible: z.boolean().optional(),
  files: z.record(
    z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
    z.strictObject({ digest, bytes: z.int().min(0) }),
  ),
});

export type Manifest = z.output<typeof manifestSchema>;
export type SplitRecord = z.output<typeof splitRecord>;

/** The identity of a folder's content: file names and their digests. */
export function contentDigest(kind: FolderKind, files: Manifest['files']): string {
  return digestOf({ kind, files: Object.fromEntries(Object.entries(files).map(([n, f]) => [n, f.digest])) });
}

/** manifest.json as it is stored. */
export function formatManifest(manifest: Manifest): string {
  return formatJson(manifestSchema.parse(manifest));
}

/**
 * Reads manifest.json.
 *
 * @param name how messages call the folder.
 * @throws IntegrityError for anything that is not a manifest of this format, or whose digest is not its files'.
 */
export function parseManifest(text: string, name: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new IntegrityError(
      `${name}/manifest.json is not JSON (${(error as Error).message}): make the folder again`,
    );
  }
  const format = (value as { format?: unknown } | null)?.format;
  if (format !== 1) {
    throw new IntegrityError(
      `${name}/manifest.json has format ${JSON.stringify(format)}; this Ciclo reads format 1: use the version that wrote it, or make the folder again`,
    );
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new IntegrityError(
      `${name}/manifest.json is not a manifest of Ciclo: ${issue.path.join('.')}: ${issue.message}: make the folder again`,
    );
  }
  const manifest = parsed.data;
  if (contentDigest(manifest.kind, manifest.files) !== manifest.digest) {
    throw new IntegrityError(
      `${name}/manifest.json states a digest that is not its files': make the folder again`,
    );
  }
  return manifest;
}
