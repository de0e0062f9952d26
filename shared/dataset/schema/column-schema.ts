import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { Config } from '../../config/sections/schema.ts';
import { categoryCounts } from '../statistics/category-counts.ts';
import { publishedBounds } from '../statistics/published-bounds.ts';
import { type CategoryColumn, type Column, columnOf, type Table } from '../table/table.ts';
import { columnBelow } from '../table/taken-table.ts';
import type { ColumnSchema } from './schema.ts';

const categoryLimit = 2048;

/** What a value of the column may be, and which values training saw. @param train the training rows. */
export function columnSchema(
  name: string,
  train: Table,
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
  const { column, rows } = columnBelow(train, name);
  const { type } = column;
  const seen =
    role === 'ignored' ? {} : { ...seenOf(column, rows), ...allowedCategories(name, train, feature?.values) };
  return {
    name,
    type,
    role,
    nullable: feature?.missing !== 'fail',
    ...(feature?.description === undefined ? {} : { description: feature.description }),
    ...(feature?.unit === undefined ? {} : { unit: feature.unit }),
    ...(made === undefined ? {} : { made }),
    ...(feature?.range === undefined ? {} : { range: feature.range }),
    ...(format === undefined || (type !== 'date' && type !== 'number') ? {} : { format }),
    ...seen,
  };
}

function allowedCategories(
  name: string,
  train: Table,
  declared: string[] | undefined,
): { categories?: string[] } {
  if (columnBelow(train, name).column.type !== 'category') return {};
  return {
    categories: declared ?? categoriesOf(columnOf(train, name) as CategoryColumn, fewestPublishedRows),
  };
}

function seenOf(column: Column, rows: Uint32Array | undefined): { seen?: [number, number] } {
  if (column.type !== 'number' && column.type !== 'date') return {};
  const seen = publishedBounds(column.values, column.type, rows);
  return seen ? { seen } : {};
}

/** The categories of so many rows or more, the most frequent first. */
export function categoriesOf(column: CategoryColumn, fewestRows: number): string[] {
  return categoryCounts(column)
    .categories.filter(({ count }) => count >= fewestRows)
    .slice(0, categoryLimit)
    .map(({ value }) => value);
}
