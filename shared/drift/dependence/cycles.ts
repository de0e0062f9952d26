// Patterns of the calendar, which come again at a known time and so are no dependence: day, week and year.
import { factorise, solveFactorised } from '../../algebra/cholesky.ts';
import { dotProduct } from '../../algebra/dot-product.ts';

const day = 86_400_000;
/** Lengths of the calendar's cycles in milliseconds; a year is the mean Gregorian one. */
const calendar = [day, 7 * day, 365.2425 * day];

/** A cycle must be seen about twice to be told from a slow change, and about once by each side that it is taken from. */
const seen = 1.95;
const covered = 0.95;
/** Rows that each cycle must have at least, on average. */
const rowsOfCycle = 8;
/** Waves of a cycle: once and twice in its time. */
const waves = 2;
/** Level of the test that a cycle is there: one that is not, taken away all the same, would make slow changes look independent. */
const level = 0.01;

function spanOf(clock: Float64Array): number {
  return clock.length > 1 ? clock.at(-1)! - clock[0]! : 0;
}

/** Power of series at one frequency, the sum over the series. */
function powerAt(channels: readonly Float64Array[], clock: Float64Array, frequency: number): number {
  let power = 0;
  const angles = clock.map((time) => 2 * Math.PI * ((time * frequency) % 1));
  for (const channel of channels) {
    const mean = channel.reduce((sum, value) => sum + value, 0) / channel.length;
    let real = 0;
    let imaginary = 0;
    for (let i = 0; i < channel.length; i++) {
      real += (channel[i]! - mean) * Math.cos(angles[i]!);
      imaginary += (channel[i]! - mean) * Math.sin(angles[i]!);
    }
    power += real * real + imaginary * imaginary;
  }
  return power;
}

/**
 * The calendar's cycles in series that have seen them at least twice: those at whose frequency there is more power than at the
 * frequencies beside it, k - 2 to k + 2 waves in the series' time. Powers of neighbours are alike in a series without the cycle, and their ratio
 * is of the F distribution with 2 and 2 m degrees of freedom (Priestley, "Spectral analysis and time series", 1981, 6.1.4).
 *
 * @param channels the series, in order of time. @param clock their times in milliseconds.
 * @returns the cycles' lengths in milliseconds.
 */
export function cyclesIn(channels: readonly Float64Array[], clock: Float64Array): readonly number[] {
  const span = spanOf(clock);
  return calendar.filter((cycle) => {
    const times = span / cycle;
    if (times < seen || clock.length < rowsOfCycle * times) return false;
    // Where the second wave lies among the neighbours it is none of them, nor is the mean.
    const beside = [-2, -1, 1, 2]
      .map((step) => times + step)
      .filter((k) => k > 0.5 && Math.abs(k - 2 * times) > 0.5);
    const usual = beside.reduce((sum, k) => sum + powerAt(channels, clock, k / span), 0) / beside.length;
    const ratio = powerAt(channels, clock, 1 / cycle) / usual;
    // P(F > x) of F(2, 2 m) is (1 + x / m) ^ -m; of a series of nothing but the cycle the ratio is infinite.
    return ratio > 0 && (1 + ratio / beside.length) ** -beside.length <= level;
  });
}

/**
 * Takes the calendar's waves from series: of each cycle that the times cover, the sine and cosine that come once and twice in
 * it, by least squares.
 *
 * @param channels the series, in order of time. @param clock their times in milliseconds. @param cycles lengths in milliseconds.
 */
export function withoutCycles(
  channels: readonly Float64Array[],
  clock: Float64Array,
  cycles: readonly number[],
): readonly Float64Array[] {
  const found = cycles.filter((cycle) => spanOf(clock) >= covered * cycle);
  const rows = clock.length;
  const size = 1 + 2 * waves * found.length;
  if (found.length === 0 || rows < 4 * size) return channels;
  const terms = [new Float64Array(rows).fill(1)];
  for (const cycle of found) {
    for (let wave = 1; wave <= waves; wave++) {
      const angles = clock.map((time) => (2 * Math.PI * wave * (time % cycle)) / cycle);
      terms.push(angles.map(Math.cos), angles.map(Math.sin));
    }
  }
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) factor[i * size + j] = dotProduct(terms[i]!, terms[j]!);
  }
  // Rows at a few times of the day cannot tell all of its waves apart.
  if (!factorise(factor, size)) return channels;
  return channels.map((channel) => {
    const weights = Float64Array.from(terms, (term) => dotProduct(term, channel));
    solveFactorised(factor, size, weights);
    return channel.map((value, row) => {
      let rest = value;
      for (let i = 1; i < size; i++) rest -= weights[i]! * terms[i]![row]!;
      return rest;
    });
  });
}
