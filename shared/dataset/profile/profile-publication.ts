import type { CategoryProfile, ColumnProfile, NumberProfile, Profile } from './profile-schema.ts';

/** A count that may be shown: none, or enough rows that no single one can be recognised. */
function showable(count: number, least: number): boolean {
  return count === 0 || count >= least;
}

/**
 * Drops points until every point has at least `least` rows and every gap none or at least as many; a dropped
 * point's rows go into the gap around it.
 */
function mergeNumbersBelow(column: NumberProfile, least: number): NumberProfile {
  const points: number[] = [];
  const at: number[] = [];
  const between: number[] = [];
  let gap = column.between[0]!;
  for (let i = 0; i < column.points.length; i++) {
    const next = column.between[i + 1]!;
    if (column.at[i]! >= least && showable(gap, least)) {
      points.push(column.points[i]!);
      at.push(column.at[i]!);
      between.push(gap);
      gap = next;
    } else gap += column.at[i]! + next;
  }
  while (!showable(gap, least) && points.length > 0) {
    points.pop();
    gap += at.pop()! + between.pop()!;
  }
  between.push(gap);
  return { ...column, points, at, between, moments: { ...column.moments, min: null, max: null } };
}

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
      return mergeNumbersBelow(column, least);
  }
}

/**
 * A reference that may be published: no value or gap with fewer than `minCount` rows is shown on its own, and no
 * smallest or largest value. Profiles over it count on the coarser support.
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
