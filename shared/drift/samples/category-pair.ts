import { exactSupport } from '../../dataset/profile/profile-number.ts';
import type { CategoryProfile } from '../../dataset/profile/profile-schema.ts';
import { byFrequency, type CategoryCount, categoryCounts } from '../../dataset/statistics/category-counts.ts';
import type { CategoryColumn } from '../../dataset/table/table.ts';
import type { CellPair } from './cell-pair.ts';

/** Categories up to which each has a cell of its own. */
const mostCells = 2048;
/** Rows expected of a category in the reference below which it joins the others where not all categories are known. */
const leastExpected = 10;

/** Two samples of categories as counts over the same cells. */
export interface CategoryPair extends CellPair {
  /** The cells' categories; the last is undefined where it holds all others together. */
  readonly labels: readonly (string | undefined)[];
  /** Every category has a cell. */
  readonly exact: boolean;
  /** Categories that the current rows have and the reference does not, most frequent first, as far as known. */
  readonly added: readonly CategoryCount[];
  /** Every category that is named, where the current rows' all are; the reference has none as far as it is known. */
  readonly named?: readonly NamedRows[];
  /** Rows of the reference that a category may have which it does not name. */
  readonly hidden: number;
}

/** A category's rows on both sides. */
export interface NamedRows {
  readonly label: string;
  readonly reference: number;
  readonly current: number;
}

/** A sample's categories, and how many rows have one that is not named. */
export interface CountedCategories {
  readonly categories: readonly CategoryCount[];
  readonly unnamed: number;
  /** Of a profile's support of the most frequent categories: the smallest count in it. */
  readonly least?: number;
  /** Rows that a category may have at the most which is not named; absent where all are. */
  readonly hidden?: number;
}

/** All categories of a column. */
export function countedColumn(column: CategoryColumn): CountedCategories {
  return { categories: categoryCounts(column).categories, unnamed: 0 };
}

/** What a profile names. @param minCount fewest rows of a category that it names, of a published one. */
export function countedCategories(
  { values, counts, others }: CategoryProfile,
  minCount?: number,
): CountedCategories {
  const named = values.map((value, i) => ({ value, count: counts[i]! }));
  const listed = others.listed.reduce((sum, { count }) => sum + count, 0);
  const positive = counts.filter((count) => count > 0);
  return {
    categories: [...named, ...others.listed].filter(({ count }) => count > 0),
    unnamed: others.rows - listed,
    ...(others.rows > listed && positive.length > 0 ? { least: Math.min(...positive) } : {}),
    ...(others.rows > listed
      ? { hidden: Math.min(others.rows - listed, mostHidden({ values, counts: positive }, minCount)) }
      : {}),
  };
}

/** The support names the most frequent categories: the others have no more rows than the rarest of them. */
function mostHidden(
  { values, counts }: { readonly values: readonly string[]; readonly counts: readonly number[] },
  minCount: number | undefined,
): number {
  const rarest = counts.length > 0 ? Math.min(...counts) : Number.POSITIVE_INFINITY;
  return minCount !== undefined && values.length < exactSupport - 1 ? Math.min(rarest, minCount - 1) : rarest;
}

interface Cell {
  readonly label: string | undefined;
  readonly reference: number;
  readonly current: number;
}

function union(reference: CountedCategories, current: CountedCategories): Cell[] {
  const counts = new Map(current.categories.map(({ value, count }) => [value, count]));
  const cells: Cell[] = reference.categories.map(({ value, count }) => {
    const other = counts.get(value) ?? 0;
    counts.delete(value);
    return { label: value, reference: count, current: other };
  });
  for (const [value, count] of counts) cells.push({ label: value, reference: 0, current: count });
  return cells;
}

function together(cells: readonly Cell[], unnamed: { reference: number; current: number }): Cell {
  return cells.reduce<Cell>(
    (sum, cell) => ({
      label: undefined,
      reference: sum.reference + cell.reference,
      current: sum.current + cell.current,
    }),
    { label: undefined, ...unnamed },
  );
}

/**
 * Splits cells into those kept and those that join the others. Which are kept depends only on the pooled counts:
 * cells chosen because the reference has many rows of them would have fewer in any other sample, drift or none.
 */
function split(
  cells: readonly Cell[],
  reference: CountedCategories,
  current: CountedCategories,
): { kept: readonly Cell[]; rest: readonly Cell[] } {
  if (reference.unnamed + current.unnamed === 0) {
    if (cells.length <= mostCells) return { kept: cells, rest: [] };
    const count = ({ label = '', reference: a, current: b }: Cell): CategoryCount => ({
      value: label,
      count: a + b,
    });
    const sorted = cells.toSorted((a, b) => byFrequency(count(a), count(b)));
    return { kept: sorted.slice(0, mostCells - 1), rest: sorted.slice(mostCells - 1) };
  }
  const rows = cells.reduce((sum, cell) => sum + cell.reference, reference.unnamed);
  const all = cells.reduce((sum, cell) => sum + cell.current, rows + current.unnamed);
  // A category that frequent would hardly have missed the reference's support.
  const { least = 0 } = reference;
  const wanted = leastExpected + least + 5 * Math.sqrt(least);
  const frequent = (cell: Cell): boolean => (cell.reference + cell.current) * (rows / all) >= wanted;
  return { kept: cells.filter(frequent), rest: cells.filter((cell) => !frequent(cell)) };
}

/**
 * Both samples over the union of their categories. Where a profile does not name them all, or there are more than
 * 2,048, the rare ones share a cell.
 */
export function pairOfCategories(reference: CountedCategories, current: CountedCategories): CategoryPair {
  const cells = union(reference, current);
  const { kept, rest } = split(cells, reference, current);
  const unnamed = { reference: reference.unnamed, current: current.unnamed };
  const exact = rest.length === 0 && unnamed.reference + unnamed.current === 0;
  const shown = exact ? kept : [...kept, together(rest, unnamed)];
  // A category that the reference does not name may be among those that it has.
  const added = unnamed.reference > 0 ? [] : cells.filter((cell) => cell.reference === 0);
  return {
    labels: shown.map(({ label }) => label),
    reference: Float64Array.from(shown, (cell) => cell.reference),
    current: Float64Array.from(shown, (cell) => cell.current),
    exact,
    added: added.map(({ label = '', current: count }) => ({ value: label, count })).sort(byFrequency),
    ...(current.unnamed > 0
      ? {}
      : { named: cells.map(({ label = '', ...counts }) => ({ label, ...counts })) }),
    hidden: reference.hidden ?? 0,
  };
}
