import type { CategoryProfile, ColumnProfile, Profile } from './profile-schema.ts';
import { publishedNumbers } from './published-numbers.ts';

/** Categories of fewer rows join the others, which are not named. */
function mergeCategoriesBelow(column: CategoryProfile, least: number): CategoryProfile {
  const kept = column.counts.map((count) => count >= least);
  const values = column.values.filter((_, i) => kept[i]);
  const counts = column.counts.filter((_, i) => kept[i]);
  const merged = column.counts.filter((_, i) => !kept[i]);
  const { rows, distinct } = column.others;
  return {
    ...column,
    values,
    counts,
    others: {
      rows: merged.reduce((sum, count) => sum + count, rows),
      ...(distinct === undefined ? {} : { distinct: distinct + merged.length }),
      listed: [],
      complete: rows === 0 && merged.length === 0,
    },
  };
}

function mergeBelow(column: ColumnProfile, least: number): ColumnProfile {
  switch (column.type) {
    case 'category':
      return mergeCategoriesBelow(column, least);
    case 'boolean':
      return column;
    default:
      return publishedNumbers(column, least);
  }
}

/**
 * A reference that may be published: no value, bin or category with fewer than `minCount` rows is shown on its own, and
 * no smallest or largest value. Profiles over it count on the coarser support. This holds for each profile by itself:
 * two of tables that share most of their rows may differ by fewer.
 *
 * @param minCount at least 2.
 * @throws RangeError when `minCount` is not a whole number of at least 2.
 */
export function withMinCount(profile: Profile, minCount: number): Profile {
  if (!(Number.isInteger(minCount) && minCount >= 2)) {
    throw new RangeError(
      `a published profile merges values seen in fewer than ${minCount} rows: use a whole number of at least 2`,
    );
  }
  return { ...profile, minCount, columns: profile.columns.map((column) => mergeBelow(column, minCount)) };
}
