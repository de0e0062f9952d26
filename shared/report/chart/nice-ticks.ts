/**
 * Round numbers, evenly spaced, the first at or below `low` and the last at or above `high`.
 *
 * @param count about how many steps; at least 1.
 * @example niceTicks(2.3, 4.1, 4) // [2, 2.5, 3, 3.5, 4, 4.5]
 */
export function niceTicks(low: number, high: number, count: number): number[] {
  const span = high > low ? high - low : Math.max(Math.abs(low) * 0.2, 1e-9);
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
