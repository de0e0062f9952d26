// The candidates of rows in folds, their blend, and which of them is chosen.
import { defaultPrimary } from '../../../metrics/descriptors/descriptors.ts';
import { type MetricKey, metricKey } from '../../../metrics/descriptors/metric-key.ts';
import { commonWeights } from '../candidates/class-weights.ts';
import { freeName } from '../candidates/named-candidates.ts';
import { isOwn } from '../candidates/portfolio.ts';
import { chooseOutOfFold, type FoldChoices } from '../folds/fold-choice.ts';
import { blendContender, candidateContender } from '../folds/fold-contenders.ts';
import type { FoldedCandidate } from '../folds/fold-models.ts';
import type { FoldsContext } from '../folds/folds-context.ts';
import type { Blend } from './blend-models.ts';

/** What is chosen among candidates scores, by rows that have chosen nothing of it. */
export function scoreOf(
  candidates: readonly FoldedCandidate[],
  isBlended: boolean,
  context: FoldsContext,
): number {
  const blend = blendOf(candidates, blendName(candidates), context);
  const { deployed } = choicesAmong(candidates, blend, isBlended, context);
  return deployed.scores[deployed.best]!;
}

/** The blend of all that can be parts. */
export function blendOf(
  candidates: readonly FoldedCandidate[],
  name: string,
  { portfolio, judged, input }: FoldsContext,
): Blend {
  return {
    name,
    parts: candidates.filter(({ candidate }) => isOwn(candidate.options)),
    transform: portfolio.transform,
    rowWeights: commonWeights(
      candidates.map(({ candidate }) => candidate),
      judged.targets,
      input.schema,
    ),
  };
}

/** The candidates, and after them, where there is one, their blend. */
export function choicesAmong(
  candidates: readonly FoldedCandidate[],
  { parts, rowWeights }: Blend,
  isBlended: boolean,
  { input, judged, folds }: FoldsContext,
): FoldChoices {
  const { schema, config, split } = input;
  const { targets } = judged;
  const metric = metricKey(config.validate.primary ?? defaultPrimary(schema.task));
  // Weights that count rows as the parts' losses do lower another loss than the metric.
  const competes = !isBlended || !blendLowers(metric) || rowWeights !== undefined;
  const contenders = candidates.map(({ candidate, predicted }) =>
    candidateContender(predicted, competes || !isOwn(candidate.options)),
  );
  const predicted = parts.map((part) => part.predicted);
  if (isBlended ? parts.length > 0 : parts.length > 1) {
    contenders.push(
      blendContender(predicted, { schema, targets, folds: judged.folds, rowWeights }, isBlended),
    );
  }
  return chooseOutOfFold(contenders, {
    ...{ schema, count: split ? 0 : folds.length, targets, folds: judged.folds },
    metric,
    declared: config.validate.decision,
    ...(split ? { called: 'validation rows' } : {}),
  });
}

/**
 * Whether what a blend's weights lower is what the metric measures, or nearly. By another one, such as recall at a threshold, a
 * part alone may be better, and competes with the blend.
 */
function blendLowers(metric: MetricKey): boolean {
  return ['rmse', 'r2', 'log-loss', 'brier'].includes(metric);
}

/** `blend`, or where a candidate has that name another. */
export function blendName(candidates: readonly FoldedCandidate[]): string {
  return freeName('blend', new Set(candidates.map(({ candidate }) => candidate.name)));
}
