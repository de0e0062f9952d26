import type { DecisionConfig } from '../../../config/sections/decision-section.ts';
import { positiveCode } from '../../../dataset/schema/positive-class.ts';
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import { cheapestThreshold } from '../../../metrics/classification/cheapest-threshold.ts';
import type { PredictedColumns } from '../../predictor/predictor.ts';
import type { TrainingReport } from '../../report/training-report.ts';
import type { Targets } from '../data/targets.ts';

/** How a model decides between two classes, and what that was chosen by. */
export type Decision = NonNullable<TrainingReport['decision']>;

/**
 * The threshold of a model's decisions: the declared one, or that of least cost on the validation rows.
 *
 * @returns undefined where nothing is declared: the more probable class is predicted.
 */
export function decisionOf(
  declared: DecisionConfig | undefined,
  {
    schema,
    predicted,
    targets,
  }: {
    readonly schema: DatasetSchema;
    /** Of the validation rows. */
    readonly predicted: PredictedColumns;
    readonly targets: Targets;
  },
): Decision | undefined {
  if (!declared || predicted.task !== 'binary' || targets.kind !== 'classes') return undefined;
  if (declared.threshold !== undefined) return { threshold: declared.threshold };
  if (!declared.costs) return undefined;
  const code = positiveCode(schema)!;
  const rows = targets.codes.length;
  const { threshold, cost } = cheapestThreshold(
    {
      scores: Float64Array.from({ length: rows }, (_, row) => predicted.probabilities[2 * row + code]!),
      positive: Array.from(targets.codes, (actual) => actual === code),
    },
    declared.costs,
  );
  return { threshold, costs: declared.costs, rows, cost };
}

/** The threshold as engine.json has it: of the second class, whichever is the positive one. */
export function engineThreshold({ threshold }: Decision, schema: DatasetSchema): number {
  return positiveCode(schema) === 0 ? 1 - threshold : threshold;
}
