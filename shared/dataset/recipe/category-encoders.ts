import { hashString } from '../../platform/hash.ts';
import { withIndicator } from './input-names.ts';
import type { HashFeature, OneHotFeature, OrdinalFeature } from './recipe-schema.ts';
import { compileScaling } from './scaling.ts';

/** Where a category goes: the input (counted from the feature's first; -1: none) and what is written there. */
export interface Placement {
  readonly input: number;
  readonly value: number;
}

/** A feature of categories: a missing one (null) also sets `indicator`, an input's place, or -1. */
export interface CategoryEncoder {
  readonly kind: 'categories';
  readonly names: readonly string[];
  readonly place: (category: string | null) => Placement;
  readonly indicator: number;
}

const nowhere: Placement = { input: -1, value: 0 };

/** Categories to inputs of their own. */
export function encodeOneHot(feature: OneHotFeature): CategoryEncoder {
  const names = feature.categories.map((category) => `${feature.column}=${category}`);
  const places = new Map(feature.categories.map((category, input) => [category, { input, value: 1 }]));
  const other = feature.other ? { input: names.length, value: 1 } : nowhere;
  if (feature.other) names.push(`${feature.column} (other)`);
  const place = (category: string | null): Placement => {
    const known = category ?? feature.impute;
    return known === null ? nowhere : (places.get(known) ?? other);
  };
  return categoryEncoder(feature.column, names, feature.indicator, place);
}

function categoryEncoder(
  column: string,
  names: readonly string[],
  indicator: boolean,
  place: CategoryEncoder['place'],
): CategoryEncoder {
  return {
    kind: 'categories',
    names: withIndicator(column, names, indicator),
    place,
    indicator: indicator ? names.length : -1,
  };
}

/** Categories to their place in an order, scaled. */
export function encodeOrdinal(feature: OrdinalFeature): CategoryEncoder {
  const scale = compileScaling(feature.scaling);
  const places = new Map(feature.levels.map((level, i) => [level, { input: 0, value: scale(i) }]));
  const unseen = { input: 0, value: scale(-1) };
  const missing = { input: 0, value: scale(feature.levels.length) };
  const place = (category: string | null): Placement => {
    const known = category ?? feature.impute;
    return known === null ? missing : (places.get(known) ?? unseen);
  };
  return categoryEncoder(feature.column, [feature.column], feature.indicator, place);
}

/** Categories to one of a fixed number of inputs, +1 or -1. */
export function encodeHash(feature: HashFeature): CategoryEncoder {
  const { buckets, seed } = feature;
  const names = Array.from({ length: buckets }, (_, i) => `${feature.column} #${i}`);
  const place = (category: string | null): Placement => {
    const known = category ?? feature.impute;
    if (known === null) return nowhere;
    // Two independent hashes: with one for both, colliding texts would always share their sign.
    const sign = hashString(known, ~seed) & 1 ? -1 : 1;
    return { input: hashString(known, seed) % buckets, value: sign };
  };
  return categoryEncoder(feature.column, names, feature.indicator, place);
}
