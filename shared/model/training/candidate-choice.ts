import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import type { Table } from '../../dataset/table/table.ts';
import { badnessOf } from '../../metrics/descriptors/direction.ts';
import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import type { Metric } from '../../metrics/metric/metric.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import { requireFinite } from '../predictor/finite-answers.ts';
import type { Predictor } from '../predictor/predictor.ts';
import type { Decision } from './decision.ts';
import type { FittedCandidate } from './fit-candidate.ts';
import { joinPredictions } from './metric-score.ts';
import { type Targets, targetsOf } from './targets.ts';

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
  /** The metric's name, another's where it is undefined, or `validation loss`. */
  readonly metric: string;
  readonly judged: readonly JudgedCandidate[];
  readonly chosen: JudgedCandidate;
  /** Why the metric asked for could not decide. */
  readonly warning: string | undefined;
}

/**
 * Compares candidates by a metric on the validation rows; of equals the first wins. Where the metric is undefined
 * there (ROC AUC with one class only), the validation loss decides, or among commands a loss that is always defined, and a
 * warning says so.
 *
 * @param bundles at least one.
 */
export async function chooseCandidate(
  bundles: readonly CandidateBundle[],
  validation: Table,
  schema: DatasetSchema,
  name: MetricKey,
): Promise<Choice> {
  const targets = targetsOf(validation, schema);
  const scores = await scoresOf(bundles, validation, targets, metricOf(name));
  if (!('undefined' in scores)) return { metric: name, ...scores, warning: undefined };
  const warning = (other: string) =>
    `${name} is undefined on the validation rows (${scores.undefined}): the ${other} chose the model`;
  const losses = bundles.map(
    ({ candidate: { report } }) => report.history[report.bestEpoch - 1]?.validationLoss,
  );
  if (losses.every((loss) => loss !== undefined)) {
    const metric = 'validation loss';
    return { metric, ...smallest(bundles, losses, losses), warning: warning(metric) };
  }
  // A command has no losses to tell.
  const metric = schema.task === 'regression' ? 'rmse' : 'log-loss';
  const others = await scoresOf(bundles, validation, targets, metricOf(metric));
  if ('undefined' in others) throw new TypeError(`${metric} is undefined: ${others.undefined}`);
  return { metric, ...others, warning: warning(metric) };
}

/** Every candidate's value of a metric, and the best; or why the metric is undefined for one of them. */
async function scoresOf(
  bundles: readonly CandidateBundle[],
  validation: Table,
  targets: Targets,
  metric: Metric,
): Promise<Pick<Choice, 'judged' | 'chosen'> | { readonly undefined: string }> {
  const values: number[] = [];
  for (const { candidate, predictor } of bundles) {
    const predicted = await predictor.predictTable(validation);
    requireFinite(predicted, `train.candidates: ${candidate.name}`);
    const result = metric.compute(joinPredictions(predicted, targets));
    if (!('value' in result)) return result;
    values.push(result.value);
  }
  return smallest(
    bundles,
    values,
    values.map((value) => badnessOf(metric.better, value)),
  );
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
