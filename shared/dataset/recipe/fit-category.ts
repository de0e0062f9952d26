import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { quote } from '../../platform/errors.ts';
import { hashString } from '../../platform/hash.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';
import {
  byCodePoint,
  byFrequency,
  type CategoryCount,
  categoryCounts,
} from '../statistics/category-counts.ts';
import type { CategoryColumn } from '../table/table.ts';
import {
  type ColumnFit,
  checkEncoding,
  constantError,
  featureError,
  fitIndicator,
  warnEmpty,
  warnRare,
} from './fit-policy.ts';
import type { HashFeature, OneHotFeature, OrdinalFeature } from './recipe-schema.ts';
import { fitScaling } from './scaling.ts';

/** Seeds a column's hash by its name, so that two columns do not share their collisions. */
const hashSeed = 0x5bd1e995;

interface Counted {
  /** Most frequent first, then by code point. */
  readonly categories: readonly CategoryCount[];
  readonly missing: number;
  /** What stands for a missing one; null: nothing but the `(missing)` input. */
  readonly impute: string | null;
}

function countCategories(fit: ColumnFit, column: CategoryColumn): Counted {
  const { missing: policy = 'mode' } = fit.policy;
  if (policy === 'median' || policy === 'mean') {
    throw featureError(
      fit,
      'missing',
      `"${policy}" is for numbers and dates, and ${fit.name} is a category column; use mode, level or { constant: … }`,
    );
  }
  const { categories, missing } = categoryCounts(column);
  if (policy === 'level') return { categories, missing, impute: null };
  if (typeof policy === 'object') {
    if (typeof policy.constant !== 'string') throw constantError(fit, policy.constant);
    return { ...withImputed(categories, policy.constant, missing), missing };
  }
  const mode = categories[0];
  if (!mode) {
    warnEmpty(fit, 'it tells the model nothing; leave it out with prepare.exclude');
    return { categories, missing, impute: null };
  }
  // Recipes are published, and name no category of a few rows.
  if (mode.count < fewestPublishedRows) return { categories, missing, impute: null };
  return { ...withImputed(categories, mode.value, missing), missing };
}

/** Counts as they are once missing values have become `impute`. */
function withImputed(
  categories: Counted['categories'],
  impute: string,
  missing: number,
): Pick<Counted, 'categories' | 'impute'> {
  if (missing === 0) return { categories, impute };
  const known = categories.find(({ value }) => value === impute);
  const others = categories.filter((category) => category !== known);
  const imputed = { value: impute, count: (known?.count ?? 0) + missing };
  return { impute, categories: [...others, imputed].sort(byFrequency) };
}

function fitOneHot(fit: ColumnFit, counted: Counted): OneHotFeature {
  const kept = frequentOf(fit, counted).slice(0, fit.policy['max-categories']);
  return {
    kind: 'one-hot',
    column: fit.name,
    impute: counted.impute,
    indicator: counted.impute === null ? counted.missing > 0 : fitIndicator(fit, counted.missing),
    categories: kept.map(({ value }) => value),
    // Without a rare category in training nothing would ever train this input's weight.
    other: kept.length < counted.categories.length,
  };
}

function fitHash(fit: ColumnFit, counted: Counted): HashFeature {
  return {
    kind: 'hash',
    column: fit.name,
    impute: counted.impute,
    indicator: counted.impute === null ? counted.missing > 0 : fitIndicator(fit, counted.missing),
    buckets: fit.policy.buckets,
    seed: hashString(fit.name, hashSeed),
  };
}

/** Categories with an input or a place of their own; the others are "other". */
function frequentOf(fit: ColumnFit, { categories }: Counted): readonly CategoryCount[] {
  return categories.filter(({ count }) => count >= fit.policy['min-count']);
}

/** Whether inputs of their own for the frequent categories, and one for all others, tell most rows apart. */
function isMostlyFrequent(fit: ColumnFit, counted: Counted): boolean {
  const frequent = frequentOf(fit, counted);
  const rowsOf = (categories: readonly CategoryCount[]): number =>
    categories.reduce((sum, { count }) => sum + count, 0);
  return (
    frequent.length <= fit.policy['max-categories'] && 2 * rowsOf(frequent) >= rowsOf(counted.categories)
  );
}

/** The declared order, or the frequent categories sorted by code point. */
function ordinalLevels(fit: ColumnFit, counted: Counted): string[] {
  const { order } = fit.policy;
  if (!order) {
    return frequentOf(fit, counted)
      .map(({ value }) => value)
      .sort(byCodePoint);
  }
  const twice = order.find((level, i) => order.indexOf(level) !== i);
  if (twice !== undefined)
    throw featureError(fit, 'order', `${quote(twice)} is listed twice; list each level once`);
  const stranger = counted.categories.find(({ value }) => !order.includes(value));
  if (stranger) {
    throw featureError(
      fit,
      'order',
      `the training rows hold ${quote(stranger.value)}, which the order does not list (${listNames(order)})${didYouMean(stranger.value, order)}`,
    );
  }
  return order;
}

function fitOrdinal(fit: ColumnFit, counted: Counted): OrdinalFeature {
  const levels = ordinalLevels(fit, counted);
  const places = new Map(levels.map((level, place) => [level, place]));
  const rows = counted.categories.reduce((sum, { count }) => sum + count, 0);
  const isLevel = counted.impute === null;
  const values = new Float64Array(rows + (isLevel ? counted.missing : 0)).fill(levels.length);
  let filled = 0;
  for (const { value, count } of counted.categories) {
    values.fill(places.get(value) ?? -1, filled, filled + count);
    filled += count;
  }
  return {
    kind: 'ordinal',
    column: fit.name,
    impute: counted.impute,
    indicator: fitIndicator(fit, counted.missing),
    levels,
    scaling: fitScaling(fit.policy.scale, values),
  };
}

/**
 * Fits a category column: one-hot, ordinal or hash; `auto` is one-hot up to max-categories frequent ones that hold at least
 * half of the rows, hash otherwise.
 *
 * @throws ConfigurationError when the feature's policy does not fit the column's values.
 */
export function fitCategory(
  fit: ColumnFit,
  column: CategoryColumn,
): OneHotFeature | OrdinalFeature | HashFeature {
  if (fit.policy.transform !== 'none') {
    throw featureError(
      fit,
      'transform',
      `${quote(fit.policy.transform)} is for numbers, and ${fit.name} is a category column; leave it out`,
    );
  }
  checkEncoding(fit, ['one-hot', 'ordinal', 'hash']);
  const counted = countCategories(fit, column);
  const auto = isMostlyFrequent(fit, counted) ? 'one-hot' : 'hash';
  const encode = fit.policy.encode === 'auto' ? auto : fit.policy.encode;
  if (encode === 'hash') return fitHash(fit, counted);
  warnRare(fit, counted.categories.length - frequentOf(fit, counted).length, counted.categories.length);
  return encode === 'ordinal' ? fitOrdinal(fit, counted) : fitOneHot(fit, counted);
}
