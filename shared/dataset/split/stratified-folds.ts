// Folds that hold about the same of the target, for folds that are made once and promise nothing to rows that come later.
import { LargeMap } from '../../platform/large-map.ts';
import { positionOf } from './split.ts';

/** What is spread evenly over the folds: classes, or numbers by their size. */
export type StratifiedTarget =
  | { readonly kind: 'classes'; readonly codes: Int32Array }
  | { readonly kind: 'numbers'; readonly values: Float64Array };

/** Rows to be put into folds. */
export interface RowsToStratify {
  /** Hashes of keys or groups: rows of equal words stay together. */
  readonly words: Uint32Array;
  readonly seed: number;
  /** None missing. */
  readonly target: StratifiedTarget;
}

/** Quantile bins of a number that whole groups are spread by. */
const groupBins = 10;

/** Rows that stay together. */
interface Unit {
  readonly rows: readonly number[];
  /** On [0, 1), by the seeded hash of its word. */
  readonly position: number;
}

/**
 * Folds of which each has its share of every class, or of every stretch of the sorted target: a block of as many rows as there
 * are folds has one in each. In which fold a row is follows from the order of the seeded hashes.
 *
 * Units of several rows come first, the largest before the others, each into the fold that has least of what it brings. Where
 * all units are single rows the folds' sizes differ by one at most, and so do their counts of every class.
 *
 * @returns by row its fold, from 0 to `count` - 1.
 */
export function stratifiedFolds({ words, seed, target }: RowsToStratify, count: number): Uint8Array {
  const units = unitsOf(words, seed);
  const isSingle = units.length === words.length;
  const strata = strataOf(target, units, isSingle ? count : Math.ceil(words.length / groupBins));
  const rowsOf = new Float64Array(1 + strata.reduce((most, own) => Math.max(most, own), 0));
  for (const stratum of strata) rowsOf[stratum]!++;
  const firstOf = ({ rows }: Unit): number => strata[rows[0]!]!;
  // Rare classes first, while the folds are still even: two rows of a class then come into folds that are not neighbours.
  const ordered = units.toSorted(
    (a, b) =>
      b.rows.length - a.rows.length ||
      rowsOf[firstOf(a)]! - rowsOf[firstOf(b)]! ||
      firstOf(a) - firstOf(b) ||
      a.position - b.position ||
      a.rows[0]! - b.rows[0]!,
  );
  const places = dealingOrder(count);
  const held = places.map(() => new Float64Array(rowsOf.length));
  const sizes = places.map(() => 0);
  const folds = new Uint8Array(words.length);
  for (const { rows } of ordered) {
    const own = rows.map((row) => strata[row]!);
    const costs = held.map((counts) => own.reduce((sum, s) => sum + counts[s]! / rowsOf[s]! ** 2, 0));
    let best = 0;
    for (let at = 1; at < count; at++) {
      if (costs[at]! < costs[best]! || (costs[at] === costs[best] && sizes[at]! < sizes[best]!)) best = at;
    }
    for (const stratum of own) held[best]![stratum]!++;
    sizes[best]! += rows.length;
    for (const row of rows) folds[row] = places[best]!;
  }
  return folds;
}

/** Folds by the order in which they are dealt to: of an odd number every other one, so that neighbours do not follow each other. */
function dealingOrder(count: number): number[] {
  const step = count % 2 === 1 ? 2 : 1;
  return Array.from({ length: count }, (_, at) => (at * step) % count);
}

function unitsOf(words: Uint32Array, seed: number): Unit[] {
  const rowsOf = new LargeMap<number, number[]>();
  for (const [row, word] of words.entries()) {
    const known = rowsOf.get(word);
    if (known) known.push(row);
    else rowsOf.set(word, [row]);
  }
  return Array.from(rowsOf, ([word, rows]) => ({ rows, position: positionOf(word, seed) }));
}

/** By row its class, or which block of the rows sorted by the target it is in. @param block rows of a block. */
function strataOf(target: StratifiedTarget, units: readonly Unit[], block: number): Int32Array {
  if (target.kind === 'classes') return target.codes;
  const { values } = target;
  const position = new Float64Array(values.length);
  for (const unit of units) for (const row of unit.rows) position[row] = unit.position;
  const sorted = Int32Array.from(values.keys()).sort(
    (a, b) => values[a]! - values[b]! || position[a]! - position[b]! || a - b,
  );
  const strata = new Int32Array(values.length);
  for (const [rank, row] of sorted.entries()) strata[row] = Math.floor(rank / block);
  return strata;
}
