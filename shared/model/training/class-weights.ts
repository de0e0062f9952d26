import type { BoostedTreesCandidate, LayersCandidate } from '../../config/sections/train-section.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';

/**
 * The weight of each class in the loss. `balanced`: n / (classes × count), as scikit-learn has it, over the
 * training rows; a class without rows weighs 0. A map's missing classes weigh 1.
 *
 * @returns by class; absent when every class weighs 1.
 * @throws ConfigurationError when the map names a class that the dataset does not have.
 */
export function classWeightsOf(
  option: (BoostedTreesCandidate | LayersCandidate)['class-weights'],
  classes: readonly string[],
  counts: readonly number[],
): Float64Array | undefined {
  if (option === 'none') return undefined;
  if (option === 'balanced') {
    const rows = counts.reduce((sum, count) => sum + count, 0);
    const present = counts.filter((count) => count > 0).length;
    return Float64Array.from(counts, (count) => (count > 0 ? rows / (present * count) : 0));
  }
  for (const label of Object.keys(option)) {
    if (classes.includes(label)) continue;
    throw new ConfigurationError(
      `train.candidates: class-weights names the class ${quote(label)}, which the target does not have; ` +
        `it has ${classes.map(quote).join(', ')}`,
    );
  }
  return Float64Array.from(classes, (label) => option[label] ?? 1);
}
