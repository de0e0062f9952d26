import { formatNumber } from '../../text/number-format.ts';

/** Factors between units that are mixed up: of ten, and of time. */
const factors = [10, 100, 1000, 10_000, 100_000, 1_000_000, 60, 3600].flatMap((factor) => [
  factor,
  1 / factor,
]);

/** How far apart the plain samples must be, and how many times further than after the division. */
const leastDistance = 0.3;
const leastRatio = 3;
/** The samples match after the division when they are no further apart than this, or no further than chance has them. */
const closeDistance = 0.1;
const closeP = 0.01;

/** A Kolmogorov-Smirnov comparison. */
export interface Compared {
  readonly value: number;
  readonly p: number;
}

/**
 * Whether the current values are the reference's times a round factor: divided by it they match the reference, and as they are
 * they do not. Its p-value is that of the plain comparison: only where that is small can such a change be seen, so an alarm is
 * at most as frequent as its own.
 *
 * @param divided compares the current values, divided by a factor, with the reference.
 * @returns the factor that matches best, undefined where none does.
 */
export function unitChange(plain: Compared, divided: (factor: number) => Compared): number | undefined {
  if (plain.value < leastDistance) return undefined;
  const matching = factors
    .map((factor) => ({ factor, ...divided(factor) }))
    .filter(({ value, p }) => value * leastRatio <= plain.value && (value <= closeDistance || p > closeP))
    .sort((a, b) => a.value - b.value);
  return matching[0]?.factor;
}

/** `1,000 times what it was`, `1/1,000 of what it was`. */
export function factorWords(factor: number): string {
  return factor > 1
    ? `${formatNumber(factor)} times what it was`
    : `1/${formatNumber(Math.round(1 / factor))} of what it was`;
}
