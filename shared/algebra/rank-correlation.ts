import { ascendingOrder } from './ascending-order.ts';

/** Numbers reduced to their order: made once by a sort, after which ranks of any part of them are counted. */
export interface Ordering {
  /** The place of each number among the different ones, ascending from 0; -1 where it is missing (NaN). */
  readonly places: Int32Array;
  /** How many different numbers there are. */
  readonly distinct: number;
}

/** Sorts numbers; NaN is missing. */
export function orderingOf(values: Float64Array): Ordering {
  const rows = new Uint32Array(values.length);
  const present = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    present[count] = values[i]!;
    rows[count++] = i;
  }
  const order = ascendingOrder(present.subarray(0, count));
  const places = new Int32Array(values.length).fill(-1);
  let place = -1;
  for (let i = 0; i < count; i++) {
    const at = order[i]!;
    if (i === 0 || present[at] !== present[order[i - 1]!]) place++;
    places[rows[at]!] = place;
  }
  return { places, distinct: place + 1 };
}

/**
 * Ranks from 1, where equal numbers share the mean of the ranks that they span; NaN where the number is missing.
 * scipy: `stats.rankdata(values, nan_policy="omit")`.
 *
 * @example midranks(Float64Array.of(7, 3, 7)) // 2.5, 1, 2.5
 */
export function midranks(values: Float64Array): Float64Array {
  const { places, distinct } = orderingOf(values);
  return ranksOf(places, distinct);
}

function ranksOf(places: Int32Array, distinct: number): Float64Array {
  const byPlace = rankByPlace(places, distinct);
  const ranks = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) ranks[i] = places[i]! < 0 ? Number.NaN : byPlace[places[i]!]!;
  return ranks;
}

/** The midrank that each place has among the given ones; those below 0 are missing. */
function rankByPlace(places: Int32Array, distinct: number): Float64Array {
  const ranks = new Float64Array(distinct);
  for (let i = 0; i < places.length; i++) if (places[i]! >= 0) ranks[places[i]!]!++;
  let before = 0;
  for (let place = 0; place < distinct; place++) {
    const count = ranks[place]!;
    ranks[place] = before + (count + 1) / 2;
    before += count;
  }
  return ranks;
}

/** A rank correlation, and the rows that it is of. */
export interface RankCorrelation {
  /** Rows where neither number is missing. */
  readonly rows: number;
  /** From -1 to 1; NaN where one side has a single value, or there are fewer than two rows. */
  readonly rho: number;
}

/**
 * Spearman's rank correlation of the rows where neither number is missing, ties with midranks. scipy:
 * `stats.spearmanr(a, b, nan_policy="omit")`. It is simple-statistics' `sampleCorrelation` of the ranks, to the last bit, but knows
 * their mean: (n + 1) / 2.
 *
 * @param a as many numbers as `b`.
 */
export function rankCorrelation(a: Ordering, b: Ordering): RankCorrelation {
  const [left, right] = [new Int32Array(a.places.length), new Int32Array(a.places.length)];
  let rows = 0;
  for (let row = 0; row < a.places.length; row++) {
    if (a.places[row]! < 0 || b.places[row]! < 0) continue;
    left[rows] = a.places[row]!;
    right[rows++] = b.places[row]!;
  }
  if (rows < 2) return { rows, rho: Number.NaN };
  const leftRanks = rankByPlace(left.subarray(0, rows), a.distinct);
  const rightRanks = rankByPlace(right.subarray(0, rows), b.distinct);
  const centre = (rows + 1) / 2;
  let [products, leftSquares, rightSquares] = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    const x = leftRanks[left[i]!]! - centre;
    const y = rightRanks[right[i]!]! - centre;
    products += x * y;
    leftSquares += x * x;
    rightSquares += y * y;
  }
  const last = rows - 1;
  const rho = products / last / Math.sqrt(leftSquares / last) / Math.sqrt(rightSquares / last);
  // Rounding can lead a bit beyond the ends.
  return { rows, rho: Math.min(1, Math.max(-1, rho)) };
}
