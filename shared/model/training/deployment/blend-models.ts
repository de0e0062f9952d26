// A blend's models of the folds: each of the models that its parts have there.
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import type { TargetTransform } from '../../ensemble/target-transform.ts';
import type { EnsemblePart } from '../../predictor/ensemble-model.ts';
import { startPredictor } from '../../predictor/start-predictor.ts';
import { learnsLogarithm } from '../candidates/portfolio.ts';
import { membersOf, savedParts } from '../fitting/fitted-members.ts';
import { blendedColumns } from '../folds/fold-contenders.ts';
import type { FoldData } from '../folds/fold-data.ts';
import type { FoldedCandidate, FoldModel } from '../folds/fold-models.ts';

/** A blend of candidates. */
export interface Blend {
  /** Of none of the candidates. */
  readonly name: string;
  readonly parts: readonly FoldedCandidate[];
  /** How parts that learn the target's logarithm give numbers back. */
  readonly transform: TargetTransform | undefined;
  /** How much each judged row counts where weights are found; undefined: all the same. */
  readonly rowWeights: Float64Array | undefined;
}

/** What a part of a blend is, beside its weight and its models. */
export function partOf(
  { candidate: { name, options } }: FoldedCandidate,
  transform: TargetTransform | undefined,
): Omit<EnsemblePart, 'weight' | 'members'> {
  return { name, type: options.type, ...(learnsLogarithm(options) ? { target: transform } : {}) };
}

/** The blend's model of a fold. @param weights by part. */
export async function blendModel(
  { name, parts, transform }: Blend,
  weights: readonly number[],
  { fold, recipe }: Pick<FoldData, 'fold' | 'recipe'>,
  schema: DatasetSchema,
): Promise<FoldModel> {
  const saved = savedParts(
    parts.map((part, at) => ({
      ...partOf(part, transform),
      weight: weights[at]!,
      members: membersOf(part.fitted[fold]!),
    })),
  );
  return {
    ...{ name, saved },
    inputs: inputsOf(parts, weights),
    predictor: await startPredictor({ schema, recipe, ...saved }, { folders: [] }),
    predicted: blendedColumns(
      parts.map(({ models }) => models[fold]!.predicted),
      weights,
      schema,
    ),
  };
}

/** Inputs that a row is turned into: those of the part that has most of them. */
export function inputsOf(parts: readonly FoldedCandidate[], weights: readonly number[]): number {
  const used = parts.filter((_, part) => weights[part]! > 0);
  return Math.max(...used.map(({ models }) => models[0]!.inputs));
}
