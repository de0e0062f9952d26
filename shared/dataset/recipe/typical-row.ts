// The middle of what training saw, by schema and recipe alone: no row and no profile is needed, and none shows.
import { day } from '../../platform/time-lengths.ts';
import { type ColumnSchema, type DatasetSchema, featureColumns } from '../schema/schema.ts';
import type { Value } from '../table/table.ts';
import type { Recipe, Scaling } from './recipe-schema.ts';

/** A feature's step on a page: so many of them make up what training saw. */
const stepsOfSpan = 200;

/** The number of the form 1, 2 or 5 times a power of ten that is nearest in ratio: 0.031 gives 0.02, 0.04 gives 0.05. */
export function roundStep(size: number): number {
  const power = Math.floor(Math.log10(size));
  const mantissa = size / 10 ** power;
  const round = [1, 2, 5, 10].reduce((best, one) =>
    Math.abs(Math.log(one / mantissa)) < Math.abs(Math.log(best / mantissa)) ? one : best,
  );
  // By its text: 2 * 10 ** -3 is not always the number that 0.002 is.
  return Number(`${round}e${power}`);
}

/** What training saw; for a column that was never seen, what is allowed. Undefined where that is no span. */
export function spanOf({ type, seen, range }: ColumnSchema): [number, number] | undefined {
  if (type !== 'number' && type !== 'date') return undefined;
  const [low, high] = seen ?? range ?? [null, null];
  return low !== null && high !== null && low < high ? [low, high] : undefined;
}

/** The step in which a number is set: 1/200 of what training saw, as 1, 2 or 5 times a power of ten; whole numbers whole. */
export function stepOf(column: ColumnSchema, recipe: Recipe): number {
  const span = spanOf(column);
  const step = span ? roundStep((span[1] - span[0]) / stepsOfSpan) : 1;
  const known = [...(column.seen ?? []), middleOf(column, recipe) ?? 0];
  const whole = known.every(Number.isInteger);
  return whole ? Math.max(1, step) : step;
}

/** The value in the fewest digits that a step tells apart, within what training saw; a day where all were days. */
export function writtenValue(value: number, column: ColumnSchema, recipe: Recipe): number {
  const [low, high] = column.seen ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const within = (one: number): number => Math.min(high, Math.max(low, one));
  if (column.type === 'date')
    return within(column.seen?.every(isDay) ? Math.round(value / day) * day : Math.round(value));
  const decimals = Math.min(100, Math.max(0, -Math.floor(Math.log10(stepOf(column, recipe)))));
  return within(Number(value.toFixed(decimals)));
}

const isDay = (time: number): boolean => time % day === 0;

/**
 * A value that is neither high nor low: the median (what the recipe puts in the place of missing values, where that lies
 * within what training saw), the most frequent category. What the recipe does not know is the middle of what training saw.
 */
export function typicalValue(column: ColumnSchema, recipe: Recipe): Value {
  if (column.type === 'number' || column.type === 'date') {
    const middle = middleOf(column, recipe);
    if (middle !== undefined) return writtenValue(middle, column, recipe);
    const [low, high] = column.range ?? [null, null];
    return low ?? high ?? (column.nullable ? null : 0);
  }
  const imputed = featureOf(column, recipe)?.impute;
  if (column.type === 'boolean') return typeof imputed === 'boolean' ? imputed : false;
  return column.categories?.[0] ?? (typeof imputed === 'string' ? imputed : column.nullable ? null : '');
}

/** A typical value of each feature, by name. */
export function typicalRow(schema: DatasetSchema, recipe: Recipe): Readonly<Record<string, Value>> {
  const row: Record<string, Value> = Object.create(null);
  for (const column of featureColumns(schema)) row[column.name] = typicalValue(column, recipe);
  return row;
}

/** A row as a client writes it: the features in an order, dates as texts. @param order default: that of the schema. */
export function writtenRow(
  schema: DatasetSchema,
  row: Readonly<Record<string, Value>>,
  order: readonly ColumnSchema[] = featureColumns(schema),
): Record<string, Value> {
  const record: Record<string, Value> = Object.create(null);
  for (const { name, type } of order) {
    const value = row[name] ?? null;
    record[name] = type === 'date' && typeof value === 'number' ? new Date(value).toISOString() : value;
  }
  return record;
}

function featureOf({ name }: ColumnSchema, recipe: Recipe): Recipe['features'][number] | undefined {
  return recipe.features.find(({ column }) => column === name);
}

function middleOf(column: ColumnSchema, recipe: Recipe): number | undefined {
  const { seen } = column;
  const feature = featureOf(column, recipe);
  if (!seen) return typeof feature?.impute === 'number' ? feature.impute : undefined;
  const isSeen = (value: unknown): value is number =>
    typeof value === 'number' && seen[0] <= value && value <= seen[1];
  // A declared constant may stand for missing values; the scaling knows another middle then.
  const known = [feature?.impute, feature?.kind === 'number' ? centreOf(feature.scaling) : undefined];
  return known.find(isSeen) ?? (seen[0] + seen[1]) / 2;
}

function centreOf(scaling: Scaling): number | undefined {
  if (scaling.type === 'standard') return scaling.mean;
  return scaling.type === 'robust' ? scaling.median : undefined;
}
