import { z } from 'zod';
import { performanceSchema, segmentSchema } from '../performance/performance-report.ts';
import { driftReportSchema } from '../report/drift-report.ts';

const version = z.strictObject({
  /** `v1.2.0` */
  version: z.string(),
  /** `fuel@v1.2.0` */
  tag: z.string(),
  /** Digest of the model. */
  model: z.string(),
});

/** Which rows were looked at. */
const window = z.strictObject({
  /** The column of the event time; absent when the rows have none. */
  column: z.string().optional(),
  /** The rows are newer than this: the end of the production model's data, or of the last check. */
  after: z.string().optional(),
  /** The newest row. */
  until: z.string().optional(),
  /** In words: `rows after 1976`. */
  words: z.string(),
  /** Rows inside the production model's window that came later: they wait for the next lock. */
  late: z.int().min(0),
});

/** Of a check by `monitor.reference: same-season`. */
const season = z.strictObject({
  /** Whether the reference is of the same season; false: all rows stand for it. */
  used: z.boolean(),
  /** The same days of earlier years, or of earlier weeks. */
  of: z.enum(['years', 'weeks']).optional(),
  /** How many of those. */
  periods: z.int().min(1).optional(),
  words: z.string(),
});

/**
 * drift.json of a pipeline's check: what {@link driftReportSchema} says of the data, whose model it is, which rows, and
 * how the model does on them. A comparison of two tables by hand has only the first part.
 */
export const monitorReportSchema = driftReportSchema.extend({
  pipeline: z.string(),
  target: z.string(),
  unit: z.string().optional(),
  /** The version in production; absent when the reference is the checkout's locked data. */
  production: version.optional(),
  window,
  season: season.optional(),
  /** Which check of this version it is, from 1; each spends its share of the false-alarm rate where rows are seen again. */
  check: z.int().min(1),
  performance: performanceSchema.optional(),
  segments: z.array(segmentSchema),
});

/** What the reference of a check by season is. */
export type SeasonOfCheck = z.output<typeof season>;

export type MonitorReport = z.output<typeof monitorReportSchema>;
