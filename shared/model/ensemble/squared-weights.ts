import { factorise, solveFactorised } from '../../algebra/cholesky.ts';
import { dotProduct } from '../../algebra/dot-product.ts';
import { distinctParts } from './distinct-parts.ts';

/**
 * Share of each part's own squared error that is added to it alone: of parts that say almost the same, the weights are then
 * spread and determined, and no system of equations is singular. It moves a weight by about as much.
 */
const ridge = 1e-10;

/** A part comes in only where it lowers the squared error by more than this share of it: less is rounding. */
const leastGain = 1e-12;

/**
 * The weights, none negative, together 1, of which the blend has the least squared error: non-negative least squares with a
 * sum. Since the weights add up to 1, the blend's error is the same blend of the parts' errors E, and the weights are the
 * shortest vector in their convex hull: least wᵀGw with G = EᵀE. An active-set method (Wolfe, Finding the nearest point
 * in a polytope, Mathematical Programming 11, 1976) finds it in a few steps, each a small Cholesky system.
 *
 * @param errors of each part prediction less truth, row by row; all finite.
 * @param rowWeights how much each row counts; default all the same.
 */
export function squaredWeights(errors: readonly Float64Array[], rowWeights?: Float64Array): number[] {
  const { columns, shared } = distinctParts(errors, (error) => weightedProduct(error, error, rowWeights));
  const parts = columns.length;
  const gram = new Float64Array(parts * parts);
  for (let i = 0; i < parts; i++) {
    for (let j = 0; j <= i; j++) {
      const product = weightedProduct(columns[i]!, columns[j]!, rowWeights);
      gram[i * parts + j] = product;
      gram[j * parts + i] = product;
    }
  }
  const best = Float64Array.from({ length: parts }, (_, part) => (part === 0 ? 1 : 0));
  // The first has the least error of its own; none at all cannot be bettered.
  if (!(gram[0]! > 0)) return shared([...best]);
  const weights = nearestPoint(ridged(gram, parts), parts);
  return shared([...(quadratic(gram, weights) < gram[0]! ? weights : best)]);
}

function weightedProduct(a: Float64Array, b: Float64Array, rowWeights?: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < a.length; row++) sum += a[row]! * b[row]! * (rowWeights ? rowWeights[row]! : 1);
  return sum;
}

function ridged(gram: Float64Array, parts: number): Float64Array {
  const out = gram.slice();
  for (let part = 0; part < parts; part++) out[part * (parts + 1)]! *= 1 + ridge;
  return out;
}

/** Wolfe's method: the support grows by the part that would help most, and loses those whose weight would be negative. */
function nearestPoint(gram: Float64Array, parts: number): Float64Array {
  let weights: Float64Array = Float64Array.from({ length: parts }, (_, part) => (part === 0 ? 1 : 0));
  let support = [0];
  // Each step lowers the error, so no support comes twice; the bound is there for rounding alone.
  for (let step = 0; step < 20 * parts; step++) {
    const slopes = times(gram, weights);
    const reached = dotProduct(weights, slopes);
    const next = steepest(slopes, support, reached * (1 - leastGain));
    if (next === undefined) break;
    support.push(next);
    for (;;) {
      const solved = onSupport(gram, parts, support);
      if (!solved) return weights;
      const blocking = support.filter((part) => solved[part]! <= 0);
      if (blocking.length === 0) {
        weights = solved;
        break;
      }
      const stride = Math.min(...blocking.map((part) => weights[part]! / (weights[part]! - solved[part]!)));
      weights = weights.map((weight, part) => Math.max(0, weight + stride * (solved[part]! - weight)));
      for (const part of blocking) {
        if (weights[part]! <= 1e-15) weights[part] = 0;
      }
      const kept = support.filter((part) => weights[part]! > 0);
      // Rounding may leave the one that stopped the step a trace above 0.
      support = kept.length < support.length ? kept : support.filter((part) => part !== blocking[0]);
      for (let part = 0; part < parts; part++) if (!support.includes(part)) weights[part] = 0;
      normalise(weights);
    }
  }
  return weights;
}

function steepest(slopes: Float64Array, support: readonly number[], limit: number): number | undefined {
  let found: number | undefined;
  for (const [part, slope] of slopes.entries()) {
    if (support.includes(part) || slope >= limit) continue;
    if (found === undefined || slope < slopes[found]!) found = part;
  }
  return found;
}

/** The best weights of these parts alone, negative ones allowed: G⁻¹·1, divided by its sum. */
function onSupport(gram: Float64Array, parts: number, support: readonly number[]): Float64Array | undefined {
  const size = support.length;
  // Each part on the scale of its own error: parts of very different errors stay well-conditioned.
  const scale = support.map((part) => Math.sqrt(gram[part * (parts + 1)]!));
  const system = new Float64Array(size * size);
  for (const [i, a] of support.entries()) {
    for (const [j, b] of support.entries()) {
      system[i * size + j] = gram[a * parts + b]! / (scale[i]! * scale[j]!);
    }
  }
  if (!factorise(system, size)) return undefined;
  const solved = Float64Array.from(scale, (own) => 1 / own);
  solveFactorised(system, size, solved);
  const weights = new Float64Array(parts);
  for (const [i, part] of support.entries()) weights[part] = solved[i]! / scale[i]!;
  normalise(weights);
  return weights;
}

function normalise(weights: Float64Array): void {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  for (let part = 0; part < weights.length; part++) weights[part]! /= sum;
}

function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, i) => dotProduct(matrix.subarray(i * size, (i + 1) * size), vector));
}

function quadratic(matrix: Float64Array, weights: Float64Array): number {
  return dotProduct(weights, times(matrix, weights));
}
