import { ConfigurationError } from '../../platform/errors.ts';
import { hashString } from '../../platform/hash.ts';
import { LargeMap } from '../../platform/large-map.ts';
import {
  byCodePoint,
  byFrequency,
  type CategoryCount,
  categoryCounts,
} from '../statistics/category-counts.ts';
import type { CategoryColumn } from '../table/table.ts';
import { exactSupport } from './profile-number.ts';
import type { CategoryProfile } from './profile-schema.ts';

/** How many categories outside the support are named. */
export const listedAtMost = 256;
const hashSeed = 0x27d4eb2f;

type Others = CategoryProfile['others'];
type Identity = Pick<CategoryProfile, 'name' | 'role' | 'type'>;

/**
 * The 256 categories with the smallest hashes. A category among the smallest of a union is among the smallest of
 * each part that holds it, so parts keep what the union needs and sums are exact (a bottom-k sketch).
 */
function smallestHashes(categories: readonly CategoryCount[]): CategoryCount[] {
  const hashed = categories.map((category) => ({ category, hash: hashString(category.value, hashSeed) }));
  hashed.sort((a, b) => a.hash - b.hash || byCodePoint(a.category.value, b.category.value));
  const kept = hashed.slice(0, listedAtMost).map(({ category }) => category);
  return kept.sort((a, b) => byCodePoint(a.value, b.value));
}

function othersOf(categories: readonly CategoryCount[]): Others {
  const complete = categories.length <= listedAtMost;
  return {
    rows: categories.reduce((sum, { count }) => sum + count, 0),
    ...(complete ? { distinct: categories.length } : {}),
    listed: smallestHashes(categories),
    complete,
  };
}

/** Profiles a column over its own categories, or over the 2,047 most frequent when it has more than 2,048. */
export function profileCategories(identity: Identity, column: CategoryColumn): CategoryProfile {
  const { categories, missing } = categoryCounts(column);
  const kept = categories.length <= exactSupport ? categories : categories.slice(0, exactSupport - 1);
  const rest = categories.slice(kept.length);
  return {
    ...identity,
    missing,
    values: kept.map(({ value }) => value),
    counts: kept.map(({ count }) => count),
    others: { ...othersOf(rest), distinct: rest.length },
  };
}

/** Profiles a column over a reference's categories; all others are counted together and named as far as there is room. */
export function profileCategoriesOver(reference: CategoryProfile, column: CategoryColumn): CategoryProfile {
  const { categories, missing } = categoryCounts(column);
  return countedCategoriesOver(reference, categories, missing);
}

/** The same of categories that have been counted already: all of them. */
export function countedCategoriesOver(
  reference: CategoryProfile,
  categories: readonly CategoryCount[],
  missing: number,
): CategoryProfile {
  const { name, role, type, values } = reference;
  const byValue = new LargeMap(categories.map(({ value, count }) => [value, count]));
  const known = new Set(values);
  return {
    name,
    role,
    type,
    missing,
    values: [...values],
    counts: values.map((value) => byValue.get(value) ?? 0),
    others: othersOf(categories.filter(({ value }) => !known.has(value))),
  };
}

/**
 * The same where only the most frequent of the others were counted. They are listed in place of those whose hash is smallest,
 * so that what is new and frequent has its name.
 *
 * @param present rows with a category, those that were not counted included.
 */
export function frequentCategoriesOver(
  reference: CategoryProfile,
  categories: readonly CategoryCount[],
  { missing, present }: { readonly missing: number; readonly present: number },
): CategoryProfile {
  const profile = countedCategoriesOver(reference, categories, missing);
  const known = new Set(reference.values);
  const others = categories.filter(({ value }) => !known.has(value)).sort(byFrequency);
  const listed = others.slice(0, listedAtMost).sort((a, b) => byCodePoint(a.value, b.value));
  const rows = present - profile.counts.reduce((sum, count) => sum + count, 0);
  return { ...profile, others: { rows, listed, complete: false } };
}

/** The reference's support with nothing counted. */
export function emptyCategories({ name, role, type, values }: CategoryProfile): CategoryProfile {
  return {
    name,
    role,
    type,
    missing: 0,
    values: [...values],
    counts: values.map(() => 0),
    others: othersOf([]),
  };
}

function mergeOthers(a: Others, b: Others): Others {
  const byValue = new Map(a.listed.map(({ value, count }) => [value, count]));
  for (const { value, count } of b.listed) byValue.set(value, (byValue.get(value) ?? 0) + count);
  const union = othersOf([...byValue].map(([value, count]) => ({ value, count })));
  const complete = a.complete && b.complete && union.complete;
  return {
    rows: a.rows + b.rows,
    ...(complete ? { distinct: union.listed.length } : {}),
    listed: union.listed,
    complete,
  };
}

/** Adds the counts of two profiles over the same categories. @throws ConfigurationError when they differ. */
export function mergeCategories(a: CategoryProfile, b: CategoryProfile): CategoryProfile {
  if (a.values.length !== b.values.length || a.values.some((value, i) => value !== b.values[i])) {
    throw new ConfigurationError(
      `cannot add profiles of ${a.name}: one counts over ${a.values.length} categories, the other over ${b.values.length}, and they are not the same; profile both over one reference`,
    );
  }
  return {
    ...a,
    missing: a.missing + b.missing,
    counts: a.counts.map((count, i) => count + b.counts[i]!),
    others: mergeOthers(a.others, b.others),
  };
}
