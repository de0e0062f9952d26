import type { Random } from '../../platform/random.ts';
import type { RowWeights } from '../rows/row-weights.ts';
import { type PoissonPairs, poissonPairs, rarePair, undecidedPair } from './poisson-table.ts';

/** A stream of bootstrap resamples. */
export interface Resampler {
  /** How often each row is drawn in the next resample; the counts are written into the same array each time. */
  next(): RowWeights;
}

/**
 * Draws `rows` rows with replacement, each with the same chance: the nonparametric bootstrap (Efron, "Bootstrap
 * methods: another look at the jackknife", 1979), and gives the counts by row.
 *
 * Drawing row by row jumps about in memory. Instead every row, in order, first gets a Poisson count of mean
 * λ = 1 − 4/√rows, six rows to a 32-bit word; then rows are drawn one by one until there are `rows` draws. The counts
 * have exactly the same distribution: independent Poisson counts, given their sum, are multinomial with equal chances,
 * and stay so when uniform draws are added or surplus ones, chosen at random, taken back. With this λ there is a
 * surplus in 3 of 100,000 resamples.
 */
export function createResampler(rows: number, random: Random): Resampler {
  const buffer = new ArrayBuffer(Math.ceil(rows / rowsPerWord) * rowsPerWord);
  const pairs = new Uint16Array(buffer);
  const counts = new Uint8Array(buffer, 0, rows);
  const beyond = new Uint8Array(buffer, rows);
  const table = poissonPairs(Math.max(0, 1 - 4 / Math.sqrt(rows)));
  // Words that are partly undecided; a loop of their own decides them, which keeps the other one short.
  const open = new Uint32Array(pairs.length / 3);
  const state = Int32Array.from([random.uint32(), random.uint32(), random.uint32(), 1]);
  return {
    next() {
      const left = drawPoisson(pairs, table.pairs, state, open);
      for (let i = 0; i < left; i++) decide(pairs, open[i]!, table, random);
      settle(counts, sumOf(pairs) - surplus(beyond), random);
      return { counts, total: rows };
    },
  };
}

const rowsPerWord = 6;

/**
 * Gives every row a Poisson count, a pair of rows by ten bits of a random word.
 *
 * The generator is sfc32 (PractRand), as platform/random's, written out here because a call per word would cost as
 * much as the rest; `state` is where it stands.
 *
 * @param open receives the first of three pairs when at least one of them is undecided.
 * @returns how many those are.
 */
function drawPoisson(pairs: Uint16Array, pairOf: Uint16Array, state: Int32Array, open: Uint32Array): number {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let counter = state[3]!;
  let left = 0;
  for (let i = 0; i < pairs.length; i += 3) {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    const first = pairOf[word & 1023]!;
    const second = pairOf[(word >>> 10) & 1023]!;
    const third = pairOf[(word >>> 20) & 1023]!;
    if (((first | second | third) & undecidedPair) !== 0) open[left++] = i;
    pairs[i] = first;
    pairs[i + 1] = second;
    pairs[i + 2] = third;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = counter;
  return left;
}

function decide(pairs: Uint16Array, from: number, table: PoissonPairs, random: Random): void {
  for (let i = from; i < from + 3; i++) {
    if (pairs[i] === undecidedPair) pairs[i] = rarePair(table, random.next());
  }
}

/**
 * The sum of all bytes, none of which may be above 15: four at a time in the bytes of a 32-bit number, which hold the sum of
 * sixteen.
 */
function sumOf({ buffer, length }: Uint16Array): number {
  const words = new Uint32Array(buffer, 0, length >>> 1);
  const whole = words.length - (words.length % 16);
  let total = 0;
  for (let from = 0; from < whole; from += 16) {
    let sums = 0;
    for (let i = from; i < from + 16; i++) sums += words[i]!;
    const halves = (sums & 0x00ff00ff) + ((sums >>> 8) & 0x00ff00ff);
    total += (halves & 0xffff) + (halves >>> 16);
  }
  const rest = new Uint8Array(buffer, 4 * whole);
  for (let i = 0; i < rest.length; i++) total += rest[i]!;
  return total;
}

/** Counts that were drawn for rows that are not there. */
function surplus(beyond: Uint8Array): number {
  return beyond.reduce((sum, count) => sum + count, 0);
}

/** Adds draws, or takes some back, until there are as many as rows. */
function settle(counts: Uint8Array, drawn: number, random: Random): void {
  const rows = counts.length;
  for (let total = drawn; total < rows; total++) counts[random.integer(rows)]!++;
  for (let total = drawn; total > rows; total--) counts[rowOfDraw(counts, random)]!--;
}

/** The row of a draw taken at random among all: rows come up in proportion to their counts. */
function rowOfDraw(counts: Uint8Array, random: Random): number {
  const largest = counts.reduce((largest, count) => Math.max(largest, count), 0);
  for (;;) {
    const row = random.integer(counts.length);
    if (random.integer(largest) < counts[row]!) return row;
  }
}
