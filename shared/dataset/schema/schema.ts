import { z } from 'zod';

const columnSchema = z.strictObject({
  name: z.string(),
  type: z.enum(['number', 'category', 'boolean', 'date']),
  /** `ignored`: the target's twin in the key, the time column, excluded columns, row numbers and identifiers: kept with the rows, unseen by models. */
  role: z.enum(['feature', 'target', 'ignored']),
  /** Missing values were seen, or a policy other than `fail` covers them. */
  nullable: z.boolean(),
  description: z.string().optional(),
  unit: z.string().optional(),
  /** Allowed by the configuration. */
  range: z.tuple([z.number().nullable(), z.number().nullable()]).optional(),
  /** Where the training rows lie, but for a few at either end (dates: milliseconds since 1970): no row's value shows. */
  seen: z.tuple([z.number(), z.number()]).optional(),
  /** Categories of at least five training rows, most frequent first, at most 2,048; declared ones when `values` is given. */
  categories: z.array(z.string()).optional(),
  /** Dates and numbers: how texts are read. */
  format: z.string().optional(),
  /** Where the rows are of several sources: the step that made the column or brought it in. Rows to predict have it already. */
  made: z.string().optional(),
});

const cellRules = z.strictObject({
  /** Texts that mean missing. */
  missing: z.array(z.string()).optional(),
  /** Spaces around texts were kept. */
  spaces: z.literal('kept').optional(),
  /** `data.source.decimal` and `data.source.thousands`: how all numbers of CSV were written. */
  decimal: z.enum(['.', ',']).optional(),
  thousands: z.enum([',', '.', "'", ' ', '_']).optional(),
});

/** schema.json: what a row of this dataset looks like; frozen when the dataset is made. */
export const datasetSchema = z.strictObject({
  version: z.literal(1),
  task: z.enum(['regression', 'binary', 'multiclass']),
  target: z.string(),
  /** Classifiers: the labels in sorted order, which is that of the model's outputs. */
  classes: z.array(z.string()).optional(),
  /** Binary: the class that matters; absent in what earlier versions wrote, where it is the second. */
  positive: z.string().optional(),
  key: z.array(z.string()),
  time: z.string().optional(),
  columns: z.array(columnSchema),
  /** The features in the order of the data, which rows without names keep to; datasets of older versions lack it. */
  order: z.array(z.string()).optional(),
  /** How cells of text were read, where it was not as usual: rows to predict are read as the training rows were. */
  cells: cellRules.optional(),
});

export type ColumnSchema = z.output<typeof columnSchema>;
export type DatasetSchema = z.output<typeof datasetSchema>;

/**
 * The names of the features in the order of the data. A single feature has one order; where there are more, a dataset of
 * an older version does not know it.
 */
export function featureOrder(schema: DatasetSchema): readonly string[] | undefined {
  const names = featureColumns(schema).map(({ name }) => name);
  const order = schema.order ?? (names.length === 1 ? names : undefined);
  return order?.length === names.length && names.every((name) => order.includes(name)) ? order : undefined;
}

/** The columns that models see, in schema order. */
export function featureColumns(schema: DatasetSchema): ColumnSchema[] {
  return schema.columns.filter((column) => column.role === 'feature');
}
