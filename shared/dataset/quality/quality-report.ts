import { z } from 'zod';

const example = z.strictObject({
  part: z.string(),
  row: z.int(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
});

/** quality.json: what cleaning found and did. Every dropped or changed row is counted, by rule. */
export const qualityReportSchema = z.strictObject({
  version: z.literal(1),
  /** Of the rows that the lock pins. What lies beside them is not here: it may change while the lock does not. */
  rows: z.strictObject({
    /** `dropped` and `kept` together. */
    read: z.int(),
    dropped: z.int(),
    kept: z.int(),
    train: z.int(),
    validation: z.int(),
    test: z.int(),
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
export type QualityChange = QualityReport['changes'][number];
export type QualityCheck = QualityReport['checks'][number];
