import { ascendingOrder } from '../../algebra/ascending-order.ts';
import type { ClassificationPredictions } from './predictions.ts';

/** Rows in ascending order of the probability of one class, "positive" meaning that class. */
export interface Ranking {
  /** Row × 2, plus 1 when the row is positive, by ascending probability; of equals negatives first. */
  readonly entries: Uint32Array;
  /** Where each group of equal probabilities starts in `entries`, and at the end the number of entries. */
  readonly groups: Uint32Array;
  /** Start and end in `entries` of each group that holds positives and negatives. */
  readonly mixed: Uint32Array;
}

/** Sorts the rows by the probability of a class. The predictions have probabilities. */
export function rankRows(predictions: ClassificationPredictions, code: number): Ranking {
  const { actual } = predictions;
  const scores = scoresOf(predictions, code);
  const entries = new Uint32Array(actual.length);
  const groups = new Uint32Array(entries.length + 1);
  const mixed: number[] = [];
  const order = ascendingOrder(scores);
  let found = 0;
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start]!]!;
    let end = start + 1;
    while (end < order.length && scores[order[end]!] === score) end++;
    let at = start;
    for (let i = start; i < end; i++) if (actual[order[i]!] !== code) entries[at++] = order[i]! * 2;
    if (at > start && at < end) mixed.push(start, end);
    for (let i = start; at < end; i++) if (actual[order[i]!] === code) entries[at++] = order[i]! * 2 + 1;
    groups[found++] = start;
    start = end;
  }
  groups[found++] = entries.length;
  return { entries, groups: groups.slice(0, found), mixed: Uint32Array.from(mixed) };
}

function scoresOf({ probabilities, classes }: ClassificationPredictions, code: number): Float64Array {
  if (!probabilities) throw new TypeError('labels without probabilities cannot be ranked');
  const width = classes.length;
  const scores = new Float64Array(probabilities.length / width);
  for (let i = 0; i < scores.length; i++) scores[i] = probabilities[i * width + code]!;
  return scores;
}

/** Rows with a weight each; whole or not. */
export interface RankWeights {
  readonly counts: ArrayLike<number>;
  readonly total: number;
}

/** Weights of rows of either side. */
interface SideWeights {
  readonly positives: number;
  readonly negatives: number;
}

/** Rows that are imagined beside those that were ranked. */
export interface UnseenRanks {
  /** Where a perfect score would put them. */
  readonly perfect: SideWeights;
  /** Evenly spread: the score says nothing of them. */
  readonly spread: SideWeights;
}

const no: SideWeights = { positives: 0, negatives: 0 };
const nothingUnseen: UnseenRanks = { perfect: no, spread: no };

/**
 * The area under the ROC curve at a weighting: the share of (positive, negative) pairs in which the positive has the
 * higher probability, ties counting half. NaN when the rows that count are all positive or all negative.
 */
export function rankedArea(ranking: Ranking, weights: RankWeights): number {
  return weighedArea(ranking, weights)(nothingUnseen);
}

/** What a score of a ranking is at a weighting, by the rows that are imagined beside. */
export type WeighedRanking = (unseen: UnseenRanks) => number;

/** {@link rankedArea} of ranked rows that are summed once, for several imagined ones. */
export function weighedArea({ entries, mixed }: Ranking, { counts, total }: RankWeights): WeighedRanking {
  let pairs = 0;
  let negatives = 0;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    const count = counts[entry >>> 1]!;
    const positive = count * (entry & 1);
    pairs += positive * negatives;
    negatives += count - positive;
  }
  // Inside a group of equals negatives come first, so each of its pairs was counted whole.
  for (let m = 0; m < mixed.length; m += 2) {
    let tied = 0;
    let above = 0;
    for (let i = mixed[m]!; i < mixed[m + 1]!; i++) {
      const entry = entries[i]!;
      const count = counts[entry >>> 1]!;
      if ((entry & 1) === 0) tied += count;
      else above += count;
    }
    pairs -= (tied * above) / 2;
  }
  const positives = total - negatives;
  return (unseen) => areaWith({ pairs, positives, negatives }, unseen);
}

function areaWith(
  { pairs, positives, negatives }: SideWeights & { readonly pairs: number },
  { perfect, spread }: UnseenRanks,
): number {
  if (!(positives > 0 && negatives > 0)) return Number.NaN;
  const above = positives + perfect.positives;
  const below = negatives + perfect.negatives;
  const all = (above + spread.positives) * (below + spread.negatives);
  // Beside the pairs of ranked rows: those with a perfectly placed row are right, those with a spread one half right.
  const right = pairs + above * below - positives * negatives;
  // Rounding must not make a perfect order better than perfect.
  return Math.min(1, (right + (all - above * below) / 2) / all);
}

/**
 * Average precision at a weighting: Σ over the distinct probabilities, descending, of the gain in recall × the
 * precision there. NaN when no positive row counts.
 */
export function rankedPrecision(ranking: Ranking, weights: RankWeights): number {
  return weighedPrecision(ranking, weights)(nothingUnseen);
}

/** {@link rankedPrecision} of ranked rows that are summed once, for several imagined ones. */
export function weighedPrecision(
  { entries, groups }: Ranking,
  { counts, total }: RankWeights,
): WeighedRanking {
  const positives = new Float64Array(groups.length - 1);
  const rows = new Float64Array(positives.length);
  for (let g = 0; g < rows.length; g++) {
    let [hits, all] = [0, 0];
    const end = groups[g + 1]!;
    for (let i = groups[g]!; i < end; i++) {
      const entry = entries[i]!;
      const count = counts[entry >>> 1]!;
      all += count;
      hits += count * (entry & 1);
    }
    positives[g] = hits;
    rows[g] = all;
  }
  return (unseen) => precisionWith({ positives, rows, total }, unseen);
}

function precisionWith(
  {
    positives,
    rows,
    total,
  }: { readonly positives: Float64Array; readonly rows: Float64Array; readonly total: number },
  { perfect, spread }: UnseenRanks,
): number {
  // Perfectly placed positives come before all others; perfectly placed negatives, after the last positive, cost nothing.
  const positivesSpread = spread.positives / total;
  const rowsSpread = positivesSpread + spread.negatives / total;
  let found = perfect.positives;
  let taken = found;
  let area = found;
  for (let g = rows.length - 1; g >= 0; g--) {
    const more = positives[g]! + rows[g]! * positivesSpread;
    taken += rows[g]! * (1 + rowsSpread);
    if (more === 0) continue;
    found += more;
    area += (more * found) / taken;
  }
  return found > 0 ? area / found : Number.NaN;
}
