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

function machineOf({ features, reference, current }: EncodedRows, random: Random): Machine {
  const count = reference + current;
  const size = features.length;
  const rows = byRow(features, count);
  const fold = random.shuffle(Uint8Array.from({ length: count }, (_, i) => i % folds));
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
  return { rows, size, count, fold, inverses };
}

/** Coefficients of each fold's classifier, fitted on the other folds. */
function solve({ rows, size, count, fold, inverses }: Machine, labels: Float64Array): Float64Array[] {
  const sums = Array.from({ length: folds }, () => new Float64Array(size));
  for (let i = 0; i < count; i++) {
    const into = sums[fold[i]!]!;
    const label = labels[i]!;
    for (let j = 0, at = i * size; j < size; j++, at++) into[j] = into[j]! + label * rows[at]!;
  }
  return inverses.map((inverse, left) => {
    const target = new Float64Array(size);
    sums.forEach((sum, i) => {
      if (i !== left) for (let j = 0; j < size; j++) target[j]! += sum[j]!;
    });
    return target.map((_, a) => {
      let value = 0;
      for (let b = 0; b < size; b++) value += inverse[a * size + b]! * target[b]!;
      return value;
    });
  });
}

/** Scores of the held-out rows, centred in each fold. */
function heldOutScores(machine: Machine, labels: Float64Array): Float64Array {
  const { rows, size, count, fold } = machine;
  const coefficients = solve(machine, labels);
  const scores = new Float64Array(count);
  const means = new Float64Array(folds);
  const counts = new Float64Array(folds);
  for (let i = 0; i < count; i++) {
    const weights = coefficients[fold[i]!]!;
    let score = 0;
    for (let j = 0, at = i * size; j < size; j++, at++) score += weights[j]! * rows[at]!;
    scores[i] = score;
    means[fold[i]!]! += score;
    counts[fold[i]!]! += 1;
  }
  return scores.map((score, i) => score - means[fold[i]!]! / counts[fold[i]!]!);
}

/** How far the scores of current rows are above the others', over the scores' spread. */
function separation(scores: Float64Array, labels: Float64Array): number {
  let product = 0;
  let squares = 0;
  for (let i = 0; i < scores.length; i++) {
    product += scores[i]! * labels[i]!;
    squares += scores[i]! ** 2;
  }
  return squares > 0 ? product / Math.sqrt(squares) : 0;
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
  const { reference, current } = encoded;
  const labels = Float64Array.from({ length: machine.count }, (_, i) =>
    i < reference ? -1 / reference : 1 / current,
  );
  const scores = heldOutScores(machine, labels);
  const observed = separation(scores, labels);
  const order = random.fork('permutations');
  const dealt = labels.slice();
  const p = sequentialP(
    () => {
      order.shuffle(dealt);
      return separation(heldOutScores(machine, dealt), dealt) >= observed;
    },
    { permutations },
  );
  return { auc: areaUnderCurve(scores, reference), p };
}
