// Dense neural networks: architecture, passes, losses, optimiser.
import { setImmediate } from 'node:timers/promises';
import type { LayersCandidate } from '../../config/sections/train-section.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Random } from '../../platform/random.ts';
import { formatNumber } from '../../text/number-format.ts';
import type { MatrixProduct } from '../engine/matrix-product.ts';
import type { EpochReport } from '../report/training-report.ts';
import { createAdam } from './adam.ts';
import type { Architecture } from './architecture.ts';
import { createPass, type NetworkPass } from './backpropagation.ts';
import { DivergenceError } from './divergence.ts';
import { createSchedule } from './learning-rate.ts';
import type { Loss } from './losses.ts';
import { copyParameters, initialParameters, type Parameters } from './parameters.ts';
import { squaredKernels } from './penalty.ts';

/** Rows ready to learn from or to be judged on. */
export interface WeightedRows {
  readonly rows: number;
  /** Row-major rows × inputs. */
  readonly x: Float32Array;
  /** By row: the standardised number, or the class's index. */
  readonly targets: Float32Array;
  /** By row; absent: all 1. */
  readonly weights: Float32Array | undefined;
}

/** One candidate's training: what to fit, to what, and with what. */
export interface FitInput {
  readonly name: string;
  readonly architecture: Architecture;
  readonly loss: Loss;
  readonly train: WeightedRows;
  readonly validation: WeightedRows;
  readonly options: LayersCandidate;
}

/** What training needs from outside. */
export interface FitPorts {
  readonly product: MatrixProduct;
  readonly random: Random;
  readonly logger: Logger;
}

/** The weights with the best validation loss, and how they came to be. */
export interface FittedNetwork {
  readonly parameters: Parameters;
  readonly history: EpochReport[];
  readonly bestEpoch: number;
  readonly stopped: 'patience' | 'epochs' | 'converged';
}

/** Rows that one validation product holds at most. */
const validationRows = 4096;

/**
 * Mini-batch Adam over shuffled rows; stops after `patience` epochs without a better validation loss and gives
 * back the best weights. An epoch's batches differ by at most one row, so no small batch is left over.
 *
 * @throws DivergenceError when a loss is no longer finite.
 */
export async function fitNetwork(input: FitInput, ports: FitPorts): Promise<FittedNetwork> {
  const { architecture, options, validation } = input;
  const parameters = initialParameters(architecture, ports.random.fork('weights'));
  const best = initialParameters(architecture, ports.random.fork('weights'));
  const pass = createPass(architecture, parameters, ports.product, options.l2);
  const runEpoch = createEpoch(input, parameters, pass, ports.random);
  const schedule = createSchedule(
    options['learning-rate-schedule'],
    options['learning-rate'],
    options.epochs,
  );
  const history: EpochReport[] = [];
  let bestLoss = Number.POSITIVE_INFINITY;
  let bestEpoch = 0;

  for (let epoch = 1; epoch <= options.epochs && epoch - bestEpoch <= options.patience; epoch++) {
    const learningRate = schedule.rateOf(epoch);
    const loss = runEpoch(learningRate);
    if (!Number.isFinite(loss)) throw new DivergenceError(input.name, epoch, learningRate, 'training loss');
    const validationLoss = meanLoss(pass, architecture, input.loss, validation);
    if (!Number.isFinite(validationLoss)) {
      throw new DivergenceError(input.name, epoch, learningRate, 'validation loss');
    }
    schedule.observe(validationLoss);
    if (validationLoss < bestLoss) {
      bestLoss = validationLoss;
      bestEpoch = epoch;
      copyParameters(parameters, best);
    }
    history.push({ epoch, loss, validationLoss, learningRate });
    reportEpoch(ports.logger, input.name, history.at(-1)!, options.epochs);
    // Lets the rest of the process live: a progress line be drawn, an interrupt be seen.
    await setImmediate();
  }
  const stopped = history.length - bestEpoch >= options.patience ? 'patience' : 'epochs';
  return { parameters: best, history, bestEpoch, stopped };
}

/** One line per epoch. */
export function reportEpoch(logger: Logger, name: string, epoch: EpochReport, total?: number): void {
  const detail = `loss ${formatNumber(epoch.loss)}  validation loss ${formatNumber(epoch.validationLoss)}  rate ${formatNumber(epoch.learningRate)}`;
  logger.progress({
    task: `train ${name}`,
    done: epoch.epoch,
    ...(total === undefined ? {} : { total }),
    detail,
  });
}

/** A function that walks all training rows once and returns the mean loss, penalty included. */
function createEpoch(
  { architecture, loss, train, options }: FitInput,
  parameters: Parameters,
  pass: NetworkPass,
  random: Random,
): (learningRate: number) => number {
  const { inputs, outputs } = architecture;
  const adam = createAdam(parameters.flat.length);
  const shuffling = random.fork('shuffle');
  const dropout = random.fork('dropout');
  const order = Uint32Array.from({ length: train.rows }, (_, i) => i);
  const steps = Math.ceil(train.rows / options['batch-size']);
  const largest = Math.ceil(train.rows / steps);
  const x = new Float32Array(largest * inputs);
  const targets = new Float32Array(largest);
  const weights = train.weights && new Float32Array(largest);
  const bySums = new Float32Array(largest * outputs);

  return (learningRate) => {
    shuffling.shuffle(order);
    let total = 0;
    for (let step = 0; step < steps; step++) {
      const from = Math.floor((step * train.rows) / steps);
      const rows = Math.floor(((step + 1) * train.rows) / steps) - from;
      for (let i = 0; i < rows; i++) {
        const row = order[from + i]!;
        for (let j = 0, k = row * inputs, o = i * inputs; j < inputs; j++) x[o + j] = train.x[k + j]!;
        targets[i] = train.targets[row]!;
        if (weights) weights[i] = train.weights![row]!;
      }
      const gradient = bySums.subarray(0, rows * outputs);
      const sums = pass.forward(x.subarray(0, rows * inputs), rows, dropout);
      const sum = loss(sums, rows, targets, weights, gradient);
      if (!Number.isFinite(sum)) return sum;
      if (options.l2 > 0) total += options.l2 * squaredKernels(parameters) * rows;
      total += sum;
      pass.backward(gradient);
      adam.step(parameters.flat, pass.gradient.flat, learningRate);
    }
    return total / train.rows;
  };
}

/** The mean loss without penalty, nothing dropped, running statistics. */
export function meanLoss(
  pass: NetworkPass,
  { inputs }: Architecture,
  loss: Loss,
  examples: WeightedRows,
): number {
  let total = 0;
  for (let from = 0; from < examples.rows; from += validationRows) {
    const rows = Math.min(validationRows, examples.rows - from);
    const x = examples.x.subarray(from * inputs, (from + rows) * inputs);
    const targets = examples.targets.subarray(from, from + rows);
    total += loss(pass.forward(x, rows), rows, targets, examples.weights?.subarray(from, from + rows));
  }
  return total / examples.rows;
}
