/** Losses at numbers of rows that double, the first of which is the smallest. */
export type DoubledLosses = readonly number[];

/** Exponents that are tried: slower ones cannot be told from a line, and no model of rows learns faster than by the number of rows. */
const exponents = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);

/** A learning curve `floor + gain × ratio^k`, where k doublings have been made. */
export interface PowerLaw {
  readonly floor: number;
  readonly gain: number;
  /** 2^-exponent. */
  readonly ratio: number;
}

/**
 * The power law a + b n^-c with c from 0.05 to 1 that is nearest to losses by least squares. Of numbers of rows that double it is
 * geometric: each doubling gains the same share of what the one before it gained.
 *
 * @source Hestness et al. 2017, "Deep Learning Scaling is Predictable, Empirically"; Viering and Loog 2021, "The Shape of Learning
 *   Curves: a Review", section 3.
 * @param losses at least three.
 */
export function fitPowerLaw(losses: DoubledLosses): PowerLaw {
  let best: (PowerLaw & { readonly error: number }) | undefined;
  for (const exponent of exponents) {
    const fit = fitWith(losses, 2 ** -exponent);
    if (!best || fit.error < best.error) best = fit;
  }
  const { floor, gain, ratio } = best!;
  return { floor, gain, ratio };
}

/** The curve's loss after so many doublings. */
export function lossAfter({ floor, gain, ratio }: PowerLaw, doublings: number): number {
  return floor + gain * ratio ** doublings;
}

/** Least squares of losses on powers of a ratio. */
function fitWith(losses: DoubledLosses, ratio: number): PowerLaw & { readonly error: number } {
  const powers = losses.map((_, k) => ratio ** k);
  const [meanPower, meanLoss] = [mean(powers), mean(losses)];
  let [squares, products] = [0, 0];
  for (const [k, power] of powers.entries()) {
    squares += (power - meanPower) ** 2;
    products += (power - meanPower) * (losses[k]! - meanLoss);
  }
  const gain = products / squares;
  const law = { floor: meanLoss - gain * meanPower, gain, ratio };
  const error = losses.reduce((sum, loss, k) => sum + (loss - lossAfter(law, k)) ** 2, 0);
  return { ...law, error };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
