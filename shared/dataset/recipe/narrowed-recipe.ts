import type { Recipe, RecipeFeature } from './recipe-schema.ts';

/**
 * A recipe without the numbers of some columns, for models that do better without them: a number is no input any more, of a date
 * only the parts that come back (month, weekday, hour, day of the month and of the year) are.
 *
 * @param columns names of number and date columns.
 * @returns undefined where no input would be left.
 */
export function narrowedRecipe(recipe: Recipe, columns: ReadonlySet<string>): Recipe | undefined {
  const features = recipe.features.flatMap((feature): RecipeFeature[] => {
    if (!columns.has(feature.column)) return [feature];
    if (feature.kind !== 'date') return [];
    const parts = feature.parts.filter(({ part }) => part !== 'timestamp' && part !== 'year');
    return parts.length === 0 ? [] : [{ ...feature, parts }];
  });
  return features.length === 0 ? undefined : { ...recipe, features };
}
