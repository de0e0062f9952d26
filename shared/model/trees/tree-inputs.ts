import { deriveColumns } from '../../dataset/derive/derive.ts';
import { planDerivations } from '../../dataset/derive/derive-plan.ts';
import type { Recipe, RecipeFeature } from '../../dataset/recipe/recipe-schema.ts';
import { type CategoryColumn, type Column, columnOf, type Table } from '../../dataset/table/table.ts';
import { cyclicParts, largestTime, linearParts } from '../../dataset/values/date-parts.ts';
import type { TreeColumn } from './tree-columns.ts';
import type { TreeInput } from './tree-model.ts';

/** A date's parts as numbers; cycles are not cut open into sine and cosine, as trees can ask for both ends. */
const dateParts: Readonly<Record<string, (time: number) => number>> = {
  ...linearParts,
  month: cyclicParts.month.step,
  weekday: cyclicParts.weekday.step,
  hour: cyclicParts.hour.step,
  'day-of-year': cyclicParts['day-of-year'].step,
};

/** What trees learn from: the recipe's columns as they are, missing values and categories among them. */
function treeInputs(recipe: Recipe): TreeInput[] {
  return recipe.features.flatMap((feature: RecipeFeature): TreeInput[] => {
    const { column } = feature;
    return feature.kind === 'date' ? feature.parts.map(({ part }) => ({ column, part })) : [{ column }];
  });
}

/**
 * The inputs of a table's rows.
 *
 * @param known the inputs of the training rows, by whose codes categories are given; without them the table's own codes.
 */
export function treeColumns(
  recipe: Recipe,
  table: Table,
  known?: readonly TreeInput[],
): { readonly inputs: readonly TreeInput[]; readonly columns: readonly TreeColumn[] } {
  const complete = deriveColumns(table, planOf(recipe));
  const read = treeInputs(recipe).map((input, i): { input: TreeInput; column: TreeColumn } => {
    const column = columnOf(complete, input.column);
    if (column.type !== 'category') {
      return { input, column: { kind: 'number', values: numbersOf(column, input.part) } };
    }
    const categories = known?.[i]?.categories;
    return categories
      ? { input: { ...input, categories }, column: recoded(column, categories) }
      : {
          input: { ...input, categories: column.dictionary },
          column: { kind: 'category', codes: column.codes, levels: column.dictionary.length },
        };
  });
  return { inputs: read.map(({ input }) => input), columns: read.map(({ column }) => column) };
}

/** A category column by other codes; a category that they lack has the code after the last. */
function recoded({ codes, dictionary }: CategoryColumn, categories: readonly string[]): TreeColumn {
  const places = new Map(categories.map((category, code) => [category, code]));
  const table = dictionary.map((category) => places.get(category) ?? categories.length);
  return {
    kind: 'category',
    codes: codes.map((code) => (code < 0 ? -1 : table[code]!)),
    levels: categories.length + 1,
  };
}

/** How a recipe's derived columns are computed. @throws ConfigurationError for an expression that is not allowed. */
export function planOf(recipe: Recipe) {
  return planDerivations(recipe.columns, recipe.derived, (name) => `recipe.json, derived column ${name}`);
}

function numbersOf(column: Exclude<Column, { type: 'category' }>, part: string | undefined): Float64Array {
  if (column.type === 'boolean')
    return Float64Array.from(column.values, (value) => (value < 0 ? Number.NaN : value));
  if (column.type === 'number' || part === undefined) return column.values;
  const read = partOf(part);
  return column.values.map(read);
}

/** Reads a date's part, of milliseconds since 1970; NaN for what no date can hold. @throws RangeError for a part that dates do not have. */
export function partOf(part: string): (time: number) => number {
  const read = Object.hasOwn(dateParts, part) ? dateParts[part] : undefined;
  if (!read)
    throw new RangeError(`dates have no part ${part}; they have ${Object.keys(dateParts).join(', ')}`);
  return (time) => (Math.abs(time) <= largestTime ? read(time) : Number.NaN);
}
