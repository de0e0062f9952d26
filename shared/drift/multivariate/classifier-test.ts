import type { Random } from '../../platform/random.ts';
import { sequentialP } from '../hypothesis-tests/permutation.ts';
import { heldOutScores, machineOf, separate } from './classifier-machine.ts';
import type { EncodedRows } from './encoded-rows.ts';

export interface ClassifierTest {
  /** Area under the ROC curve of rows held out, current rows being the positive ones. */
  readonly auc: number;
  readonly p: number;
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
 * folds and fitted again for every permutation of the labels, so that its p-value is exact at any size.
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
