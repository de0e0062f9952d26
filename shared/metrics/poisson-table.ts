/** Counts above this are not drawn: their chance at a mean of at most 1 is below 2⁻⁴⁴. */
const mostCount = 15;

/** Entries of the table: ten random bits choose one. */
export const tableSize = 1024;

/** An entry of the table that leaves the count to {@link PoissonTable.rest}. */
export const undecided = 128;

/** A Poisson distribution of mean at most 1, ready to draw from. */
export interface PoissonTable {
  /** Each count k as often as whole 1,024ths of its chance allow; the last few entries are `undecided`. */
  readonly counts: Uint8Array;
  /** What the whole 1,024ths left over, as a cumulative distribution. */
  readonly rest: Float64Array;
}

/**
 * Splits a Poisson distribution into a part that a table of 1,024 equal chances draws exactly and a rest of three or
 * four 1,024ths, drawn by inversion.
 *
 * @param mean from 0 to 1.
 */
export function poissonTable(mean: number): PoissonTable {
  const counts = new Uint8Array(tableSize).fill(undecided);
  const rest = new Float64Array(mostCount + 1);
  let chance = Math.exp(-mean);
  let filled = 0;
  let left = 0;
  for (let k = 0; k <= mostCount; k++) {
    const whole = Math.floor(chance * tableSize);
    counts.fill(k, filled, filled + whole);
    filled += whole;
    left += chance * tableSize - whole;
    rest[k] = left;
    chance *= mean / (k + 1);
  }
  for (let k = 0; k <= mostCount; k++) rest[k] = left > 0 ? rest[k]! / left : 1;
  return { counts, rest };
}

/** The count of the rest at a uniform number from [0, 1). */
export function restCount({ rest }: PoissonTable, uniform: number): number {
  let count = 0;
  while (count < mostCount && rest[count]! <= uniform) count++;
  return count;
}
