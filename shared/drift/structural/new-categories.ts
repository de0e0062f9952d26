import { logChoices } from '../../algebra/log-choices.ts';
import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import { allRows, type EffectiveShares } from '../dependence/effective-rows.ts';
import type { NamedRows } from '../samples/category-pair.ts';
import { leastShare } from './structural-test.ts';

export interface CategoriesOfBothSides {
  readonly named: readonly NamedRows[];
  /** Rows that a category which is not named in the reference may have there at the most; 0 where all are named. */
  readonly unseen: number;
  readonly rows: { readonly reference: number; readonly current: number };
}

export interface NewCategories {
  readonly p: number;
  /** Each in at least five current rows, the most frequent first. */
  readonly added: readonly { readonly label: string; readonly rows: number }[];
  /** Of the current rows. */
  readonly share: number;
  /** Whether the reference surely has none of their rows. */
  readonly sure: boolean;
}

/** ln of the chance that at most `few` of a category's `count` pooled rows are the reference's, given how many each side has. */
function logHidden(count: number, few: number, { n, m }: { n: number; m: number }): number {
  const ways = logChoices(n + m, count);
  let most = Number.NEGATIVE_INFINITY;
  const terms: number[] = [];
  for (let rows = 0; rows <= few; rows++) {
    if (count - rows > m || rows > n || rows > count) continue;
    const term = logChoices(n, rows) + logChoices(m, count - rows) - ways;
    terms.push(term);
    most = Math.max(most, term);
  }
  return terms.length === 0
    ? Number.NEGATIVE_INFINITY
    : most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0));
}

/**
 * The chance that any category at all is as new as the most frequent new one, with its k current rows and none in the
 * reference, when pooled rows are dealt to the sides at random: at most Σ C(m, c) / C(n + m, c) over all categories of both
 * sides whose c pooled rows are at least k, the new ones among them (Boole's inequality). Where there are many rare
 * categories, as of names and places, that is large: some of them are always new. Where a reference's profile leaves rare
 * ones out, "none" is "no more than it may hide".
 *
 * @returns undefined where none is new in 1% of the current rows, counting those that at least five rows have.
 */
export function newCategories(
  { named, unseen, rows }: CategoriesOfBothSides,
  shares: EffectiveShares = allRows,
): NewCategories | undefined {
  const added = named
    .filter(({ reference, current }) => reference === 0 && current >= fewestPublishedRows)
    .sort((a, b) => b.current - a.current || (a.label < b.label ? -1 : 1));
  const share = added.reduce((sum, { current }) => sum + current, 0) / rows.current;
  if (!(share >= leastShare)) return undefined;
  const few = Math.ceil(unseen * shares.reference);
  const k = added[0]!.current * shares.current;
  const effective = { n: rows.reference * shares.reference, m: rows.current * shares.current };
  const p = named.reduce((sum, { reference, current }) => {
    // One that the reference does not name may have rows there; with fewer it is more easily hidden, so none are counted.
    const count = reference * shares.reference + current * shares.current;
    return count < k ? sum : sum + Math.exp(logHidden(count, few, effective));
  }, 0);
  return {
    p: Math.min(1, p),
    added: added.map(({ label, current }) => ({ label, rows: current })),
    share,
    sure: unseen === 0,
  };
}
