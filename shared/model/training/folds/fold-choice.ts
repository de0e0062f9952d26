// Which candidate predicts the rows of each fold, and which one is deployed: nothing chooses by the rows that judge it.
import type { DecisionConfig } from '../../../config/sections/decision-section.ts';
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import type { MetricKey } from '../../../metrics/descriptors/metric-key.ts';
import { decidedColumns } from '../../predictor/decided.ts';
import type { PredictedColumns } from '../../predictor/predictions.ts';
import { type Choice, chooseByPredictions } from '../choice/candidate-choice.ts';
import { type Decision, decisionOf, engineThreshold } from '../choice/decision.ts';
import { pickTargets } from '../choice/picked-predictions.ts';
import type { Targets } from '../data/targets.ts';
import type { FoldContender } from './fold-contenders.ts';

/** The rows that were predicted out-of-fold, and by what candidates are compared on them. */
export interface FoldQuestion {
  readonly schema: DatasetSchema;
  readonly targets: Targets;
  /** By row, the fold whose models predicted it. */
  readonly folds: Uint8Array;
  /** Folds for whose rows is chosen, the first ones; 0 where only the deployed model is. */
  readonly count: number;
  readonly metric: MetricKey;
  readonly declared: DecisionConfig | undefined;
  /** What a warning calls the rows; default: `out-of-fold rows`. */
  readonly called?: string;
}

/** How a model decides between two classes, where that is declared. */
export interface Deciding {
  readonly decision: Decision | undefined;
  /** The same as the engine has it. */
  readonly threshold: number | undefined;
}

/** A choice, and how the chosen candidate decides. */
export interface DecidedChoice extends Choice, Deciding {
  /** Of a blend, by part. */
  readonly weights?: readonly number[] | undefined;
}

/** Who predicts what. */
export interface FoldChoices {
  /** By the rows of all folds. */
  readonly deployed: DecidedChoice;
  /** For the rows of each fold, by those of the others. */
  readonly byFold: readonly DecidedChoice[];
}

/**
 * Chooses candidate, a blend's weights and threshold: for the rows of a fold by the predictions of the other folds' rows
 * (chosen by the predictions that judge it, a model looks better than it is), for the deployed model by all.
 */
export function chooseOutOfFold(contenders: readonly FoldContender[], question: FoldQuestion): FoldChoices {
  const { folds, count } = question;
  const where = (wanted: (fold: number) => boolean): Uint32Array =>
    Uint32Array.from(folds.keys()).filter((row) => wanted(folds[row]!));
  return {
    deployed: chooseOn(
      where(() => true),
      contenders,
      question,
    ),
    byFold: Array.from({ length: count }, (_, fold) =>
      chooseOn(
        where((other) => other !== fold),
        contenders,
        question,
      ),
    ),
  };
}

function chooseOn(
  rows: Uint32Array,
  contenders: readonly FoldContender[],
  { schema, targets, metric, declared, called = 'out-of-fold rows' }: FoldQuestion,
): DecidedChoice {
  const actual = pickTargets(targets, rows);
  const decided = contenders.map((contender) => {
    const { predicted, weights } = contender.among(rows);
    return { ...decidedBy(predicted, actual, { schema, declared }), weights, eligible: contender.eligible };
  });
  const choice = chooseByPredictions(decided, actual, { schema, metric, called });
  // A blend that is as good as its best part is the steadier one.
  const blend = decided.findIndex(
    ({ eligible, weights }, at) => eligible && weights && choice.scores[at] === choice.scores[choice.best],
  );
  const best = blend < 0 ? choice.best : blend;
  const { decision, threshold, weights } = decided[best]!;
  return { ...choice, best, decision, threshold, weights };
}

/** Predictions that are decided as is declared, by a threshold of their own. */
export function decidedBy(
  predicted: PredictedColumns,
  targets: Targets,
  { schema, declared }: Pick<FoldQuestion, 'schema' | 'declared'>,
): Deciding & { readonly predicted: PredictedColumns } {
  const decision = decisionOf(declared, { schema, predicted, targets });
  if (!decision) return { predicted, decision, threshold: undefined };
  const threshold = engineThreshold(decision, schema);
  return { predicted: decidedColumns(predicted, schema, threshold), decision, threshold };
}
