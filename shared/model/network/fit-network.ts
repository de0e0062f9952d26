// Dense neural networks: architecture, passes, losses, optimiser.
import { setImmediate } from 'node:timers/promises';
import type { LayersOptions } from '../../config/sections/candidates/candidate.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Random } from '../../platform/random.ts';
import { formatNumber } from '../../text/number-format.ts';
import { penaltyText } from '../report/penalty-words.ts';
import type { EpochReport } from '../report/training-report.ts';
import type { Architecture } from './architecture.ts';
import { DivergenceError } from './divergence.ts';
import type { DenseEngine, WeightedRows } from './learner.ts';
import { createSchedule, type RateSchedule } from './learning-rate.ts';
import { initialParameters, type Parameters } from './parameters.ts';

/** One candidate's training: what to fit, to what, and with what. */
export interface FitInput {
  readonly name: string;
  readonly architecture: Architecture;
  readonly train: WeightedRows;
  /** Rows that stop it early; absent: the weights after {@link rounds} are kept. */
  readonly validation: WeightedRows | undefined;
  /** Epochs, or steps, of a training without validation rows; default all. They do not stretch a schedule of learning rates. */
  readonly rounds?: number | undefined;
  readonly options: LayersOptions;
}

/** What training needs from outside. */
export interface FitPorts {
  readonly engine: DenseEngine;
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

/** Weights times rows that may pass before the process breathes: a tenth of a second on the slower engines. */
const unbrokenWork = 1e8;

/**
 * Mini-batch Adam, or AdamW, over shuffled rows; stops after `patience` epochs without a better validation loss and gives
 * back the best weights. Without validation rows it gives back the last weights, and where the validation loss would have been
 * looked at (by a `plateau` schedule) there is the training loss. An epoch's batches differ by at most one row, so no small batch is left over.
 *
 * @throws DivergenceError when a loss is no longer finite.
 */
export async function fitNetwork(input: FitInput, ports: FitPorts): Promise<FittedNetwork> {
  const { architecture, options, validation, rounds = options.epochs } = input;
  const best = initialParameters(architecture, ports.random.fork('weights'));
  const { learner, runEpoch } = createEpoch(input, best, ports);
  const schedule = createSchedule(
    options['learning-rate-schedule'],
    options['learning-rate'],
    options.epochs,
    warmUpOf(options),
  );
  const history: EpochReport[] = [];
  let bestLoss = Number.POSITIVE_INFINITY;
  let bestEpoch = 0;

  for (
    let epoch = 1;
    epoch <= Math.min(rounds, options.epochs) && epoch - bestEpoch <= options.patience;
    epoch++
  ) {
    const learningRate = schedule.rateOf(epoch);
    const loss = await runEpoch(epoch, schedule);
    if (!Number.isFinite(loss))
      throw new DivergenceError(input.name, `epoch ${epoch}`, learningRate, 'training loss');
    const validationLoss = validation ? learner.meanLoss(validation) : loss;
    if (!Number.isFinite(validationLoss)) {
      throw new DivergenceError(input.name, `epoch ${epoch}`, learningRate, 'validation loss');
    }
    schedule.observe(validationLoss);
    if (!validation || validationLoss < bestLoss) {
      bestLoss = validationLoss;
      bestEpoch = epoch;
      learner.read(best);
    }
    history.push({ epoch, loss, validationLoss, learningRate });
    reportEpoch(ports.logger, input, history.at(-1)!, Math.min(rounds, options.epochs));
    await breathe();
  }
  const stopped = history.length - bestEpoch >= options.patience ? 'patience' : 'epochs';
  return { parameters: best, history, bestEpoch, stopped };
}

/** Lets the rest of the process live: a progress line be drawn, an interrupt be seen. */
async function breathe(): Promise<void> {
  await setImmediate();
}

/** One line per epoch. */
export function reportEpoch(
  logger: Logger,
  { name, validation }: Pick<FitInput, 'name' | 'validation'>,
  epoch: EpochReport,
  total?: number,
): void {
  const judged = validation ? `  validation loss ${formatNumber(epoch.validationLoss)}` : '';
  const { penalty, learningRate } = epoch;
  const rate = learningRate === undefined ? '' : `  rate ${formatNumber(learningRate)}`;
  const detail = `loss ${formatNumber(epoch.loss)}${judged}${rate}${penalty ? `  ${penaltyText(penalty)}` : ''}`;
  logger.progress({
    task: `train ${name}`,
    done: epoch.epoch,
    ...(total === undefined ? {} : { total }),
    detail,
  });
}

/** A learner, and a function that walks all training rows once and returns the mean loss, penalty included. */
function createEpoch({ architecture, train, options }: FitInput, initial: Parameters, ports: FitPorts) {
  const shuffling = ports.random.fork('shuffle');
  const order = Uint32Array.from({ length: train.rows }, (_, i) => i);
  const steps = Math.ceil(train.rows / options['batch-size']);
  const learner = ports.engine.createLearner({
    architecture,
    initial,
    train,
    batch: Math.ceil(train.rows / steps),
    // Adam walks no path of penalties: auto is none.
    l2: options.l2 === 'auto' ? 0 : options.l2,
    ...regularisationOf(options, steps),
    dropout: ports.random.fork('dropout'),
  });

  const pause = Math.ceil((unbrokenWork * steps) / (train.rows * initial.flat.length));

  async function runEpoch(epoch: number, { rateOf, rateOfStep }: RateSchedule): Promise<number> {
    shuffling.shuffle(order);
    const rate = rateOf(epoch);
    let total = 0;
    for (let step = 0; step < steps; step++) {
      const from = Math.floor((step * train.rows) / steps);
      const to = Math.floor(((step + 1) * train.rows) / steps);
      const rateNow = rateOfStep ? rateOfStep(epoch, step + 1, steps) : rate;
      const sum = learner.step(order.subarray(from, to), rateNow);
      if (!Number.isFinite(sum)) return sum;
      total += sum;
      if (step % pause === pause - 1) await breathe();
    }
    return total / train.rows;
  }
  return { learner, runEpoch };
}

function warmUpOf(options: LayersOptions): number {
  return options.type === 'neural-network' ? options['warm-up'] : 0;
}

/** What networks have and linear models do not. @param steps of an epoch. */
function regularisationOf(options: LayersOptions, steps: number) {
  if (options.type === 'linear') return {};
  const averaged = Math.round(steps * options['weight-average']);
  return { decay: options['weight-decay'], averagedSteps: averaged > 1 ? averaged : undefined };
}
