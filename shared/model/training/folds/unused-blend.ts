// Where no blend is wanted, what that of the candidates would say: to be told, not chosen.
import type { PredictedColumns } from '../../predictor/predictions.ts';
import { commonWeights } from '../candidates/class-weights.ts';
import type { NamedCandidate } from '../candidates/named-candidates.ts';
import type { Contender } from '../choice/candidate-choice.ts';
import type { Targets } from '../data/targets.ts';
import type { TrainModelInput } from '../data/training-input.ts';
import { decidedBy } from './fold-choice.ts';
import { blendContender } from './fold-contenders.ts';
import { divisionFrom, weightFolds } from './weight-folds.ts';

/**
 * The blend that `train.blend: false` does without, on the validation rows.
 *
 * @param parts what Ciclo's own candidates say of these rows.
 * @returns one contender that cannot be chosen, or none where there is nothing to blend or to find weights on.
 */
export function unusedBlend(
  named: readonly NamedCandidate[],
  parts: readonly PredictedColumns[],
  targets: Targets,
  { schema, train, validation, config, division }: TrainModelInput,
): Contender[] {
  if (config.train.blend || parts.length < 2) return [];
  const found = weightFolds({
    table: validation,
    division: divisionFrom(division, train.rows),
    seed: config.train.seed,
    targets,
  });
  if (!found) return [];
  const { folds } = found;
  const rowWeights = commonWeights(named, targets, schema);
  const { predicted } = blendContender(parts, { schema, targets, folds, rowWeights }).among(
    Uint32Array.from(folds.keys()),
  );
  const decided = decidedBy(predicted, targets, { schema, declared: config.validate.decision });
  return [{ predicted: decided.predicted, eligible: false }];
}
