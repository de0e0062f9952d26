import { setImmediate } from 'node:timers/promises';
import type { BoostedTreesCandidate } from '../../config/sections/train-section.ts';
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
  readonly validation: TreeRows;
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

/** Boosts a candidate, a round an epoch; shows each. */
export async function fitTrees(
  name: string,
  candidate: BoostedTreesCandidate,
  data: TreeTask,
  { logger, random }: { readonly logger: Logger; readonly random: Random },
): Promise<FittedTrees> {
  const options = {
    rounds: candidate.rounds,
    learningRate: candidate['learning-rate'],
    leaves: candidate.leaves,
    depth: candidate.depth ?? Number.POSITIVE_INFINITY,
    minimumRows: candidate['min-rows'],
    minimumGain: candidate['min-gain'],
    l2: candidate.l2,
    smoothing: candidate['category-smoothing'],
    rowShare: candidate['row-share'],
    columnShare: candidate['column-share'],
    patience: candidate.patience,
  };
  const { train, validation, inputs } = data;
  const loss = lossOf(data, candidate);
  // Losses of one training are told in one unit, whichever model they are of.
  const unit = loss === squaredLoss ? data.deviation ** 2 : data.deviation;
  const running = boost({ train, validation, loss, options }, random);
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
    const losses = { loss: step.value.loss / unit, validationLoss: step.value.validationLoss / unit };
    history.push({ epoch: round, ...losses, learningRate: options.learningRate });
    logger.progress({
      task: `train ${name}`,
      done: round,
      total: options.rounds,
      detail: `loss ${formatNumber(losses.loss)}  validation loss ${formatNumber(losses.validationLoss)}`,
    });
    // Lets the rest of the process live: a progress line be drawn, an interrupt be seen.
    await setImmediate();
  }
}

function lossOf({ task, classes }: TreeTask, candidate: BoostedTreesCandidate): BoostingLoss {
  switch (task) {
    case 'regression':
      return candidate.loss === 'absolute' ? absoluteLoss : squaredLoss;
    case 'binary':
      return binaryLoss;
    case 'multiclass':
      return multiclassLoss(classes);
  }
}
