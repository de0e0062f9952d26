// Which of the fitted candidates is taken, by their predictions of rows that they have not seen.
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { badnessOf } from '../../../metrics/descriptors/direction.ts';
import type { MetricKey } from '../../../metrics/descriptors/metric-key.ts';
import type { Metric } from '../../../metrics/metric/metric.ts';
import { metricOf } from '../../../metrics/registry/registry.ts';
import type { PredictedColumns } from '../../predictor/predictor.ts';
import { joinPredictions } from '../data/metric-score.ts';
import type { Targets } from '../data/targets.ts';

/** What a candidate says of the rows that choose. */
export interface Contender {
  readonly predicted: PredictedColumns;
  /** Its loss on these rows, where training has told it. */
  readonly loss?: number | undefined;
  /** Whether it may be chosen; default yes. */
  readonly eligible?: boolean;
}

/** Every candidate's figure, and the one that is kept. */
export interface Choice {
  /** The metric's name, another's where it is undefined, or `validation loss`. */
  readonly metric: string;
  /** By candidate, of `metric`; NaN where it is undefined for one that cannot be chosen. */
  readonly scores: readonly number[];
  /** The place of the candidate that is kept. */
  readonly best: number;
  /** Why the metric asked for could not decide. */
  readonly warning: string | undefined;
}

/**
 * Compares candidates by a metric of what they say of some rows; of equals the first wins. Where the metric is undefined
 * there (ROC AUC with one class only), their losses decide, or where not each has told one a loss that is always defined, and
 * a warning says so.
 *
 * @param contenders at least one that may be chosen. @param called what a warning calls the rows: `validation rows`.
 */
export function chooseByPredictions(
  contenders: readonly Contender[],
  targets: Targets,
  {
    schema,
    metric: name,
    called,
  }: { readonly schema: DatasetSchema; readonly metric: MetricKey; readonly called: string },
): Choice {
  const scores = scoresOf(contenders, targets, metricOf(name));
  if (!('undefined' in scores)) return { metric: name, ...scores, warning: undefined };
  const warning = (other: string) =>
    `${name} is undefined on the ${called} (${scores.undefined}): the ${other} chose the model`;
  const losses = contenders.map(({ loss, eligible = true }) => (eligible ? loss : Number.NaN));
  if (losses.every((loss) => loss !== undefined)) {
    const metric = 'validation loss';
    return { metric, ...smallest(losses, losses, contenders), warning: warning(metric) };
  }
  const metric = schema.task === 'regression' ? 'rmse' : 'log-loss';
  const others = scoresOf(contenders, targets, metricOf(metric));
  if ('undefined' in others) throw new TypeError(`${metric} is undefined: ${others.undefined}`);
  return { metric, ...others, warning: warning(metric) };
}

/** Every candidate's value of a metric, and the best; or why the metric is undefined for one that may be chosen. */
function scoresOf(
  contenders: readonly Contender[],
  targets: Targets,
  metric: Metric,
): Pick<Choice, 'scores' | 'best'> | { readonly undefined: string } {
  const values: number[] = [];
  for (const { predicted, eligible = true } of contenders) {
    const result = metric.compute(joinPredictions(predicted, targets));
    // What cannot be chosen decides nothing, not even by what is chosen.
    if (!('value' in result) && eligible) return result;
    values.push('value' in result ? result.value : Number.NaN);
  }
  return smallest(
    values,
    values.map((value) => badnessOf(metric.better, value)),
    contenders,
  );
}

function smallest(
  scores: readonly number[],
  badness: readonly number[],
  contenders: readonly Contender[],
): Pick<Choice, 'scores' | 'best'> {
  const eligible = contenders.flatMap(({ eligible = true }, i) => (eligible ? [i] : []));
  return { scores, best: eligible.reduce((least, i) => (badness[i]! < badness[least]! ? i : least)) };
}
