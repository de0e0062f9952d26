import type { Logger } from '../../platform/logger.ts';
import { counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import type { TrainingReport } from '../report/training-report.ts';
import type { FoldChoices } from './fold-choice.ts';
import type { FoldData } from './fold-data.ts';
import type { FoldedCandidate } from './fold-models.ts';

/** How the model of each fold came to be. */
export function foldReports(
  { byFold }: FoldChoices,
  candidates: readonly FoldedCandidate[],
  folds: readonly FoldData[],
): TrainingReport['folds'] {
  return byFold.map(({ best, scores, metric, decision }, fold) => {
    const { fitted } = candidates[best]!.models[fold]!;
    const { train, stop, predict } = folds[fold]!.rows;
    return {
      rows: { train: train.length, validation: stop.length, predicted: predict.length },
      chosen: fitted.name,
      bestEpoch: fitted.report.bestEpoch,
      validation: scores[best]!,
      metric,
      ...(decision ? { threshold: decision.threshold } : {}),
    };
  });
}

/** Says which candidate is deployed, and whose folds another predicts. */
export function tellChoice(
  { deployed, byFold }: FoldChoices,
  candidates: readonly FoldedCandidate[],
  logger: Logger,
): void {
  const { candidate } = candidates[deployed.best]!;
  logger.info(
    `chose ${candidate.name}: ${deployed.metric} ${formatNumber(deployed.scores[deployed.best]!)} on out-of-fold predictions`,
  );
  const others = byFold.flatMap(({ best }, fold) =>
    best === deployed.best ? [] : [`${candidates[best]!.candidate.name} in fold ${fold + 1}`],
  );
  if (others.length === 0) return;
  logger.info(
    `without a fold's own rows the choice differs in ${counted(others.length, 'fold')}, whose rows that model predicts: ${others.join(', ')}`,
  );
}
