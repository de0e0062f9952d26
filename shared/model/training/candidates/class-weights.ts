import { isDeepStrictEqual } from 'node:util';
import type { BoostedTreesCandidate } from '../../../config/sections/candidates/boosted-trees-candidate.ts';
import type { LayersCandidate } from '../../../config/sections/candidates/candidate.ts';
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { ConfigurationError, quote } from '../../../platform/errors.ts';
import type { Targets } from '../data/targets.ts';
import type { NamedCandidate } from './named-candidates.ts';

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

/**
 * How much each row counts for a blend: as in its parts' losses, where all of them weigh classes alike. Weights found without that would
 * favour the part that takes least notice of its own.
 *
 * @returns by row; undefined where every row counts the same, or the parts differ.
 */
export function commonWeights(
  candidates: readonly Pick<NamedCandidate, 'options'>[],
  targets: Targets,
  { classes = [] }: Pick<DatasetSchema, 'classes'>,
): Float64Array | undefined {
  if (targets.kind !== 'classes') return undefined;
  const options = candidates.flatMap(({ options }) =>
    options.type === 'command' ? [] : [options['class-weights']],
  );
  const [first] = options;
  if (first === undefined || options.some((other) => !isDeepStrictEqual(other, first))) return undefined;
  const counts = classes.map((_, code) => targets.codes.filter((own) => own === code).length);
  const weights = classWeightsOf(first, classes, counts);
  return weights && Float64Array.from(targets.codes, (code) => weights[code]!);
}
