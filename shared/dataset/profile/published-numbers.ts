import { type EdgeGrid, edgeBetween, stepOfValues } from '../statistics/bin-edge.ts';
import { noMoments } from '../statistics/moments.ts';
import type { NumberProfile } from './profile-schema.ts';

/** Bins of a published column at the most; values of many rows have points of their own beside them. */
const mostBins = 256;
/** Rows of the outermost point for each row beyond it, from which on those are counted at the point. */
const strayShare = 20;

/** A count that may be shown: none, or enough rows that no single one can be told. */
function isShowable(count: number, least: number): boolean {
  return count === 0 || count >= least;
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Points and gaps between two points that are kept, or beyond the outermost of them. */
interface Stretch {
  /** Index of the kept point before it; -1 at the beginning. */
  readonly from: number;
  /** Index of the kept point behind it; the number of points at the end. */
  readonly to: number;
  readonly rows: number;
}

function stretchesOf({ at, between }: NumberProfile, kept: readonly number[]): Stretch[] {
  const ends = [-1, ...kept, at.length];
  return ends.slice(1).map((to, i) => {
    const from = ends[i]!;
    return { from, to, rows: sumOf(at.slice(from + 1, to)) + sumOf(between.slice(from + 1, to + 1)) };
  });
}

/** Few rows beyond a point of very many are counted at it: the point would be lost for their sake. */
function withoutStrays(column: NumberProfile, stretches: readonly Stretch[], least: number): NumberProfile {
  const at = [...column.at];
  const between = [...column.between];
  const absorb = ({ from, to, rows }: Stretch, point: number): void => {
    if (rows === 0 || rows >= least || at[point]! < strayShare * rows) return;
    for (let i = from + 1; i < to; i++) at[i] = 0;
    for (let i = from + 1; i <= to; i++) between[i] = 0;
    at[point]! += rows;
  };
  if (stretches.length < 2) return column;
  absorb(stretches[0]!, stretches[0]!.to);
  absorb(stretches.at(-1)!, stretches.at(-1)!.from);
  return { ...column, at, between };
}

/**
 * Points with a bin's share of the rows stay points. Where the rows between two of them are too few to be shown, the
 * smaller of the two joins them.
 */
function keptPoints(column: NumberProfile, least: number, share: number): number[] {
  const { at } = column;
  let kept = at.flatMap((rows, i) => (rows >= share ? [i] : []));
  for (;;) {
    const small = stretchesOf(column, kept).find(({ rows }) => !isShowable(rows, least));
    if (!small || kept.length === 0) return kept;
    const neighbours = [small.from, small.to].filter((i) => i >= 0 && i < at.length);
    const lost = neighbours.reduce((a, b) => (at[b]! < at[a]! ? b : a));
    kept = kept.filter((i) => i !== lost);
  }
}

/** Counts over edges, which are points that no row is at. */
interface Bins {
  readonly edges: readonly number[];
  /** One more than edges. */
  readonly counts: readonly number[];
}

/**
 * Cuts a stretch into bins of at least a share of the rows. An edge lies between two points; of rows between them that
 * are known only by their number, half count on either side, and none towards the fewest rows of a bin.
 */
function binsOf({ points, at, between }: NumberProfile, stretch: Stretch, wanted: Wanted): Bins {
  const { least, share, grid } = wanted;
  const edges: number[] = [];
  const counts: number[] = [];
  let shown = between[stretch.from + 1]!;
  let sure = shown;
  let left = stretch.rows - shown;
  for (let i = stretch.from + 1; i < stretch.to; i++) {
    const gap = between[i + 1]!;
    shown += at[i]!;
    sure += at[i]!;
    left -= at[i]! + gap;
    const before = Math.floor(gap / 2);
    const enough = sure >= least && left >= least && shown + before >= share && left + gap - before >= share;
    const edge =
      enough && i + 1 < stretch.to
        ? edgeBetween(points[i]!, points[i + 1]!, gap > 0 ? grid : { type: grid.type })
        : undefined;
    if (edge === undefined) {
      shown += gap;
      sure += gap;
      continue;
    }
    edges.push(edge);
    counts.push(shown + before);
    shown = gap - before;
    sure = 0;
  }
  return { edges, counts: [...counts, shown] };
}

interface Wanted {
  /** Rows of a bin at the least. */
  readonly least: number;
  /** Rows that a bin should have. */
  readonly share: number;
  readonly grid: EdgeGrid;
}

function binned(column: NumberProfile, least: number): NumberProfile {
  const rows = sumOf(column.at) + sumOf(column.between);
  const share = Math.max(least, Math.ceil(rows / mostBins));
  const heavy = column.at.flatMap((count, i) => (count >= share ? [i] : []));
  const own = withoutStrays(column, stretchesOf(column, heavy), least);
  const kept = keptPoints(own, least, share);
  const { type } = own;
  const step = own.between.some((count) => count > 0) ? stepOfValues(own.points, type) : undefined;
  const wanted = { least, share, grid: step === undefined ? { type } : { type, step } };
  const points: number[] = [];
  const at: number[] = [];
  const between: number[] = [];
  for (const stretch of stretchesOf(own, kept)) {
    const bins = binsOf(own, stretch, wanted);
    points.push(...bins.edges);
    at.push(...bins.edges.map(() => 0));
    between.push(...bins.counts);
    if (stretch.to === own.points.length) continue;
    points.push(own.points[stretch.to]!);
    at.push(own.at[stretch.to]!);
  }
  return { ...column, support: 'bins', points, at, between };
}

/**
 * A column of numbers or dates as it may be published. Values that at least `least` rows have, each of them, stay as they
 * are; otherwise neighbours go into bins of equal shares of the rows, at least `least` each and at most 256, whose edges
 * are no row's value; of these, values with a bin's share of the rows keep a point of their own. The outermost bins are
 * open, and the smallest and the largest value are left out; so are the moments of fewer rows than `least`.
 */
export function publishedNumbers(column: NumberProfile, least: number): NumberProfile {
  // A point that no row is at is an edge, or another table's value.
  const shown =
    column.at.every((rows) => rows >= least || (rows === 0 && column.support === 'bins')) &&
    column.between.every((rows) => isShowable(rows, least));
  const moments = column.moments.count < least ? noMoments : { ...column.moments, min: null, max: null };
  return { ...(shown ? column : binned(column, least)), moments };
}
