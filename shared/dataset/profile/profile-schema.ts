import { z } from 'zod';

const count = z.int().min(0);
const counts = z.array(count);

const moments = z.strictObject({
  count,
  mean: z.number(),
  /** Sum of squared deviations from the mean. */
  m2: z.number().min(0),
  /** Null without values, and in published profiles: one row's value would show. */
  min: z.number().nullable(),
  max: z.number().nullable(),
});

const common = {
  name: z.string(),
  role: z.enum(['feature', 'target']),
  missing: count,
  /** The table that was counted lacks the column, or has it in another type; then nothing was counted. */
  found: z.enum(['absent', 'number', 'category', 'boolean', 'date']).optional(),
};

const numberProfile = z.strictObject({
  ...common,
  type: z.enum(['number', 'date']),
  /**
   * `values`: the reference's points are all its distinct values; `quantiles`: some of them, at equal shares of its rows;
   * `bins`, of published profiles: edges between bins, which are no row's value, and the values that many rows have.
   */
  support: z.enum(['values', 'quantiles', 'bins']),
  /** Ascending values of the reference, or edges, at which it has no rows; dates in milliseconds since 1970. */
  points: z.array(z.number()),
  /** Rows exactly at each point. */
  at: counts,
  /** Rows between points: below the first, between each two, above the last; one more than points. */
  between: counts,
  moments,
});

const categoryProfile = z.strictObject({
  ...common,
  type: z.literal('category'),
  /** Categories of the reference, most frequent first. */
  values: z.array(z.string()),
  counts,
  /** The categories that are not among `values`. */
  others: z.strictObject({
    rows: count,
    /** How many different ones; absent where that is not known exactly. */
    distinct: count.optional(),
    /**
     * At most 256 of them, by code point: those whose hash is smallest, so that two profiles keep the same ones; of rows that an
     * engine counted, the most frequent.
     */
    listed: z.array(z.strictObject({ value: z.string(), count })),
    /** All of them are listed. */
    complete: z.boolean(),
  }),
});

const booleanProfile = z.strictObject({
  ...common,
  type: z.literal('boolean'),
  false: count,
  true: count,
});

const columnProfile = z
  .discriminatedUnion('type', [numberProfile, categoryProfile, booleanProfile])
  .refine(
    consistent,
    'counts and points do not belong together: there is a count for each point or value, and one gap more than points',
  )
  .readonly();

/** profile.json: what a table's columns hold, as counts over a reference's own support. */
export const profileSchema = z.strictObject({
  version: z.literal(1),
  rows: count,
  /** In a published profile: the fewest rows that any count shows. */
  minCount: z.int().min(2).optional(),
  columns: z.array(columnProfile),
});

export type NumberProfile = z.output<typeof numberProfile>;
export type CategoryProfile = z.output<typeof categoryProfile>;
export type BooleanProfile = z.output<typeof booleanProfile>;
export type ColumnProfile = NumberProfile | CategoryProfile | BooleanProfile;
export type Profile = z.output<typeof profileSchema>;

function consistent(column: NumberProfile | CategoryProfile | BooleanProfile): boolean {
  if (column.type === 'boolean') return true;
  if (column.type === 'category') return column.values.length === column.counts.length;
  const ascending = column.points.every((point, i) => i === 0 || point > column.points[i - 1]!);
  return (
    ascending &&
    column.at.length === column.points.length &&
    column.between.length === column.points.length + 1
  );
}
