// Trained candidates that predict the validation rows, and what they say there.
import type { TrainConfig } from '../../../config/sections/train-section.ts';
import type { Table } from '../../../dataset/table/table.ts';
import { ConfigurationError } from '../../../platform/errors.ts';
import { decidedPredictor } from '../../predictor/decided.ts';
import { requireFinite } from '../../predictor/finite-answers.ts';
import type { Predictor } from '../../predictor/predictions.ts';
import { startPredictor } from '../../predictor/start-predictor.ts';
import type { Targets } from '../data/targets.ts';
import type { TrainModelInput } from '../data/training-input.ts';
import type { FittedCandidate } from '../fitting/fit-candidate.ts';
import { beyondLimit, candidateSize, type WhyWithout, whyTooLarge } from '../fitting/model-limits.ts';
import type { Contender } from './candidate-choice.ts';
import { type Decision, decisionOf, engineThreshold } from './decision.ts';

/** A trained candidate, ready to predict. */
export interface CandidateBundle {
  readonly candidate: FittedCandidate;
  readonly predictor: Predictor;
  /** How it decides between two classes, where that is declared. */
  readonly decision?: Decision;
  /** The same as the engine has it. */
  readonly threshold?: number;
}

/** A candidate ready to predict, with the threshold that it is to decide by: each candidate has its own cheapest one. */
export async function decidedBundle(
  candidate: FittedCandidate,
  { schema, recipe, validation, config, targets }: TrainModelInput & { readonly targets: Targets },
): Promise<CandidateBundle> {
  const model = { schema, recipe, ...candidate.saved };
  const predictor = candidate.predictor ?? (await startPredictor(model, { folders: [] }));
  if (!config.validate.decision) return { candidate, predictor };
  const predicted = await predictor.predictTable(validation);
  const decision = decisionOf(config.validate.decision, { schema, predicted, targets });
  if (!decision) return { candidate, predictor };
  const threshold = engineThreshold(decision, schema);
  const decided = candidate.predictor
    ? decidedPredictor(candidate.predictor, schema, threshold)
    : await startPredictor({ ...model, threshold }, { folders: [] });
  return { candidate, predictor: decided, decision, threshold };
}

/**
 * What candidates say of the validation rows; those beyond a limit of size or work cannot be chosen, and why is said.
 *
 * @throws ConfigurationError for an answer that is no finite number, or where all are beyond a limit.
 */
export async function contendersOf(
  bundles: readonly CandidateBundle[],
  validation: Table,
  limits: TrainConfig,
): Promise<{ readonly contenders: Contender[]; readonly tooLarge: string[] }> {
  const contenders: Contender[] = [];
  const tooLarge: WhyWithout[] = [];
  for (const { candidate, predictor } of bundles) {
    const predicted = await predictor.predictTable(validation);
    requireFinite(predicted, `train.candidates: ${candidate.name}`);
    const { history, bestEpoch } = candidate.report;
    // Several models have no one loss, and one of a logarithm is of another scale.
    const loss = 'parts' in candidate.saved ? undefined : history[bestEpoch - 1]?.validationLoss;
    const size = candidateSize(candidate, predictor);
    const beyond = size && beyondLimit(size, limits);
    if (beyond !== undefined) tooLarge.push(whyTooLarge(candidate.name, beyond));
    contenders.push({ predicted, loss, eligible: beyond === undefined });
  }
  if (tooLarge.length === bundles.length) throw new ConfigurationError(tooLarge.at(-1)!.last);
  return { contenders, tooLarge: tooLarge.map(({ why }) => why) };
}
