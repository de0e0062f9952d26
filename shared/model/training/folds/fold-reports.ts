import type { Logger } from '../../../platform/logger.ts';
import { counted } from '../../../text/counts.ts';
import { formatNumber } from '../../../text/number-format.ts';
import { blendWords, isOnePart } from '../../report/blend-words.ts';
import type { BlendReport, TrainingReport } from '../../report/training-report.ts';
import type { FoldChoices } from './fold-choice.ts';
import type { FoldData } from './fold-data.ts';
import type { FoldModel } from './fold-models.ts';

/** How the model of each fold came to be. @param models those that predict the folds' rows. */
export function foldReports(
  { byFold }: FoldChoices,
  models: readonly FoldModel[],
  folds: readonly FoldData[],
): TrainingReport['folds'] {
  return byFold.map(({ best, scores, metric, decision }, fold) => {
    const { name, bestEpoch } = models[fold]!;
    const { train, stop, predict } = folds[fold]!.rows;
    return {
      rows: { train: train.length, validation: stop.length, predicted: predict.length },
      chosen: name,
      ...(bestEpoch === undefined ? {} : { bestEpoch }),
      validation: scores[best]!,
      metric,
      ...(decision ? { threshold: decision.threshold } : {}),
    };
  });
}

/** Says which candidate, or what blend, is deployed, and whose folds another predicts. */
export function tellChoice(
  { deployed, byFold }: FoldChoices,
  {
    name,
    models,
    blend,
    called,
  }: {
    /** Of what is deployed. */
    readonly name: string;
    /** Those that predict the folds' rows. */
    readonly models: readonly FoldModel[];
    readonly blend: BlendReport | undefined;
    readonly called: string;
  },
  logger: Logger,
): void {
  const score = `${deployed.metric} ${formatNumber(deployed.scores[deployed.best]!)} on ${called}`;
  const made =
    blend && !isOnePart(blend) ? `blended ${blendWords(blend)}` : `chose ${blend ? blendWords(blend) : name}`;
  logger.info(`${made}: ${score}`);
  const others = byFold.flatMap((_, fold) =>
    models[fold]!.name === name ? [] : [`${models[fold]!.name} in fold ${fold + 1}`],
  );
  if (others.length === 0) return;
  logger.info(
    `without a fold's own rows the choice differs in ${counted(others.length, 'fold')}, whose rows that model predicts: ${others.join(', ')}`,
  );
}
