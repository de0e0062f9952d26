import type { Random } from '../../platform/random.ts';
import { sequentialP } from '../hypothesis-tests/permutation.ts';
import { heldOutScores, machineOf, separate } from './classifier-machine.ts';
import type { DealtUnits } from './dealt-units.ts';
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

/** Draws labels, 1 for current. */
type Deal = (random: Random) => Uint8Array;

function dealingRows(labels: Uint8Array): Deal {
  const dealt = labels.slice();
  return (random) => random.shuffle(dealt);
}

/** Whole units go to one side or the other, as many of them as there are. */
function dealingUnits({ units, reference, current }: DealtUnits, labels: Uint8Array): Deal {
  const sides = Uint8Array.from({ length: reference + current }, (_, unit) => Number(unit >= reference));
  const dealt = labels.slice();
  return (random) => {
    random.shuffle(sides);
    for (let row = 0; row < dealt.length; row++) dealt[row] = sides[units[row]!]!;
    return dealt;
  };
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
  { random, permutations, units }: { random: Random; permutations: number; units?: DealtUnits | undefined },
): ClassifierTest {
  const machine = machineOf(encoded, random.fork('folds'));
  const { reference } = encoded;
  const labels = Uint8Array.from({ length: machine.count }, (_, i) => Number(i >= reference));
  const { coefficients, separation } = separate(machine, labels, encoded);
  const deal = units ? dealingUnits(units, labels) : dealingRows(labels);
  const order = random.fork('permutations');
  const p = sequentialP(
    () => {
      const dealt = deal(order);
      const current = dealt.reduce((sum, label) => sum + label, 0);
      if (current === 0 || current === dealt.length) return true;
      return (
        separate(machine, dealt, { reference: dealt.length - current, current }).separation >= separation
      );
    },
    { permutations },
  );
  return { auc: areaUnderCurve(heldOutScores(machine, coefficients), reference), p };
}
