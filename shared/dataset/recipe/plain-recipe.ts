import type { Recipe } from './recipe-schema.ts';

/**
 * A recipe without its piecewise-linear encodings, for a model that gains nothing from them (a network on few rows). What is
 * left is the same: inputs of one are inputs of the other, by name and value.
 */
export function plainRecipe(recipe: Recipe): Recipe {
  const features = recipe.features.map((feature) => {
    if (feature.kind === 'date') return { ...feature, parts: feature.parts.map(withoutPieces) };
    return feature.kind === 'number' ? withoutPieces(feature) : feature;
  });
  return { ...recipe, features };
}

function withoutPieces<T extends object>(feature: T): T {
  if (!('pieces' in feature)) return feature;
  const { pieces: _, ...plain } = feature;
  return plain as T;
}
