import { symmetricInverse } from '../../algebra/cholesky.ts';
import { dotProduct } from '../../algebra/dot-product.ts';
import type { Random } from '../../platform/random.ts';
import type { EncodedRows } from './encoded-rows.ts';
import { type FoldedRows, foldCounts, foldProducts, foldSums, folds } from './fold-sums.ts';

/** Ridge penalty in rows: features have unit variance, so this much data speaks against every coefficient. */
const penalty = 0.25;

/** All that does not depend on which rows are current: made once, used by every permutation. */
export interface Machine extends FoldedRows {
  readonly count: number;
  /** For each fold the inverse of the other folds' penalised products of features. */
  readonly inverses: readonly Float64Array[];
  /** For each fold Σ x xᵀ of its rows about their mean. */
  readonly scatters: readonly Float64Array[];
  /** For each fold Σ x. */
  readonly sums: readonly Float64Array[];
  readonly counts: Float64Array;
}

function byRow(features: readonly Float64Array[], count: number): Float64Array {
  const size = features.length;
  const rows = new Float64Array(count * size);
  features.forEach((feature, j) => {
    for (let i = 0; i < count; i++) rows[i * size + j] = feature[i]!;
  });
  return rows;
}

/** Σ x xᵀ about the mean, both halves of it, from the lower half of Σ x xᵀ. */
function scatterOf(product: Float64Array, sum: Float64Array, count: number): Float64Array {
  const size = sum.length;
  const scatter = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      const value = product[a * size + b]! - (sum[a]! * sum[b]!) / count;
      scatter[a * size + b] = value;
      scatter[b * size + a] = value;
    }
  }
  return scatter;
}

/** Deals the rows to folds, and works out what all permutations have in common. */
export function machineOf({ features, reference, current }: EncodedRows, random: Random): Machine {
  const count = reference + current;
  const size = features.length;
  const rows = byRow(features, count);
  const fold = random.shuffle(Uint8Array.from({ length: count }, (_, i) => i % folds));
  const all = new Uint8Array(count).fill(1);
  const folded = { rows, size, fold };
  const sums = foldSums(folded, all);
  const counts = foldCounts(folded, all);
  const products = foldProducts(folded);
  const inverses = products.map((_, left) => {
    const sum = new Float64Array(size * size);
    products.forEach((product, i) => {
      if (i !== left) for (let at = 0; at < sum.length; at++) sum[at]! += product[at]!;
    });
    for (let a = 0; a < size; a++) {
      sum[a * size + a]! += penalty * count;
      for (let b = 0; b < a; b++) sum[b * size + a] = sum[a * size + b]!;
    }
    return symmetricInverse(sum, size);
  });
  const scatters = products.map((product, f) => scatterOf(product, sums[f]!, counts[f]!));
  return { rows, size, count, fold, inverses, scatters, sums, counts };
}

/** A symmetric matrix times a vector; its lower half is read, once, since that is what takes the time. */
function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const out = new Float64Array(size);
  for (let a = 0; a < size; a++) {
    const weight = vector[a]!;
    let own = 0;
    let at = a * size;
    for (let b = 0; b < a; b++, at++) {
      const entry = matrix[at]!;
      out[b] = out[b]! + weight * entry;
      own += vector[b]! * entry;
    }
    out[a] = out[a]! + own + weight * matrix[at]!;
  }
  return out;
}

/** What a dealing of the labels gives: classifiers, and how far they tell the sides apart. */
export interface FittedFolds {
  /** Coefficients of each fold's classifier, fitted on the other folds. */
  readonly coefficients: readonly Float64Array[];
  /** How far the scores of held-out current rows are above the others', over the scores' spread. */
  readonly separation: number;
}

/**
 * Fits a classifier for each fold and scores the fold, without going through the rows: the sums of labelled scores
 * and of their squares, centred in each fold, follow from the folds' sums and scatter.
 *
 * @param current 1 for the rows dealt to the current side; they count 1 / current, the others -1 / reference.
 */
export function separate(
  machine: Machine,
  current: Uint8Array,
  { reference: n, current: m }: Pick<EncodedRows, 'reference' | 'current'>,
): FittedFolds {
  const { inverses, scatters, sums, counts, size } = machine;
  const marked = foldSums(machine, current);
  const labelled = marked.map((of, f) => of.map((value, j) => value * (1 / n + 1 / m) - sums[f]![j]! / n));
  const total = new Float64Array(size);
  for (const of of labelled) for (let j = 0; j < size; j++) total[j]! += of[j]!;
  const inFold = foldCounts(machine, current);
  let product = 0;
  let squares = 0;
  const coefficients = inverses.map((inverse, f) => {
    const weights = times(
      inverse,
      total.map((value, j) => value - labelled[f]![j]!),
    );
    const labels = inFold[f]! * (1 / n + 1 / m) - counts[f]! / n;
    product += dotProduct(weights, labelled[f]!) - (dotProduct(weights, sums[f]!) / counts[f]!) * labels;
    squares += dotProduct(weights, times(scatters[f]!, weights));
    return weights;
  });
  return { coefficients, separation: squares > 0 ? product / Math.sqrt(squares) : 0 };
}

/** Scores of the held-out rows, centred in each fold. */
export function heldOutScores(machine: Machine, coefficients: readonly Float64Array[]): Float64Array {
  const { rows, size, count, fold, sums, counts } = machine;
  const means = coefficients.map((weights, f) => dotProduct(weights, sums[f]!) / counts[f]!);
  return Float64Array.from({ length: count }, (_, i) => {
    const own = rows.subarray(i * size, (i + 1) * size);
    return dotProduct(coefficients[fold[i]!]!, own) - means[fold[i]!]!;
  });
}
