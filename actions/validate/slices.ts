import type { Config } from '../../shared/config/sections/schema.ts';
import { deriveColumns, planDerived } from '../../shared/dataset/derive/derive.ts';
import { type DatasetSchema, featureColumns } from '../../shared/dataset/schema/schema.ts';
import { columnOf, type Table } from '../../shared/dataset/table/table.ts';
import type { SliceColumn } from '../../shared/metrics/slices/slice-groups.ts';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';

/** Categories up to this many are sliced by without being asked for. */
const fewCategories = 12;

/**
 * The columns to slice by: those of `validate.slices` when given, and those that gates name; otherwise also
 * the features with few categories. A slice may be by a column of `prepare.derive`, which is computed here: rows on disk
 * are cleaned and not transformed.
 *
 * @throws ConfigurationError when a slice is named that the rows have no column for.
 */
export function sliceColumns(rows: Table, schema: DatasetSchema, config: Config): SliceColumn[] {
  const { validate } = config;
  const names = new Set(validate.gates.flatMap((gate) => (gate.slice === undefined ? [] : [gate.slice])));
  const chosen =
    validate.slices ??
    featureColumns(schema)
      .filter(hasFewValues)
      .map((column) => column.name);
  for (const name of chosen) names.add(name);
  const asksForDerived = [...names].some((name) => Object.hasOwn(config.prepare.derive, name));
  const test = asksForDerived ? deriveColumns(rows, planDerived(schema, config)) : rows;
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
