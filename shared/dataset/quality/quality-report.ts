import { z } from 'zod';

const example = z.strictObject({
  part: z.string(),
  row: z.int(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
});

/** What can be remarked on a table. */
const remarkKinds = [
  'row-number',
  'identifier',
  'personal',
  'nearly-unique',
  'parts-of-target',
  'time',
  'group',
  'alike',
  'spelling',
  'sentinel',
  'task',
  'folds',
  'steps',
  'sample',
] as const;

/** A rank correlation from which on two features are nearly the same one. */
export const nearDuplicate = 0.9;

const rho = z.number().min(-1).max(1);

/**
 * Spearman's rank correlations on training rows drawn evenly, at most 5,000; rows without a value are left out pair by
 * pair. Of features that have an order: numbers, dates, booleans.
 */
const correlations = z.strictObject({
  /** Training rows looked at. */
  rows: z.int(),
  /** Features that have an order. */
  features: z.int(),
  /** How many of them are compared with each other: the 50 that go with the target the most (several classes: the first). */
  compared: z.int(),
  /** Each feature with the target (binary: with the positive class), the strongest first. Not there for several classes. */
  target: z.array(z.strictObject({ feature: z.string(), rows: z.int(), rho })).optional(),
  /** Pairs whose correlation is at least 0.9 or at most -0.9. */
  nearDuplicates: z.int(),
  /** Pairs of features, the strongest first, at most 50. */
  pairs: z.array(z.strictObject({ features: z.tuple([z.string(), z.string()]), rows: z.int(), rho })).max(50),
});

/** How rows were drawn of more (data.sample). */
export const sampledRows = z.strictObject({
  /** How many there are. */
  of: z.int(),
  /** What a hash is of. */
  unit: z.enum(['row', 'key', 'group']),
  /** Those of the key, or of the group. */
  columns: z.array(z.string()).optional(),
  /** The column each of whose values keeps its share. */
  by: z.string().optional(),
});

/** quality.json: what cleaning found and did. Every dropped or changed row is counted, by rule. */
export const qualityReportSchema = z.strictObject({
  version: z.literal(2),
  /** Of the rows that the lock pins. What lies beside them is not here: it may change while the lock does not. */
  rows: z.strictObject({
    /** `dropped` and `kept` together. */
    read: z.int(),
    /** Where `read` are drawn of more rows. */
    sampled: sampledRows.optional(),
    dropped: z.int(),
    kept: z.int(),
    train: z.int(),
    validation: z.int(),
    test: z.int(),
    /** Rows of each fold; `train` is then all rows, and `test` all that are predicted. */
    folds: z.array(z.int()).optional(),
  }),
  columns: z.array(
    z.strictObject({
      name: z.string(),
      type: z.enum(['number', 'category', 'boolean', 'date']),
      missing: z.int(),
      distinct: z.int(),
    }),
  ),
  /** One entry for each rule that touched a row. */
  changes: z.array(
    z.strictObject({
      rule: z.enum([
        'trim',
        'non-finite',
        'missing-marker',
        'out-of-range',
        'not-allowed',
        'duplicate',
        'missing-value',
        'missing-target',
      ]),
      column: z.string().optional(),
      effect: z.enum(['changed', 'set-missing', 'clipped', 'dropped']),
      rows: z.int(),
      /** At most five. */
      examples: z.array(example).max(5),
    }),
  ),
  correlations,
  /** What the table seems to be, where ciclo.yml does not say so: worth a word, and no failure. */
  remarks: z
    .array(
      z.strictObject({
        column: z.string().optional(),
        kind: z.enum(remarkKinds),
        /** A sentence that says what was found, and the line to add to ciclo.yml. */
        message: z.string(),
      }),
    )
    .optional(),
  checks: z.array(
    z.strictObject({
      check: z.string(),
      column: z.string().optional(),
      status: z.enum(['pass', 'warn', 'fail']),
      measured: z.union([z.number(), z.string()]),
      allowed: z.union([z.number(), z.string()]),
      /** A sentence that says what was found and what to do. */
      message: z.string(),
    }),
  ),
  status: z.enum(['pass', 'warn', 'fail']),
});

export type QualityReport = z.output<typeof qualityReportSchema>;
export type QualityRemark = NonNullable<QualityReport['remarks']>[number];
export type QualityChange = QualityReport['changes'][number];
export type QualityCheck = QualityReport['checks'][number];
