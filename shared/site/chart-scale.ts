/** From low to high, low below high. */
export type Span = readonly [number, number];

/** Maps numbers to places; what lies beyond the span lies beyond the places. */
export function scaleOf([low, high]: Span, [from, to]: Span): (value: number) => number {
  const factor = (to - from) / (high - low);
  return (value) => Math.round((from + (value - low) * factor) * 100) / 100;
}

/** The smallest span around the numbers, with some room; around a single number too. */
export function spanAround(values: Iterable<number>, room = 0.06): Span | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return undefined;
  const margin = high > low ? (high - low) * room : Math.max(Math.abs(low) * 0.1, 0.5);
  return [low - margin, high + margin];
}

/** Room for labels at the side of a chart, in a chart's own units: at least `least`, and more where one of them is long. */
export function roomFor(labels: readonly string[], least: number, letter = 7): number {
  return Math.max(least, Math.ceil(letter * Math.max(0, ...labels.map((label) => label.length))));
}

/** Round numbers within a span, about as many as wanted: multiples of 1, 2 or 5 times a power of ten. */
export function ticksOf([low, high]: Span, wanted: number): number[] {
  const raw = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10);
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step); k * step <= high; k++) ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}
