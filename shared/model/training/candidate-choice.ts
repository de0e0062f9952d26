import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Table } from '../../dataset/table/table.ts';
import { badnessOf } from '../../metrics/descriptors/direction.ts';
import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import type { Predictor } from '../predictor/predictor.ts';
import type { Decision } from './decision.ts';
import type { FittedCandidate } from './fit-candidate.ts';
import { joinPredictions } from './metric-score.ts';
import { targetsOf } from './targets.ts';

/** A trained candidate, ready to predict. */
export interface CandidateBundle {
  readonly candidate: FittedCandidate;
  readonly predictor: Predictor;
  /** How it decides between two classes, where that is declared. */
  readonly decision?: Decision;
  /** The same as the engine has it. */
  readonly threshold?: number;
}

/** A candidate and how it did on the validation rows. */
export interface JudgedCandidate extends CandidateBundle {
  readonly score: number;
}

/** Every candidate judged, and the one that is kept. */
export interface Choice {
  /** The metric's name, or `validation loss`. */
  readonly metric: string;
  readonly judged: readonly JudgedCandidate[];
  readonly chosen: JudgedCandidate;
  /** Why the metric asked for could not decide. */
  readonly warning: string | undefined;
}

/**
 * Compares candidates by a metric on the validation rows; of equals the first wins. Where the metric is undefined
 * there (ROC AUC with one class only), the validation loss decides and a warning says so.
 *
 * @param bundles at least one.
 */
export function chooseCandidate(
  bundles: readonly CandidateBundle[],
  validation: Table,
  schema: DatasetSchema,
  name: MetricKey,
): Choice {
  const metric = metricOf(name);
  const targets = targetsOf(validation, schema);
  const results = bundles.map(({ predictor }) =>
    metric.compute(joinPredictions(predictor.predictTable(validation), targets)),
  );
  const values: number[] = [];
  for (const result of results) {
    if ('value' in result) values.push(result.value);
    else {
      const warning = `${name} is undefined on the validation rows (${result.undefined}): the validation loss chose the model`;
      const losses = bundles.map(
        ({ candidate: { report } }) => report.history[report.bestEpoch - 1]!.validationLoss,
      );
      return { metric: 'validation loss', ...smallest(bundles, losses, losses), warning };
    }
  }
  const badness = values.map((value) => badnessOf(metric.better, value));
  return { metric: name, ...smallest(bundles, values, badness), warning: undefined };
}

function smallest(
  bundles: readonly CandidateBundle[],
  scores: readonly number[],
  badness: readonly number[],
) {
  const judged = bundles.map((bundle, i) => ({ ...bundle, score: scores[i]! }));
  const best = badness.reduce((least, value, i) => (value < badness[least]! ? i : least), 0);
  return { judged, chosen: judged[best]! };
}
