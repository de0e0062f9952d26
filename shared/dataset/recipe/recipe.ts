// How columns become a model's inputs: fitted on the training rows, applied to any.
import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { Config } from '../../config/sections/schema.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { deriveColumns, planDerived } from '../derive/derive.ts';
import { type DatasetSchema, featureColumns } from '../schema/schema.ts';
import { countMissing } from '../table/missing-rows.ts';
import { type Column, columnOf, type Table } from '../table/table.ts';
import { fitBoolean } from './fit-boolean.ts';
import { fitCategory } from './fit-category.ts';
import { fitDate } from './fit-date.ts';
import { fitNumber } from './fit-number.ts';
import { type ColumnFit, mostEncodedNumbers, policyOf, warnFew } from './fit-policy.ts';
import type { Recipe, RecipeFeature } from './recipe-schema.ts';

export { type Recipe, recipeSchema } from './recipe-schema.ts';

function fitFeature(fit: ColumnFit): RecipeFeature {
  switch (fit.column.type) {
    case 'number':
      return fitNumber(fit, fit.column);
    case 'date':
      return fitDate(fit, fit.column);
    case 'boolean':
      return fitBoolean(fit, fit.column);
    case 'category':
      return fitCategory(fit, fit.column);
  }
}

/** Whether a column of numbers or dates has values, and so few that their mean or median would show them. */
function hasFew({ type }: Column, present: number): boolean {
  return (type === 'number' || type === 'date') && present > 0 && present < fewestPublishedRows;
}

/** Says where `prepare.numbers` asks for a piecewise-linear encoding of more columns than get one. */
function warnTooMany(numbers: number, { prepare }: Config, warnings: string[]): void {
  if (numbers <= mostEncodedNumbers || prepare.numbers.encode !== 'piecewise-linear') return;
  warnings.push(
    `prepare.numbers.encode: piecewise-linear is for up to ${mostEncodedNumbers} columns of numbers, and there are ${numbers}: they stay plain`,
  );
}

/**
 * Fits the recipe only on the training rows.
 *
 * Inputs follow the schema's features, then the derived columns in the order of their declaration.
 * A column without any value in training becomes a constant 0 with a warning in `warnings`; numbers and dates of fewer than
 * five rows are left out with one.
 *
 * @param train training rows, cleaned and untransformed; at least one.
 * @param pass is given each feature's column while it is in memory.
 * @throws ConfigurationError when a feature's configuration does not fit its column or its training values.
 */
export function fitRecipe(
  train: Table,
  schema: DatasetSchema,
  config: Config,
  pass?: (name: string, column: Column) => void,
): Recipe {
  if (train.rows === 0) {
    throw new ConfigurationError(
      'cannot fit the recipe: the training split has no rows; at least 1 is needed',
    );
  }
  const warnings: string[] = [];
  const raw = featureColumns(schema);
  const plan = planDerived(schema, config);
  const { derived } = plan;
  const table = deriveColumns(train, plan);
  const names = [...raw.map((column) => column.name), ...derived.map((column) => column.name)];
  const used = names.filter((name) => !config.prepare.exclude.includes(name));
  if (used.length === 0) {
    throw new ConfigurationError(
      'cannot fit the recipe: no feature is left; declare fewer columns under prepare.exclude or add one under prepare.derive',
    );
  }
  // By what is known of the columns: to look at them is to make them of all rows.
  const typeOf = new Map([...raw, ...derived].map(({ name, type }) => [name, type]));
  const numbers = used.filter((name) => typeOf.get(name) === 'number').length;
  warnTooMany(numbers, config, warnings);
  const context = { prepare: config.prepare, rows: train.rows, numbers };
  const features = used.flatMap((name) => {
    const column = columnOf(table, name);
    pass?.(name, column);
    const present = train.rows - countMissing(column);
    if (hasFew(column, present)) {
      warnFew({ name, warnings }, present);
      return [];
    }
    return [
      fitFeature({ name, column, policy: policyOf(config.features[name], column.type, context), warnings }),
    ];
  });
  if (features.length === 0) throw new ConfigurationError(`cannot fit the recipe: ${warnings.join('; ')}`);
  return {
    version: 1,
    rows: train.rows,
    columns: raw.map(({ name, type }) => ({ name, type })),
    derived: derived.map(({ name, expression, type }) => ({ name, expression, type })),
    features,
    warnings,
  };
}
