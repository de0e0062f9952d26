import type { Random } from '../../platform/random.ts';

/** Entries of the table: ten random bits choose one. */
const tableSize = 1024;

/**
 * The exponential distribution of mean 1, cut into slices of equal chance, each by its mean: its variance is 0.998 instead of
 * 1. Drawing one is a look-up, where a logarithm for each row would take as long as all the rest.
 */
const table = Float64Array.from({ length: tableSize }, (_, slice) => {
  const above = (p: number) => (p >= 1 ? 0 : (1 - p) * (1 - Math.log(1 - p)));
  return tableSize * (above(slice / tableSize) - above((slice + 1) / tableSize));
});

/** Rows with a weight each; their mean is about 1. */
export interface DrawnWeights {
  readonly counts: Float64Array;
  readonly total: number;
}

/** A stream of weights of rows. */
export interface WeightDraws {
  /** The next weights, written into the same array each time. */
  next(): DrawnWeights;
}

/**
 * Draws weights of the Bayesian bootstrap (Rubin, "The Bayesian bootstrap", 1981): independent exponential weights, which
 * over their sum are uniform over all distributions on the rows.
 */
export function createWeightDraws(rows: number, random: Random): WeightDraws {
  const counts = new Float64Array(rows);
  const words = new Uint32Array(Math.ceil(rows / rowsPerWord));
  return {
    next() {
      random.fill(words);
      return { counts, total: weightsOf(words, counts) };
    },
  };
}

/** Rows of a word of 32 random bits, of ten bits each. */
const rowsPerWord = 3;

/** Writes the weight of each row; returns their sum. */
function weightsOf(words: Uint32Array, counts: Float64Array): number {
  let total = 0;
  let row = 0;
  for (let i = 0; i < words.length; i++) {
    const bits = words[i]!;
    for (let shift = 0; shift < 30 && row < counts.length; shift += 10) {
      const weight = table[(bits >>> shift) & (tableSize - 1)]!;
      counts[row++] = weight;
      total += weight;
    }
  }
  return total;
}

/** Streams of weights for so many rows. */
export type WeightSource = (rows: number) => WeightDraws;

/**
 * Weights for several metrics that are drawn side by side: of those of equally many rows the first that goes on draws, and
 * the others get what it drew. Each sees the draws that it would make alone.
 *
 * @returns streams that may be at most one draw apart; one that falls behind throws a RangeError.
 */
export function createWeightSource(random: Random): WeightSource {
  const shared = new Map<number, () => WeightDraws>();
  return (rows) => {
    const known = shared.get(rows) ?? sharedDraws(createWeightDraws(rows, random.fork('resamples')));
    shared.set(rows, known);
    return known();
  };
}

function sharedDraws(draws: WeightDraws): () => WeightDraws {
  let drawn = 0;
  let last: DrawnWeights | undefined;
  return () => {
    let own = 0;
    return {
      next() {
        own++;
        if (own < drawn) throw new RangeError(`draw ${own} was asked for after draw ${drawn}`);
        if (own > drawn) {
          last = draws.next();
          drawn = own;
        }
        return last!;
      },
    };
  };
}

/** An exponential number of mean 1, exact: for the few weights that decide by themselves. */
export function drawExponential(random: Random): number {
  return -Math.log(1 - random.next());
}

/**
 * A gamma number of whole shape and scale 1, the sum of so many exponential ones: those up to 12 by their product, more by
 * Marsaglia and Tsang, "A simple method for generating gamma variables", 2000.
 *
 * @param shape a whole number from 1.
 */
export function drawGamma(shape: number, random: Random): number {
  if (shape <= 12) {
    let product = 1;
    for (let i = 0; i < shape; i++) product *= 1 - random.next();
    return -Math.log(product);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.next()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
