import { mixtureWeights } from './mixture-weights.ts';
import { squaredWeights } from './squared-weights.ts';

/** What is to be predicted, by row: numbers, or indices into the classes. */
export type BlendTargets =
  | { readonly kind: 'numbers'; readonly values: Float64Array }
  | { readonly kind: 'classes'; readonly codes: Int32Array; readonly classes: readonly string[] };

/**
 * What each part says of the rows: of numbers one a row; of classes every class's probability, row-major rows × classes, of
 * two classes too.
 */
export type PartPredictions = readonly Float64Array[];

/** The least probability that a log-loss is made of, as the metric has it. */
const leastChance = 2 ** -52;

/**
 * The weights of a blend: none negative, together 1. Of numbers those of the least squared error, of classes those of the
 * least log-loss. The order of parts does not matter, to the bit; parts that say the same share a weight.
 *
 * @param rowWeights how much each row counts; default all the same.
 * @throws RangeError when there is no part or no row, lengths differ, or a prediction is not a finite number.
 */
export function blendWeights(
  parts: PartPredictions,
  targets: BlendTargets,
  rowWeights?: Float64Array,
): number[] {
  checkParts(parts, targets, rowWeights);
  if (parts.length === 1) return [1];
  if (targets.kind === 'numbers') {
    const { values } = targets;
    return squaredWeights(
      parts.map((predicted) => predicted.map((value, row) => value - values[row]!)),
      rowWeights,
    );
  }
  const { codes, classes } = targets;
  const chancesOf = (probabilities: Float64Array): Float64Array =>
    Float64Array.from(codes, (code, row) =>
      Math.min(1, Math.max(leastChance, probabilities[row * classes.length + code]!)),
    );
  return mixtureWeights(parts.map(chancesOf), rowWeights);
}

/** The blend of the parts' predictions, in the same layout. */
export function blended(parts: PartPredictions, weights: readonly number[]): Float64Array {
  const out = new Float64Array(parts[0]?.length ?? 0);
  for (const [part, predicted] of parts.entries()) {
    const weight = weights[part]!;
    if (weight === 0) continue;
    for (let at = 0; at < out.length; at++) out[at]! += weight * predicted[at]!;
  }
  return out;
}

/** Rows of the targets. */
export function targetRows(targets: BlendTargets): number {
  return targets.kind === 'numbers' ? targets.values.length : targets.codes.length;
}

/** Numbers that a part says of each row. */
export function targetWidth(targets: BlendTargets): number {
  return targets.kind === 'numbers' ? 1 : targets.classes.length;
}

function checkParts(parts: PartPredictions, targets: BlendTargets, rowWeights?: Float64Array): void {
  const rows = targetRows(targets);
  const expected = rows * targetWidth(targets);
  const refuse = (why: string): never => {
    throw new RangeError(`cannot weigh a blend of ${parts.length} parts on ${rows} rows: ${why}`);
  };
  if (parts.length === 0 || rows === 0) refuse('it needs at least one part and one row');
  for (const [part, predicted] of parts.entries()) {
    if (predicted.length !== expected) {
      refuse(`part ${part + 1} has ${predicted.length} predictions, ${expected} are needed`);
    }
    const at = predicted.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) refuse(`part ${part + 1} predicts ${predicted[at]}, which is not a finite number`);
  }
  if (!rowWeights) return;
  if (rowWeights.length !== rows) refuse(`there are ${rowWeights.length} weights of rows`);
  const wrong = rowWeights.find((weight) => !(weight >= 0 && Number.isFinite(weight)));
  if (wrong !== undefined) refuse(`a row has the weight ${wrong}; weights of rows are 0 or more`);
  if (!rowWeights.some((weight) => weight > 0)) refuse('every row has the weight 0');
}
