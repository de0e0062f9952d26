// What `auto` means: settings that depend on how large the table is, and on how often a candidate is trained.
import type { BoostedTreesCandidate } from '../../../config/sections/candidates/boosted-trees-candidate.ts';
import type {
  Candidate,
  LayersCandidate,
  LayersOptions,
  Settled,
} from '../../../config/sections/candidates/candidate.ts';
import type { NeuralNetworkCandidate } from '../../../config/sections/candidates/neural-network-candidate.ts';
import { type TrainingSize, type Work, workOfEpoch, workOfRounds } from './work.ts';

/** What all trainings of boosted trees may take with small steps, were every round made; a quarter of them is usual. */
const patientTrees: Work = 3e11;

/** What they may take with large steps: beyond it there are fewer rounds. */
const hurriedTrees: Work = 6e11;

/** What all trainings of a network may take, were every epoch run, up to 10,000 rows; of larger tables more, up to four times. */
const networks: Work = 8e10;

const fewestRounds = 200;

/** Steps that a network needs, however large the table is. */
const fewestSteps = 3000;

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
  return {
    ...options,
    ...effort(options, size, 1),
    'batch-size': batchOf(options, size),
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

/** Three seeds where all trainings may take that; else one, and of a larger table fewer epochs. */
function effort(options: NeuralNetworkCandidate, size: TrainingSize, fits: number) {
  const most = 80;
  const workOf = (epochs: number) => fits * epochs * workOfEpoch(options.layers, size);
  const budget = networks * between(1, Math.sqrt(size.rows / 10_000), 4);
  const { epochs, seeds } = options;
  const several = 3 * workOf(epochs === 'auto' ? most : epochs) <= budget;
  const settledSeeds = seeds === 'auto' ? (several ? 3 : 1) : seeds;
  const affordable = Math.floor(budget / (settledSeeds * workOf(1)));
  const fewest = between(3, Math.ceil((fewestSteps * batchOf(options, size)) / size.rows), 15);
  return {
    epochs: epochs === 'auto' ? between(fewest, affordable, most) : epochs,
    seeds: settledSeeds,
  };
}

function batchOf({ 'batch-size': batch }: NeuralNetworkCandidate, { rows }: TrainingSize): number {
  return batch === 'auto' ? between(16, Math.round(rows / 30), 32) : batch;
}

function between(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
