// drift.json: what a check found, for everything that shows it or acts on it.
import { z } from 'zod';
import { columnStatistics } from './column-statistics.ts';
import { driftOutcomeNames } from './drift-outcomes.ts';

const count = z.int().min(0);
const chance = z.number().min(0).max(1);

const side = z.strictObject({
  /** Rows of the table, those with a missing value included. */
  rows: count,
  missing: count,
});

const effect = z.strictObject({
  name: z.enum([
    'wasserstein-normalised',
    'ks',
    'jensen-shannon-distance',
    'total-variation',
    'missing-share',
  ]),
  value: z.number(),
  floor: z.number(),
});

const hypothesis = z.strictObject({
  /** What is tested: the values that are there, or how many are missing. */
  of: z.enum(['values', 'missing']),
  test: z.enum(['ks', 'chi-squared', 'two-proportion']),
  method: z.enum(['exact', 'asymptotic', 'permutation']),
  p: chance,
  /** After Benjamini-Hochberg over all tests of the family. */
  'adjusted-p': chance,
  effects: z.array(effect),
  drifted: z.boolean(),
});

/** A change that a person would name, with a test of its own: it is drift of the table whatever the column's weight. */
const structuralChange = z.strictObject({
  change: z.enum(['unit', 'constant', 'apart', 'missing', 'new-categories']),
  /** One sentence. */
  words: z.string(),
  /** Exact, or too large. */
  p: chance,
  /** For the tests of its kind in all columns, and for the kinds. */
  'adjusted-p': chance,
  drifted: z.boolean(),
});

/** The possible results for a column; none is an error. */
const columnOutcomes = [
  'compared',
  /** No row on one side, or on both. */
  'empty',
  /** One value in all rows of both sides. */
  'constant',
  /** No value on one side where the other has some, or on both. */
  'all-missing',
  /** The current rows lack a column of the reference. */
  'vanished',
  /** The reference lacks a column of the current rows. */
  'new-column',
  'type-changed',
  /** The profiles do not name enough categories in common. */
  'too-many-categories',
  /** The reference's profile shows too little of the column's values, and its rows are not available. */
  'cannot-be-compared',
  /** The target, which the current rows do not have yet. */
  'no-labels',
] as const;

const columnDrift = z.strictObject({
  name: z.string(),
  kind: z.enum(['number', 'category', 'boolean', 'date']),
  role: z.enum(['feature', 'target', 'prediction']),
  outcome: z.enum(columnOutcomes),
  reference: side,
  current: side,
  statistics: columnStatistics,
  tests: z.array(hypothesis),
  /** Changes of the column's structure that are large enough to matter, surely or not. */
  structural: z.array(structuralChange),
  /** The smallest of the tests' adjusted p-values; null without a test. */
  'adjusted-p': chance.nullable(),
  drifted: z.boolean(),
  /** The smallest shift that 80 % of such windows would show if it were the only change; null where none would. */
  'detectable-shift': z.number().nullable(),
  /** Standard deviations of the reference, or the share of rows with another category. */
  'shift-unit': z.enum(['standard-deviations', 'share-of-rows']),
  /** Share of the table's verdict. */
  weight: z.number().min(0),
  /** As how many independent rows a side counts whose rows are alike in time or in groups; absent where not measured. */
  'effective-rows': z.strictObject({ reference: z.number().min(0), current: z.number().min(0) }).optional(),
  /** The middle value of each side, of numbers and dates (milliseconds); near it where few rows have it. */
  medians: z.strictObject({ reference: z.number(), current: z.number() }).optional(),
  /** The statistics are those of the rows; false where a profile's cells stand for them. */
  exact: z.boolean(),
  /** Categories that the reference does not have, at most 20. */
  'new-categories': z.array(z.strictObject({ value: z.string(), rows: count })),
  /** What shares are compared: each value or category, or bins of equal shares of the reference's rows. */
  bins: z.array(z.strictObject({ label: z.string(), reference: count, current: count })),
  /** Why, in words. */
  reasons: z.array(z.string()),
});

const leftOut = z.strictObject({
  name: z.string(),
  /** Numbers of the rows, values that each row has for itself, or times that move forward. */
  kind: z.enum(['row-number', 'identifier', 'time']),
  /** Why, as the rest of a sentence that begins with the name. */
  why: z.string(),
});

const multivariate = z.strictObject({
  /** Whether a classifier can tell current rows from reference rows. */
  outcome: z.enum(['compared', 'not-available']),
  /** Area under the ROC curve of rows it was not fitted on; 0.5 is guessing. */
  auc: z.number().nullable(),
  p: chance.nullable(),
  floor: z.number(),
  drifted: z.boolean(),
  rows: z.strictObject({ reference: count, current: count }),
  reasons: z.array(z.string()),
});

/** drift.json: what one check for data drift found. Also the schema that is published. */
export const driftReportSchema = z.strictObject({
  version: z.literal(1),
  /** `not-decided`: nothing drifted of what could be compared, and columns that carry the model could not. */
  outcome: z.enum(driftOutcomeNames),
  drift: z.boolean(),
  /**
   * Whether a column's structure has changed: it is constant, apart, of another unit, missing, of new categories, gone, of
   * another type. No rule can tell a broken delivery from a new world, so this is for a person to look at.
   */
  structural: z.boolean(),
  /** none; minor: columns drifted, too few for a verdict; major: drift. */
  severity: z.enum(['none', 'minor', 'major']),
  /** One sentence. */
  headline: z.string(),
  reasons: z.array(z.string()),
  rows: z.strictObject({ reference: count, current: count }),
  /** Not enough data: how many rows each side must have. */
  'rows-needed': count.optional(),
  /** Weight of the drifted features, and from which on the table has drifted. */
  share: z.strictObject({
    drifted: chance,
    limit: chance,
    /** Weight of the features that cannot be compared; absent where all can. */
    'cannot-be-compared': chance.optional(),
  }),
  /** The declared false-alarm rate of one check, and how what can raise the verdict shares it. */
  'false-alarm-rate': z.strictObject({
    check: chance,
    columns: chance,
    prediction: chance,
    multivariate: chance,
    /** Of changes of structure. */
    structural: chance.optional(),
    /** Of the performance, where labels are there. */
    performance: chance.optional(),
    /** False alarms to expect in a year at the most, where the number of checks is known. */
    'per-year': z.number().min(0).optional(),
  }),
  /** Whether rows depend on each other, in time or in groups; absent where nobody looked. */
  dependence: z
    .strictObject({
      measured: z.boolean(),
      /** Tests count as many rows as are independent, so that the rate holds; false where they are too few to know. */
      handled: z.boolean(),
      /** Of the middle one of the columns whose rows are alike; absent where there is none. */
      'effective-rows': z.strictObject({ reference: count, current: count }).optional(),
      column: z.string().optional(),
      words: z.string(),
    })
    .optional(),
  /** Columns that come round in a week, by the order of time; absent where there is none, or that is not known. It raises no alarm. */
  'weekly-pattern': z
    .strictObject({
      columns: z.array(z.string()).min(1),
      /** Level of the test, of all columns together. */
      level: chance,
      /** Length of the window in days, where it is known. */
      days: z.number().min(0).optional(),
      /** Where the window is no whole number of weeks. */
      warning: z.string().optional(),
    })
    .optional(),
  floors: z.record(z.string(), z.number()),
  seed: z.union([z.int(), z.string()]),
  columns: z.array(columnDrift),
  /** Of two tables by hand: columns that are not tested, since later rows have others by nature; absent where there is none. */
  'left-out': z.array(leftOut).min(1).optional(),
  prediction: columnDrift.optional(),
  multivariate: multivariate.optional(),
  /** What the figures rest on. */
  assumptions: z.array(z.string()),
});

export type DriftReport = z.output<typeof driftReportSchema>;
export type ColumnDrift = z.output<typeof columnDrift>;
export type ColumnOutcome = ColumnDrift['outcome'];
export type ColumnTest = z.output<typeof hypothesis>;
export type StructuralFinding = z.output<typeof structuralChange>;
export type Effect = z.output<typeof effect>;
export type MultivariateDrift = z.output<typeof multivariate>;
export type ColumnStatistics = z.output<typeof columnStatistics>;
