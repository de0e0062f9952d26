import { z } from 'zod';

const columnType = z.enum(['number', 'category', 'boolean', 'date']);

/** Standard: (x - mean) / deviation. Robust: (x - median) / iqr. Min-max: (x - min) / (max - min). */
const scaling = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({ type: z.literal('standard'), mean: z.number(), deviation: z.number().positive() }),
  z.strictObject({ type: z.literal('robust'), median: z.number(), iqr: z.number().positive() }),
  z.strictObject({ type: z.literal('min-max'), min: z.number(), max: z.number() }),
]);

const transform = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['none', 'log', 'log1p', 'sqrt']) }),
  z.strictObject({ type: z.literal('clip'), low: z.number(), high: z.number() }),
]);

/** After scaling, what lies beyond ±bound is cut off there; absent: no bound. */
const bound = z.number().positive().optional();

/**
 * Edges of the bins of a piecewise-linear encoding, ascending, in the units before the scaling (after the transform). One more
 * input for each bin, after the value's own: 0 below the bin, 1 above, in between the share of it that lies below the value.
 */
const pieces = z.array(z.number()).min(3).max(1025).optional();

/** Numbers: a value that is missing or outside the transform's domain becomes `impute`; transform; scale; bound; pieces. */
const numberFeature = z.strictObject({
  kind: z.literal('number'),
  column: z.string(),
  /** In the column's own units, before the transform. */
  impute: z.number(),
  /** One more input: 1 where `impute` was used. */
  indicator: z.boolean(),
  transform,
  scaling,
  bound,
  pieces,
});

/** Booleans: 0 or 1, never scaled. */
const booleanFeature = z.strictObject({
  kind: z.literal('boolean'),
  column: z.string(),
  impute: z.boolean(),
  indicator: z.boolean(),
});

const datePart = z.discriminatedUnion('part', [
  /** `timestamp` in days since 1970-01-01 (UTC), with fractions. */
  z.strictObject({ part: z.enum(['year', 'day', 'timestamp']), scaling, bound, pieces }),
  /** Two inputs, sine and cosine, unscaled. */
  z.strictObject({ part: z.enum(['month', 'weekday', 'hour', 'day-of-year']) }),
]);

/** Dates, read in UTC. */
const dateFeature = z.strictObject({
  kind: z.literal('date'),
  column: z.string(),
  /** Milliseconds since 1970. */
  impute: z.number(),
  indicator: z.boolean(),
  parts: z.array(datePart).min(1),
});

/** What stands for a missing category: another category, or (`null`) nothing but the `(missing)` input, if there is one. */
const imputedCategory = z.string().nullable();

/** One input for each category, most frequent first; `other` for the rare; an unseen one without `other` is all zeros. */
const oneHotFeature = z.strictObject({
  kind: z.literal('one-hot'),
  column: z.string(),
  impute: imputedCategory,
  indicator: z.boolean(),
  categories: z.array(z.string()).max(10_000),
  other: z.boolean(),
});

/** The category's place in `levels`, then scaled; unseen and rare ones are -1, a missing one with `impute: null` comes last. */
const ordinalFeature = z.strictObject({
  kind: z.literal('ordinal'),
  column: z.string(),
  impute: imputedCategory,
  indicator: z.boolean(),
  levels: z.array(z.string()),
  scaling,
});

/** +1 or -1 at one of `buckets` inputs, both by a hash of the text (Weinberger et al. 2009, "Feature hashing"). */
const hashFeature = z.strictObject({
  kind: z.literal('hash'),
  column: z.string(),
  impute: imputedCategory,
  indicator: z.boolean(),
  buckets: z.int().min(2).max(65_536),
  seed: z.int(),
});

const recipeFeature = z.discriminatedUnion('kind', [
  numberFeature,
  booleanFeature,
  dateFeature,
  oneHotFeature,
  ordinalFeature,
  hashFeature,
]);

/** recipe.json: how a row becomes a model's inputs. Data only; every number was fitted on the training rows. */
export const recipeSchema = z.strictObject({
  version: z.literal(1),
  /** Training rows it was fitted on. */
  rows: z.int().min(1),
  /** The columns that a row must have, without the derived ones. */
  columns: z.array(z.strictObject({ name: z.string(), type: columnType })),
  /** Computed first, in this order: a later one may use an earlier one. */
  derived: z.array(z.strictObject({ name: z.string(), expression: z.string(), type: columnType })),
  /** In the order of the inputs. */
  features: z.array(recipeFeature).min(1),
  /** What the user should know about the fit, in sentences. */
  warnings: z.array(z.string()),
});

export type Recipe = z.output<typeof recipeSchema>;
export type RecipeFeature = z.output<typeof recipeFeature>;
export type NumberFeature = z.output<typeof numberFeature>;
export type BooleanFeature = z.output<typeof booleanFeature>;
export type DateFeature = z.output<typeof dateFeature>;
export type OneHotFeature = z.output<typeof oneHotFeature>;
export type OrdinalFeature = z.output<typeof ordinalFeature>;
export type HashFeature = z.output<typeof hashFeature>;
export type Scaling = z.output<typeof scaling>;
export type Transform = z.output<typeof transform>;
