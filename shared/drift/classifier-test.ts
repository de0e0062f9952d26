import type { Random } from '../platform/random.ts';
import type { EncodedRows } from './encoded-rows.ts';
import { sequentialP } from './permutation.ts';
import { symmetricInverse } from './symmetric-inverse.ts';

const folds = 4;
/** Ridge penalty in rows: features have unit variance, so this much data speaks against every coefficient. */
const penalty = 0.25;

export interface ClassifierTest {
  /** Area under the ROC curve of rows held out, current rows being the positive ones. */
  readonly auc: number;
  readonly p: number;
}

/** All that does not depend on which rows are current: made once, used by every permutation. */
interface Machine {
  /** Rows after each other, features inside. */
  readonly rows: Float64Array;
  readonly size: number;
  readonly count: number;
  /** Fold of each row. */
  readonly fold: Uint8Array;
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

/** Σ x xᵀ over the rows of each fold. */
function foldProducts(rows: Float64Array, size: number, fold: Uint8Array): Float64Array[] {
  const products = Array.from({ length: folds }, () => new Float64Array(size * size));
  for (let i = 0; i < fold.length; i++) {
    const into = products[fold[i]!]!;
    const row = rows.subarray(i * size, (i + 1) * size);
    for (let a = 0; a < size; a++) {
      const left = row[a]!;
      for (let b = 0; b <= a; b++) {
        const at = a * size + b;
        into[at] = into[at]! + left * row[b]!;
      }
    }
  }
  return products;
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

function machineOf({ features, reference, current }: EncodedRows, random: Random): Machine {
  const count = reference + current;
  const size = features.length;
  const rows = byRow(features, count);
  const fold = random.shuffle(Uint8Array.from({ length: count }, (_, i) => i % folds));
  const all = new Uint8Array(count).fill(1);
  const sums = foldSums({ rows, size, fold }, all);
  const counts = foldCounts({ fold }, all);
  const products = foldProducts(rows, size, fold);
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

/** Σ x of the rows of each fold that are marked. */
function foldSums(
  { rows, size, fold }: Pick<Machine, 'rows' | 'size' | 'fold'>,
  marked: Uint8Array,
): Float64Array[] {
  const sums = Array.from({ length: folds }, () => new Float64Array(size));
  for (let i = 0; i < fold.length; i++) {
    if (marked[i] === 0) continue;
    const into = sums[fold[i]!]!;
    for (let j = 0, at = i * size; j < size; j++, at++) into[j] = into[j]! + rows[at]!;
  }
  return sums;
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

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}

/** What a dealing of the labels gives: classifiers, and how far they tell the sides apart. */
interface Fitted {
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
function separate(machine: Machine, current: Uint8Array, { reference: n, current: m }: EncodedRows): Fitted {
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
    product += dot(weights, labelled[f]!) - (dot(weights, sums[f]!) / counts[f]!) * labels;
    squares += dot(weights, times(scatters[f]!, weights));
    return weights;
  });
  return { coefficients, separation: squares > 0 ? product / Math.sqrt(squares) : 0 };
}

function foldCounts({ fold }: Pick<Machine, 'fold'>, marked: Uint8Array): Float64Array {
  const counts = new Float64Array(folds);
  for (let i = 0; i < fold.length; i++) counts[fold[i]!]! += marked[i]!;
  return counts;
}

/** Scores of the held-out rows, centred in each fold. */
function heldOutScores(machine: Machine, coefficients: readonly Float64Array[]): Float64Array {
  const { rows, size, count, fold, sums, counts } = machine;
  const means = coefficients.map((weights, f) => dot(weights, sums[f]!) / counts[f]!);
  return Float64Array.from({ length: count }, (_, i) => {
    const own = rows.subarray(i * size, (i + 1) * size);
    return dot(coefficients[fold[i]!]!, own) - means[fold[i]!]!;
  });
}

/** Mann-Whitney: the chance that a current row scores higher than a reference row, ties counting half. */
function areaUnderCurve(scores: Float64Array, reference: number): number {
  const current = scores.subarray(reference).slice().sort();
  const others = scores.subarray(0, reference).slice().sort();
  let below = 0;
  let equal = 0;
  let wins = 0;
  for (const score of current) {
    while (below < others.length && others[below]! < score) below++;
    equal = below;
    while (equal < others.length && others[equal] === score) equal++;
    wins += below + (equal - below) / 2;
  }
  return wins / (current.length * others.length);
}

/**
 * The classifier two-sample test: if a classifier can tell current rows from reference rows that it was not fitted
 * on, they are of two distributions. A ridge classifier in closed form over {@link encodeRows}, cross-fitted in four
 * folds and fitted anew for every permutation of the labels, so that its p-value is exact at any size.
 *
 * Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", 2017; Friedman, "On multivariate goodness-of-fit and
 * two-sample testing", 2004. Needs a feature, and rows enough for four folds.
 */
export function classifierTest(
  encoded: EncodedRows,
  { random, permutations }: { random: Random; permutations: number },
): ClassifierTest {
  const machine = machineOf(encoded, random.fork('folds'));
  const { reference } = encoded;
  const labels = Uint8Array.from({ length: machine.count }, (_, i) => Number(i >= reference));
  const { coefficients, separation } = separate(machine, labels, encoded);
  const order = random.fork('permutations');
  const dealt = labels.slice();
  const p = sequentialP(
    () => {
      order.shuffle(dealt);
      return separate(machine, dealt, encoded).separation >= separation;
    },
    { permutations },
  );
  return { auc: areaUnderCurve(heldOutScores(machine, coefficients), reference), p };
}
