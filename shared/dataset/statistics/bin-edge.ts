/** Significant digits that tell every double from its neighbours. */
const mostDigits = 17;
/** Decimals up to which a column's values count as rounded. */
const mostDecimals = 6;
/** Steps in which people write times, milliseconds. */
const timeSteps = [86_400_000, 3_600_000, 60_000, 1000, 1] as const;

/** From here on numbers are written with an exponent. */
const withExponent = 1e21;

/** What an edge must keep clear of beside the two values that it lies between. */
export type EdgeGrid = { readonly type: 'number' | 'date' } & (
  | { readonly step?: undefined }
  /** All values of the column are multiples of it: the edge lies half a step off. */
  | { readonly step: number }
);

function isBetween(edge: number, below: number, above: number): boolean {
  return below < edge && edge < above;
}

/** The time nearest to the middle that is written in the largest steps, in UTC. */
function timeBetween(below: number, above: number): number {
  const middle = below + (above - below) / 2;
  for (const step of timeSteps) {
    const edge = Math.round(middle / step) * step;
    if (isBetween(edge, below, above)) return edge;
  }
  return middle;
}

/** The number nearest to the middle that has the fewest significant digits. */
function numberBetween(below: number, above: number): number {
  const middle = below / 2 + above / 2;
  for (let digits = 1; digits <= mostDigits; digits++) {
    const edge = Number(middle.toPrecision(digits)) + 0;
    if (isBetween(edge, below, above)) return edge;
  }
  return middle;
}

/** The number nearest to the middle that is half a step off all that have the step. */
function besideSteps(below: number, above: number, step: number): number {
  const middle = below / 2 + above / 2;
  const edge = (Math.floor(middle / step) + 0.5) * step;
  // As people write it: 0.15, not 0.15000000000000002.
  return step < 1 ? Number(edge.toFixed(mostDecimals + 1)) : edge;
}

/**
 * An edge between two values of a column that is neither of them: the middle, rounded to the fewest digits that still
 * lie between.
 *
 * @returns undefined where no number lies between.
 * @example 21.37 and 21.41: 21.4; 3 and 4: 3.5; noon between two days
 */
export function edgeBetween(below: number, above: number, { type, step }: EdgeGrid): number | undefined {
  if (step !== undefined) {
    const edge = besideSteps(below, above, step);
    if (isBetween(edge, below, above)) return edge;
  }
  const edge = type === 'date' ? timeBetween(below, above) : numberBetween(below, above);
  return isBetween(edge, below, above) ? edge : undefined;
}

function decimalsOf(value: number): number {
  const text = String(value);
  if (text.includes('e')) return Number.POSITIVE_INFINITY;
  return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
}

/** The step that values are written in: 1, 0.1, … 0.000001, of dates days to milliseconds; undefined where they have none. */
export function stepOfValues(values: readonly number[], type: 'number' | 'date'): number | undefined {
  if (type === 'date') return timeSteps.find((step) => values.every((value) => value % step === 0));
  let most = 0;
  for (const value of values) most = Math.max(most, decimalsOf(value));
  return most <= mostDecimals ? Number(`1e-${most}`) : undefined;
}

/** Whether all values are written as whole numbers: their step is 1. */
export function areWhole(values: Float64Array): boolean {
  return values.every((value) => Number.isInteger(value) && Math.abs(value) < withExponent);
}
