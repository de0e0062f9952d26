/** What `--json` prints of versions: of `deploy`, `site`, `badge`, `versions` and `verify`. A contract, as json-output.ts. */
import { z } from 'zod';
import { digestText, numberOrNull } from './json-values.ts';

/** `deploy`. */
export const deployJsonSchema = z.strictObject({
  version: z.string(),
  tag: z.string(),
  environment: z.string(),
  /** `failed`: the smoke test found a difference, and the environment has what it had. */
  change: z.enum(['deployed', 'unchanged', 'failed']),
  replaced: z.string().optional(),
  reasons: z.array(z.string()),
  releaseUrl: z.string(),
  /** The release's file, and its SHA-256. */
  bundle: z.strictObject({ name: z.string(), digest: digestText }),
  /** Folders that the version was written into, by target: `server`, `pages`. */
  folders: z.record(z.string(), z.string()),
});

/** `site` */
export const siteJsonSchema = z.strictObject({
  folder: z.string(),
  pipelines: z.array(z.strictObject({ name: z.string(), version: z.string() })),
  /** What pages answer differently than the releases say; empty when all is well. */
  differences: z.array(z.string()),
});

/** `badge`. */
export const badgeJsonSchema = z.strictObject({
  /** As shields.io reads it: badge.json of the site. */
  badge: z.strictObject({
    schemaVersion: z.literal(1),
    label: z.string(),
    message: z.string(),
    color: z.enum(['brightgreen', 'yellow', 'orange', 'red', 'lightgrey']),
  }),
  /** The line for a README, where the site's address was given. */
  markdown: z.string().optional(),
});

/** `versions`, the newest first. */
export const versionsJsonSchema = z.strictObject({
  versions: z.array(
    z.strictObject({
      version: z.string(),
      stages: z.array(z.string()),
      commit: z.string(),
      /** Milliseconds since 1970. */
      time: z.number(),
      metric: z
        .strictObject({ name: z.string(), value: numberOrNull, low: numberOrNull, high: numberOrNull })
        .optional(),
      /** How far its data goes, in event time. */
      window: z.strictObject({ column: z.string(), until: z.string() }).optional(),
      releaseUrl: z.string().optional(),
      /** Why its release cannot be used. */
      problem: z.string().optional(),
    }),
  ),
});

/** `verify`. */
export const verifyJsonSchema = z.strictObject({
  version: z.string(),
  tag: z.string(),
  commit: z.string(),
  /** Digest of the released model. */
  expected: digestText,
  /** Digest of the model that its commit gives. */
  found: digestText,
  /** SHA-256 of the bundle's file. */
  bundle: digestText,
  /** Whether the tag says which file the bundle is. */
  bound: z.boolean(),
  /** Every file of the bundle, and how it compares with what the commit gives. */
  files: z.array(
    z.strictObject({ name: z.string(), outcome: z.enum(['same', 'different', 'not-compared']) }),
  ),
  attestation: z.strictObject({
    outcome: z.enum(['verified', 'refused', 'none', 'unchecked']),
    detail: z.string(),
  }),
  /** What could not be checked, and why. */
  unchecked: z.array(z.string()),
  /** Of a model that a command trained: whether two trainings from the commit gave the same bytes. */
  repeats: z.boolean().optional(),
  /** All that was compared is the same, and no attestation was refused. */
  same: z.boolean(),
});

export type VerifyJson = z.output<typeof verifyJsonSchema>;
export type BadgeJson = z.output<typeof badgeJsonSchema>;
export type DeployJson = z.output<typeof deployJsonSchema>;
export type SiteJson = z.output<typeof siteJsonSchema>;
export type VersionsJson = z.output<typeof versionsJsonSchema>;
