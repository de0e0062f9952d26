import { copyParameters, type Parameters } from './parameters.ts';

/**
 * The share of the way that the average of weights moves to those of each next step, which counts the calls: the plain mean of
 * the first `steps` steps, from then on an exponential moving average that reaches about as far back (Polyak and Juditsky
 * 1992; Morales-Brotons et al. 2024). The first share is 1: where the training began has no part in the average.
 */
export function averageShare(steps: number): () => number {
  let taken = 0;
  return () => {
    taken++;
    return 1 / Math.min(taken, Math.max(1, steps));
  };
}

/** The average of a network's weights and running statistics over its last steps. */
export interface WeightAverage {
  readonly parameters: Parameters;
  /** Takes in what the network is after a step. */
  follow(): void;
  /** What is computed while the network has the average's numbers. */
  inPlace<T>(compute: () => T): T;
}

/** @param network whose numbers are averaged, in place of which the average is judged. */
export function createAverage(network: Parameters, steps: number): WeightAverage {
  const parameters = copied(network);
  const kept = copied(network);
  const shareOf = averageShare(steps);
  return {
    parameters,
    follow() {
      const share = shareOf();
      moveTowards(parameters.flat, network.flat, share);
      for (const [i, { mean, variance }] of network.moving.entries()) {
        moveTowards(parameters.moving[i]!.mean, mean, share);
        moveTowards(parameters.moving[i]!.variance, variance, share);
      }
    },
    inPlace(compute) {
      copyParameters(network, kept);
      copyParameters(parameters, network);
      try {
        return compute();
      } finally {
        copyParameters(kept, network);
      }
    },
  };
}

function moveTowards(averages: Float32Array, values: Float32Array, share: number): void {
  for (let i = 0; i < averages.length; i++) averages[i]! += share * (values[i]! - averages[i]!);
}

/** Copies without views into one another: they are only copied to and from. */
function copied({ flat, layers, moving }: Parameters): Parameters {
  return {
    flat: flat.slice(),
    layers,
    moving: moving.map(({ mean, variance }) => ({ mean: mean.slice(), variance: variance.slice() })),
  };
}
