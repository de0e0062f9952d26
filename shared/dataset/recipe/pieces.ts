// A number as shares of quantile bins: a linear model bends where the data are.
import { type PublishedPlaces, publishedPlaces } from '../statistics/published-values.ts';

/** As many bins as there are times this many values, within bounds. */
const rowsOfBin = 60;
const fewestBins = 4;
const mostBins = 24;
/** A bin so much thinner than its neighbour is an error of rounding. */
const rounding = 1e-9;

/**
 * Edges of the bins of a piecewise-linear encoding: quantiles of the training values, clip(n / 60, 4, 24) bins, equal edges
 * once. An edge that is the value of fewer than five rows gives way to a number beside it: recipes are published.
 *
 * Source: Gorishniy, Rubachev and Babenko 2022, "On embeddings for numerical features in tabular deep learning", section 3.2.
 *
 * @param values none missing, after the transform; not changed.
 * @param places their {@link piecePlaces}.
 * @returns undefined where one bin would say no more than the column itself: it has two values, or fewer.
 * @example 240 ages from 18 to 89: [18, 30, 41, 57, 88]
 */
export function fitPieces(values: Float64Array, places = piecePlaces(values)): number[] | undefined {
  if (!places?.bounds) return undefined;
  const { bounds, quantiles } = places;
  const [low, high] = bounds;
  if (!values.some((value) => low < value && value < high)) return undefined;
  const inner = quantiles.filter((edge) => low < edge && edge < high);
  const edges = distinctEdges([low, ...inner.sort((a, b) => a - b), high]);
  return edges.length > 2 ? edges : undefined;
}

/** What {@link fitPieces} must know of where values lie; undefined of none. */
export function piecePlaces(values: Float64Array): PublishedPlaces | undefined {
  if (values.length === 0) return undefined;
  const bins = Math.min(Math.max(Math.floor(values.length / rowsOfBin), fewestBins), mostBins);
  const shares = Array.from({ length: bins - 1 }, (_, i) => (i + 1) / bins);
  return publishedPlaces(values, shares, 'number');
}

/**
 * Equal edges once, also those that only rounding tells apart: a quantile's rank is a product, and where it is whole but for
 * its last bit, the value of the next rank pulls at the edge a little.
 *
 * @param edges ascending; the first and the last are kept.
 */
function distinctEdges(edges: readonly number[]): number[] {
  const last = edges.length - 1;
  const kept = [edges[0]!];
  for (let i = 1; i < last; i++) {
    const [below, edge, above] = [kept.at(-1)! / 2, edges[i]! / 2, edges[i + 1]! / 2];
    const thin = rounding * (above - below);
    if (edge - below > thin && above - edge > thin) kept.push(edges[i]!);
  }
  return [...kept, edges[last]!];
}

/** What the inputs of the bins are called: `75 to 92`. */
export function pieceNames(edges: readonly number[]): string[] {
  return edges.slice(1).map((edge, bin) => `${edges[bin]} to ${edge}`);
}

/**
 * The encoding as a function: for each bin `clip((value - low) / (high - low), 0, 1)`, written from `at` on. What it does not
 * write stays 0.
 *
 * @throws RangeError when the edges do not rise.
 */
export function compilePieces(
  edges: readonly number[],
): (value: number, out: Float32Array, at: number) => void {
  const stray = edges.findIndex((edge, i) => i > 0 && !(edges[i - 1]! < edge));
  if (stray > 0) {
    throw new RangeError(
      `the edges of a piecewise-linear encoding must rise, and ${edges[stray]} follows ${edges[stray - 1]}`,
    );
  }
  const bins = edges.length - 1;
  // A bin may be wider than the largest number; halves are exact and fit.
  const unit = Number.isFinite(edges[bins]! - edges[0]!) ? 1 : 0.5;
  const scaled = Float64Array.from(edges, (edge) => edge * unit);
  return (value, out, at) => {
    const point = value * unit;
    for (let bin = 0; bin < bins; bin++) {
      const low = scaled[bin]!;
      const high = scaled[bin + 1]!;
      if (!(point > low)) return;
      out[at + bin] = point >= high ? 1 : (point - low) / (high - low);
    }
  };
}
