import {
  type BlendTargets,
  blended,
  blendWeights,
  type PartPredictions,
  targetRows,
  targetWidth,
} from './blend-weights.ts';

/** A blend on out-of-fold predictions. */
export interface FoldBlend {
  /** Of each row the blend by weights that its fold had no part in; in the parts' layout. */
  readonly predictions: Float64Array;
  /** By fold and part: found on the rows of the other folds. */
  readonly byFold: ReadonlyMap<number, readonly number[]>;
  /** By part: found on all rows, those of the model that is kept. */
  readonly weights: readonly number[];
}

/**
 * Blends parts without a leak: the weights for the rows of one fold come from the rows of the others, so that the blend can
 * be judged on the very rows that it is made of, as each part can be on its out-of-fold predictions.
 *
 * @param parts out-of-fold predictions of each part, see {@link PartPredictions}.
 * @param folds of each row its fold, of any whole numbers.
 * @param rowWeights how much each row counts; default all the same.
 * @throws RangeError when there are fewer than two folds, or {@link blendWeights} refuses the parts.
 */
export function blendFolds(
  parts: PartPredictions,
  folds: ArrayLike<number>,
  targets: BlendTargets,
  rowWeights?: Float64Array,
): FoldBlend {
  const rows = targetRows(targets);
  const width = targetWidth(targets);
  const weights = blendWeights(parts, targets, rowWeights);
  const known = [...new Set(Array.from(folds))].sort((a, b) => a - b);
  if (folds.length !== rows || known.length < 2) {
    throw new RangeError(
      `cannot blend ${rows} rows by folds: ${folds.length} rows have a fold, and there are ${known.length}; each row needs one, of two or more`,
    );
  }
  const predictions = new Float64Array(rows * width);
  const byFold = new Map<number, readonly number[]>();
  for (const fold of known) {
    const inside: number[] = [];
    const outside: number[] = [];
    for (let row = 0; row < rows; row++) (folds[row] === fold ? inside : outside).push(row);
    const own = blendWeights(
      parts.map((predicted) => rowsOf(predicted, outside, width)),
      targetsOf(targets, outside),
      rowWeights && rowsOf(rowWeights, outside, 1),
    );
    byFold.set(fold, own);
    const answers = blended(
      parts.map((predicted) => rowsOf(predicted, inside, width)),
      own,
    );
    for (const [at, row] of inside.entries()) {
      for (let k = 0; k < width; k++) predictions[row * width + k] = answers[at * width + k]!;
    }
  }
  return { predictions, byFold, weights };
}

function rowsOf(values: Float64Array, rows: readonly number[], width: number): Float64Array {
  const out = new Float64Array(rows.length * width);
  for (const [at, row] of rows.entries()) {
    for (let k = 0; k < width; k++) out[at * width + k] = values[row * width + k]!;
  }
  return out;
}

function targetsOf(targets: BlendTargets, rows: readonly number[]): BlendTargets {
  return targets.kind === 'numbers'
    ? { kind: 'numbers', values: rowsOf(targets.values, rows, 1) }
    : { ...targets, codes: Int32Array.from(rows, (row) => targets.codes[row]!) };
}
