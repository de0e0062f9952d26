import type { ColumnProfile, NumberProfile, Profile } from '../../dataset/profile/profile-schema.ts';
import { hasWholeNumbers } from '../../dataset/profile/whole-numbers.ts';
import type { Recipe } from '../../dataset/recipe/recipe-schema.ts';
import type { ColumnSchema } from '../../dataset/schema/schema.ts';
import type { Value } from '../../dataset/table/table.ts';
import { day } from '../../platform/time-lengths.ts';

/**
 * The median of a profiled column: the point, or the middle of the gap, at which half of the rows are reached.
 *
 * @returns undefined without rows, or where the half lies beyond the outermost point.
 */
export function medianOf({ points, at, between }: NumberProfile): number | undefined {
  const rows = [...at, ...between].reduce((sum, count) => sum + count, 0);
  let reached = between[0] ?? 0;
  if (rows === 0) return undefined;
  for (const [i, point] of points.entries()) {
    if (reached >= rows / 2) return i === 0 ? point : (points[i - 1]! + point) / 2;
    reached += at[i]!;
    if (reached >= rows / 2) return point;
    reached += between[i + 1]!;
  }
  return points.at(-1);
}

function imputed(column: ColumnSchema, recipe: Recipe): Value | undefined {
  const feature = recipe.features.find((candidate) => candidate.column === column.name);
  return feature && 'impute' in feature ? feature.impute : undefined;
}

function profiled(profile: ColumnProfile | undefined): Value | undefined {
  if (!profile) return undefined;
  switch (profile.type) {
    case 'boolean':
      return profile.true + profile.false === 0 ? undefined : profile.true > profile.false;
    case 'category':
      return profile.values[0];
    default:
      return medianOf(profile);
  }
}

/** Decimals of the reference's values, at most 6: a median between two of them is written with no more. */
function decimalsOf(profile: ColumnProfile | undefined): number {
  const points = profile?.type === 'number' && !hasWholeNumbers(profile) ? profile.points : [];
  return points.reduce((most, point) => {
    const decimals = /\.(\d+)$/.exec(String(point))?.[1]?.length ?? (String(point).includes('e') ? 6 : 0);
    return Math.min(6, Math.max(most, decimals));
  }, 0);
}

/** The step in which a column's numbers are written: 1 for whole ones, 0.1 with one decimal. */
export function stepOf(profile: ColumnProfile | undefined): number {
  return Number(`1e-${decimalsOf(profile)}`);
}

/**
 * A value that is neither high nor low: the median, the most frequent category. Where the profile has none, what the
 * recipe puts in the place of a missing value; else the middle of the range, the first category, false.
 */
export function typicalValue(column: ColumnSchema, profile: Profile, recipe: Recipe): Value {
  const found = profile.columns.find(({ name }) => name === column.name);
  const value = profiled(found) ?? imputed(column, recipe) ?? fallback(column);
  if (typeof value !== 'number') return value;
  const [low, high] = column.seen ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const within = Math.min(high, Math.max(low, value));
  if (column.type !== 'date') return Number(within.toFixed(found ? decimalsOf(found) : 6));
  return column.seen?.every((time) => time % day === 0) ? Math.round(within / day) * day : Math.round(within);
}

function fallback(column: ColumnSchema): Value {
  if (column.seen) return (column.seen[0] + column.seen[1]) / 2;
  if (column.type === 'category') return column.categories?.[0] ?? null;
  if (column.type === 'boolean') return false;
  const [low, high] = column.range ?? [null, null];
  return low ?? high ?? (column.nullable ? null : 0);
}
