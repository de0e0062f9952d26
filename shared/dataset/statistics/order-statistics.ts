// Statistics of one column: moments, quantiles, counts of different values.
const fewestBuckets = 4096;
const smallEnough = 8192;
const maxDepth = 6;

/**
 * More buckets leave less to be sorted in each, and cost more to count into: of very many values, and most where many ranks are
 * wanted. A power of two.
 */
function bucketsFor(values: number, ranks: number): number {
  const most = ranks > 400 ? 65_536 : 16_384;
  let buckets = fewestBuckets;
  while (buckets < most && buckets * 32 <= values) buckets *= 2;
  return buckets;
}

/** The values that are not missing (NaN): the given array itself where none is, which nobody may change. */
export function presentValues(values: Float64Array): Float64Array {
  let missing = 0;
  for (let i = 0; i < values.length; i++) missing += Number(Number.isNaN(values[i]!));
  if (missing === 0) return values;
  const present = new Float64Array(values.length - missing);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) present[count++] = value;
  }
  return present;
}

function selectSorted(
  values: Float64Array,
  ranks: readonly number[],
  shift: number,
  out: Float64Array,
  at: number,
): void {
  const sorted = values.slice().sort();
  for (let r = 0; r < ranks.length; r++) out[at + r] = sorted[ranks[r]! - shift]!;
}

/** Selection among values whose smallest has rank `shift`; writes one result for each rank. */
function select(
  values: Float64Array,
  ranks: readonly number[],
  shift: number,
  out: Float64Array,
  at: number,
  depth: number,
): void {
  if (values.length <= smallEnough || depth >= maxDepth) {
    selectSorted(values, ranks, shift, out, at);
    return;
  }
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const buckets = bucketsFor(values.length, ranks.length);
  const factor = (buckets - 1) / (max - min);
  if (min === max || !Number.isFinite(factor) || factor === 0) {
    selectSorted(values, ranks, shift, out, at);
    return;
  }
  const starts = new Uint32Array(buckets + 1);
  for (let i = 0; i < values.length; i++) {
    const bucket = ((values[i]! - min) * factor) | 0;
    starts[bucket + 1] = starts[bucket + 1]! + 1;
  }
  for (let b = 0; b < buckets; b++) starts[b + 1] = starts[b + 1]! + starts[b]!;

  const wanted = new Int32Array(buckets).fill(-1);
  const groups: { ranks: number[]; values: Float64Array; filled: number; at: number; shift: number }[] = [];
  let bucket = 0;
  for (let r = 0; r < ranks.length; r++) {
    while (starts[bucket + 1]! <= ranks[r]! - shift) bucket++;
    if (wanted[bucket]! < 0) {
      wanted[bucket] = groups.length;
      const size = starts[bucket + 1]! - starts[bucket]!;
      const first = shift + starts[bucket]!;
      groups.push({ ranks: [], values: new Float64Array(size), filled: 0, at: at + r, shift: first });
    }
    groups[wanted[bucket]!]!.ranks.push(ranks[r]!);
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const group = wanted[((value - min) * factor) | 0]!;
    if (group < 0) continue;
    const target = groups[group]!;
    target.values[target.filled++] = value;
  }
  for (const group of groups) select(group.values, group.ranks, group.shift, out, group.at, depth + 1);
}

/** The value at a rank that was asked for. */
export type ValueAtRank = (rank: number) => number;

/**
 * The values at the given ranks of the sorted order, without sorting: values are counted into equal-width
 * buckets and only the buckets that hold a wanted rank are looked into, again and again.
 *
 * @param values none missing; not changed.
 * @param ranks from 0, below `values.length`, in any order; many together cost little more than one.
 * @returns gives the value of each of them; -0 is 0.
 */
export function valuesAtRanks(values: Float64Array, ranks: readonly number[]): ValueAtRank {
  const ascending = [...new Set(ranks)].sort((a, b) => a - b);
  const found = new Float64Array(ascending.length);
  select(values, ascending, 0, found, 0, 0);
  const byRank = new Map(ascending.map((rank, i) => [rank, found[i]! + 0]));
  return (rank) => byRank.get(rank)!;
}

/** {@link valuesAtRanks} as one value for each rank, in their order. */
export function orderStatistics(values: Float64Array, ranks: readonly number[]): number[] {
  return ranks.map(valuesAtRanks(values, ranks));
}

/** The ranks that a quantile lies between. */
export function quantileRanks(share: number, last: number): [number, number] {
  const below = Math.floor(share * last);
  return [below, Math.min(below + 1, last)];
}

/** A quantile, see {@link quantilesOf}. @param valueAt of its {@link quantileRanks}. @param last rank that there is. */
export function quantileAt(share: number, valueAt: ValueAtRank, last: number): number {
  const [below, above] = quantileRanks(share, last);
  const [low, high] = [valueAt(below), valueAt(above)];
  const part = share * last - below;
  if (!Number.isFinite(high - low)) return low * (1 - part) + high * part;
  // From the nearer end, as numpy does, so that both ends are met exactly.
  return (part < 0.5 ? low + (high - low) * part : high - (high - low) * (1 - part)) + 0;
}

/**
 * Quantiles by linear interpolation between order statistics (Hyndman and Fan's type 7; the default of numpy).
 *
 * @param values none missing; at least one.
 * @param shares from 0 to 1, in any order.
 * @throws RangeError when there are no values.
 */
export function quantilesOf(values: Float64Array, shares: readonly number[]): number[] {
  if (values.length === 0) throw new RangeError('quantiles of no values: give at least one');
  const last = values.length - 1;
  const valueAt = valuesAtRanks(
    values,
    shares.flatMap((share) => quantileRanks(share, last)),
  );
  return shares.map((share) => quantileAt(share, valueAt, last));
}

/** The ranks in the middle, which are one where the number of values is odd. */
export function middleRanks(last: number): [number, number] {
  return [Math.floor(last / 2), Math.ceil(last / 2)];
}

/** The middle value, or the mean of the two middle ones. @param valueAt of the {@link middleRanks}. */
export function medianAt(valueAt: ValueAtRank, last: number): number {
  const [low, high] = middleRanks(last).map(valueAt);
  return low === high ? low! : low! / 2 + high! / 2 + 0;
}
