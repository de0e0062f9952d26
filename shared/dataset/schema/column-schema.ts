import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { Config } from '../../config/sections/schema.ts';
import { categoryCounts } from '../statistics/category-counts.ts';
import { presentValues } from '../statistics/order-statistics.ts';
import { publishedBounds } from '../statistics/published-values.ts';
import type { CategoryColumn, Column } from '../table/table.ts';
import type { ColumnSchema } from './schema.ts';

const categoryLimit = 2048;

/** What a value of the column may be, and which values training saw. @param column of the training rows. */
export function columnSchema(
  name: string,
  column: Column,
  {
    role,
    config,
    format,
    made,
  }: {
    readonly role: ColumnSchema['role'];
    readonly config: Config;
    readonly format: string | undefined;
    readonly made: string | undefined;
  },
): ColumnSchema {
  const feature = config.features[name];
  // Values of columns that no model sees (names, keys) stay with the rows: the schema travels with the model.
  const seen = role === 'ignored' ? {} : { ...seenOf(column), ...allowedCategories(column, feature?.values) };
  return {
    name,
    type: column.type,
    role,
    nullable: feature?.missing !== 'fail',
    ...(feature?.description === undefined ? {} : { description: feature.description }),
    ...(feature?.unit === undefined ? {} : { unit: feature.unit }),
    ...(made === undefined ? {} : { made }),
    ...(feature?.range === undefined ? {} : { range: feature.range }),
    ...(format === undefined || (column.type !== 'date' && column.type !== 'number') ? {} : { format }),
    ...seen,
  };
}

function allowedCategories(column: Column, declared: string[] | undefined): { categories?: string[] } {
  return column.type === 'category'
    ? { categories: declared ?? categoriesOf(column, fewestPublishedRows) }
    : {};
}

function seenOf(column: Column): { seen?: [number, number] } {
  if (column.type !== 'number' && column.type !== 'date') return {};
  const seen = publishedBounds(presentValues(column.values), column.type);
  return seen ? { seen } : {};
}

/** The categories of so many rows or more, the most frequent first. */
export function categoriesOf(column: CategoryColumn, fewestRows: number): string[] {
  return categoryCounts(column)
    .categories.filter(({ count }) => count >= fewestRows)
    .slice(0, categoryLimit)
    .map(({ value }) => value);
}
