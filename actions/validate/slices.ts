import type { ValidateConfig } from '../../shared/config/sections/validate-section.ts';
import { type DatasetSchema, featureColumns } from '../../shared/dataset/schema/schema.ts';
import { columnOf, type Table } from '../../shared/dataset/table/table.ts';
import type { SliceColumn } from '../../shared/metrics/slices/slice-groups.ts';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';

/** Categories up to this many are sliced by without being asked for. */
const fewCategories = 12;

/**
 * The columns to slice by: those of `validate.slices` when given, and those that gates name; otherwise also
 * the features with few categories.
 *
 * @throws ConfigurationError when a slice is named that the rows have no column for.
 */
export function sliceColumns(test: Table, schema: DatasetSchema, validate: ValidateConfig): SliceColumn[] {
  const names = new Set(validate.gates.flatMap((gate) => (gate.slice === undefined ? [] : [gate.slice])));
  const chosen =
    validate.slices ??
    featureColumns(schema)
      .filter(hasFewValues)
      .map((column) => column.name);
  for (const name of chosen) names.add(name);
  return [...names].map((name) => {
    if (!test.columns.has(name)) {
      throw new ConfigurationError(
        `validate cannot slice by ${quote(name)}: the dataset has no such column; it has ${[...test.columns.keys()].join(', ')}`,
      );
    }
    return { name, column: columnOf(test, name) };
  });
}

function hasFewValues(column: DatasetSchema['columns'][number]): boolean {
  return (
    column.type === 'boolean' ||
    (column.type === 'category' && (column.categories?.length ?? 0) <= fewCategories)
  );
}
