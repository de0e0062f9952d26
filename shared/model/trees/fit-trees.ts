import { setImmediate } from 'node:timers/promises';
import type { BoostedTreesCandidate } from '../../config/sections/candidates/boosted-trees-candidate.ts';
import type { Settled } from '../../config/sections/candidates/candidate.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Random } from '../../platform/random.ts';
import { formatNumber } from '../../text/number-format.ts';
import type { EpochReport } from '../report/training-report.ts';
import { boost, type TreeRows } from './boost.ts';
import {
  absoluteLoss,
  type BoostingLoss,
  binaryLoss,
  multiclassLoss,
  squaredLoss,
} from './boosting-losses.ts';
import { formatTrees, type TreeFiles } from './tree-file.ts';
import { compactModel, type TreeInput } from './tree-model.ts';

/** Trees' rows for learning and for stopping, and what the target is. */
export interface TreeTask {
  readonly task: 'regression' | 'binary' | 'multiclass';
  readonly classes: number;
  readonly inputs: readonly TreeInput[];
  readonly train: TreeRows;
  /** Rows that stop it early; absent: all rounds are made. */
  readonly validation: TreeRows | undefined;
  /** Standard deviation of a regression's target, in which its losses are told; else 1. */
  readonly deviation: number;
}

/** Trees as files, and how they came to be. */
export interface FittedTrees {
  readonly files: TreeFiles;
  /** Questions and leaves. */
  readonly parameters: number;
  readonly history: EpochReport[];
  readonly bestEpoch: number;
  readonly stopped: 'patience' | 'epochs' | 'converged';
}

/**
 * Boosts a candidate, a round an epoch; shows each.
 *
 * @param ports.rounds instead of those of the candidate.
 */
export async function fitTrees(
  name: string,
  candidate: Settled<BoostedTreesCandidate>,
  data: TreeTask,
  {
    logger,
    random,
    rounds = candidate.rounds,
  }: { readonly logger: Logger; readonly random: Random; readonly rounds?: number | undefined },
): Promise<FittedTrees> {
  const options = {
    rounds,
    learningRate: candidate['learning-rate'],
    leaves: candidate.leaves,
    depth: candidate.depth ?? Number.POSITIVE_INFINITY,
    minimumRows: candidate['min-rows'],
    minimumGain: candidate['min-gain'],
    l2: candidate.l2,
    smoothing: candidate['category-smoothing'],
    rowShare: candidate['row-share'],
    columnShare: candidate['column-share'],
    bins: candidate.bins,
    patience: candidate.patience,
  };
  const { train, validation, inputs } = data;
  const objective = lossOf(data, candidate);
  // Losses of one training are told in one unit, whichever model they are of.
  const unit = objective === squaredLoss ? data.deviation ** 2 : data.deviation;
  const running = boost({ train, validation, loss: objective, options }, random);
  const history: EpochReport[] = [];
  for (;;) {
    const step = running.next();
    if (step.done) {
      const { model, bestRound, stopped } = step.value;
      const compact = compactModel(model, inputs);
      const parameters = compact.feature.length + compact.values.length;
      return { files: formatTrees(compact), parameters, history, bestEpoch: bestRound, stopped };
    }
    const { round } = step.value;
    const loss = step.value.loss / unit;
    // Without validation rows the training loss stands for theirs.
    const losses = { loss, validationLoss: validation ? step.value.validationLoss / unit : loss };
    history.push({ epoch: round, ...losses, learningRate: options.learningRate });
    logger.progress({
      task: `train ${name}`,
      done: round,
      total: options.rounds,
      detail: `loss ${formatNumber(loss)}${validation ? `  validation loss ${formatNumber(losses.validationLoss)}` : ''}`,
    });
    // Lets the rest of the process live: a progress line be drawn, an interrupt be seen.
    await setImmediate();
  }
}

function lossOf({ task, classes }: TreeTask, candidate: Settled<BoostedTreesCandidate>): BoostingLoss {
  switch (task) {
    case 'regression':
      return candidate.loss === 'absolute' ? absoluteLoss : squaredLoss;
    case 'binary':
      return binaryLoss;
    case 'multiclass':
      return multiclassLoss(classes);
  }
}
