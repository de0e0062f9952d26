/** Counts above this are not drawn: their chance at a mean of at most 1 is below 2⁻⁴⁴. */
const mostCount = 15;

/** Entries of the table: ten random bits choose one. */
export const tableSize = 1024;

/** The bits of an entry that leaves its two counts to {@link rarePair}. */
export const undecidedPair = 0x8080;

/** The joint distribution of two independent Poisson counts, ready to draw from; a pair is two bytes. */
export interface PoissonPairs {
  /** Each pair as often as whole 1,024ths of its chance allow; the last few entries are `undecidedPair`. */
  readonly pairs: Uint16Array;
  /** The other pairs, by what the whole 1,024ths left of their chance, descending. */
  readonly rest: Uint16Array;
  /** The rest as a cumulative distribution. */
  readonly cumulative: Float64Array;
}

/**
 * Splits the distribution of a pair of Poisson counts into a part that a table of 1,024 equal chances draws exactly,
 * and a rest of about one percent, drawn by inversion.
 *
 * @param mean of each count, from 0 to 1.
 */
export function poissonPairs(mean: number): PoissonPairs {
  const chances = poissonChances(mean);
  const bytes = new Uint8Array(2 * tableSize).fill(0x80);
  const left: { first: number; second: number; chance: number }[] = [];
  let filled = 0;
  for (let first = 0; first <= mostCount; first++) {
    for (let second = 0; second <= mostCount; second++) {
      const chance = chances[first]! * chances[second]! * tableSize;
      const whole = Math.floor(chance);
      for (let i = 0; i < whole; i++) bytes.set([first, second], 2 * filled++);
      if (chance > whole) left.push({ first, second, chance: chance - whole });
    }
  }
  left.sort((a, b) => b.chance - a.chance);
  const restBytes = new Uint8Array(2 * left.length);
  const cumulative = new Float64Array(left.length);
  const sum = left.reduce((total, { chance }) => total + chance, 0);
  let below = 0;
  for (const [i, { first, second, chance }] of left.entries()) {
    restBytes.set([first, second], 2 * i);
    below += chance / sum;
    cumulative[i] = below;
  }
  // Bytes seen as 16-bit words: which of the two comes first is then the same on every machine.
  return { pairs: new Uint16Array(bytes.buffer), rest: new Uint16Array(restBytes.buffer), cumulative };
}

function poissonChances(mean: number): Float64Array {
  const chances = new Float64Array(mostCount + 1);
  let chance = Math.exp(-mean);
  for (let k = 0; k <= mostCount; k++) {
    chances[k] = chance;
    chance *= mean / (k + 1);
  }
  return chances;
}

/** The pair of the rest at a uniform number from [0, 1). */
export function rarePair({ rest, cumulative }: PoissonPairs, uniform: number): number {
  let i = 0;
  while (i < rest.length - 1 && cumulative[i]! <= uniform) i++;
  return rest[i]!;
}
