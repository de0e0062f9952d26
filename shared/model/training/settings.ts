// What `auto` means: settings that depend on how large the table is, and on how often a candidate is trained.
import type {
  BoostedTreesCandidate,
  Candidate,
  LayersCandidate,
  LayersOptions,
  NeuralNetworkCandidate,
  Settled,
} from '../../config/sections/train-section.ts';
import { type TrainingSize, type Work, workOfEpoch, workOfRounds } from './work.ts';

/** What all trainings of boosted trees may take at a small learning rate, were every round made. */
const patientTrees: Work = 2e11;

/** What they may take at a large one: beyond it there are fewer rounds. */
const hurriedTrees: Work = 2e11;

/** What all trainings of a network may take with several seeds, were every epoch run. */
const severalSeeds: Work = 2e11;

/** What they may take with one: beyond it there are fewer epochs. */
const oneSeed: Work = 2e11;

const fewestRounds = 200;
const fewestEpochs = 15;

/**
 * Settles what must be the same in all trainings of a candidate, because it depends on the work of them all: of boosted trees
 * rounds, learning rate and patience, of a network epochs and seeds. What is a number stays; other kinds are as they were.
 *
 * @param fits how often it is trained (folds, and once on all rows), its seeds not counted.
 */
export function settledByWork<Options extends Candidate>(
  options: Options,
  size: TrainingSize,
  fits: number,
): Options {
  if (options.type === 'boosted-trees') return { ...options, ...pace(options, size, fits) };
  if (options.type === 'neural-network') return { ...options, ...effort(options, size, fits) };
  return options;
}

/** A network's or a linear model's options for one training; what is still `auto` is settled as if it were the only one. */
export function settledLayers(options: LayersCandidate, size: TrainingSize): LayersOptions {
  if (options.type === 'linear') return options;
  const batch = options['batch-size'];
  return {
    ...options,
    ...effort(options, size, 1),
    'batch-size': batch === 'auto' ? between(16, Math.round(size.rows / 30), 256) : batch,
  };
}

/** The same of boosted trees. */
export function settledTrees(
  options: BoostedTreesCandidate,
  size: TrainingSize,
): Settled<BoostedTreesCandidate> {
  const least = options['min-rows'];
  return {
    ...options,
    ...pace(options, size, 1),
    'min-rows': least === 'auto' ? between(5, Math.round(size.rows / 30), 20) : least,
  };
}

/**
 * Small steps and much patience where all trainings may take that; else steps twice as large and less patience, which are three to five
 * times as fast and a little worse, and of a very large table fewer rounds.
 */
function pace(options: BoostedTreesCandidate, size: TrainingSize, fits: number) {
  const most = size.outputs > 1 ? 800 : 2000;
  const workOf = (rounds: number) => fits * workOfRounds(rounds, size);
  const patient = workOf(options.rounds === 'auto' ? most : options.rounds) <= patientTrees;
  const { rounds, patience, 'learning-rate': rate } = options;
  const affordable = Math.floor(hurriedTrees / workOf(1));
  return {
    rounds: rounds !== 'auto' ? rounds : patient ? most : between(fewestRounds, affordable, most),
    'learning-rate': rate === 'auto' ? (patient ? 0.05 : 0.1) : rate,
    patience: patience === 'auto' ? (patient ? 50 : 10) : patience,
  };
}

/** Three seeds where all trainings may take that; else one, and of a very large table fewer epochs. */
function effort(options: NeuralNetworkCandidate, size: TrainingSize, fits: number) {
  const most = 80;
  const workOf = (epochs: number) => fits * epochs * workOfEpoch(options.layers, size);
  const { epochs, seeds } = options;
  const several = 3 * workOf(epochs === 'auto' ? most : epochs) <= severalSeeds;
  const settledSeeds = seeds === 'auto' ? (several ? 3 : 1) : seeds;
  const affordable = Math.floor(oneSeed / (settledSeeds * workOf(1)));
  return {
    epochs: epochs === 'auto' ? between(fewestEpochs, affordable, most) : epochs,
    seeds: settledSeeds,
  };
}

function between(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
