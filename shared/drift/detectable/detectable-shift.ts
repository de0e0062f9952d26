import type { NumberPair } from '../samples/number-pair.ts';
import { type Bar, smallest, standardNormal80 } from './detectable.ts';

/** Points of a distribution function that are looked at. */
const mostPoints = 256;

type Rows = NumberPair['rows'];

/**
 * The Kolmogorov-Smirnov distance that is significant at a level: where Smirnov's limit is 2 exp(-2 nm/(n+m) d²), a
 * little too far for few rows.
 */
function criticalDistance(alpha: number, { reference, current }: Rows): number {
  return Math.sqrt((-Math.log(alpha / 2) * (reference + current)) / (2 * reference * current));
}

/** The reference's distribution function as a broken line through the middle of each cell. */
export interface Line {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Where alone the two samples' functions are compared: the ends of cells; absent where rows are compared. */
  readonly ends?: readonly number[];
}

/** What {@link detectableShift} needs of two samples: a few hundred points, however many rows there are. */
export function lineOf(pair: NumberPair): Line {
  if (!pair.exact) return lineOfCells(pair);
  const { low, high, reference, rows } = pair;
  const x: number[] = [];
  const y: number[] = [];
  let below = 0;
  let next = 0;
  for (let i = 0; i < low.length; i++) {
    const count = reference[i]!;
    below += count;
    // The next point, as the last one, lies further on.
    if ((below < next && below < rows.reference) || count === 0) continue;
    const middle = below - count + count / 2;
    if (middle < next && below < rows.reference) continue;
    x.push(low[i]! / 2 + high[i]! / 2);
    y.push(middle / rows.reference);
    next = middle + rows.reference / mostPoints;
  }
  return withEnds({ x, y });
}

/** Of cells, the line goes through their ends, where the reference's height is known; at a point, its middle. */
function lineOfCells({ low, high, reference, rows }: NumberPair): Line {
  const x: number[] = [];
  const y: number[] = [];
  let below = 0;
  const add = (value: number, height: number): void => {
    if (x.at(-1) === value) y[y.length - 1] = height;
    else {
      x.push(value);
      y.push(height);
    }
  };
  for (let i = 0; i < low.length; i++) {
    const count = reference[i]!;
    if (low[i] === high[i]) add(low[i]!, (below + count / 2) / rows.reference);
    else {
      // Behind a point the line is at its middle already.
      if (x.at(-1) !== low[i]) add(low[i]!, below / rows.reference);
      add(high[i]!, (below + count) / rows.reference);
    }
    below += count;
  }
  return { ...withEnds({ x, y }), ends: x };
}

/**
 * The line begins at 0 and ends at 1, a step outside: of few distinct values, each a large share of the rows, no shift is
 * seen for being a shift, but for the rows that go over to the next value.
 */
function withEnds({ x, y }: Line): Line {
  if (x.length < 2) return { x, y };
  const first = x[0]! - (x[1]! - x[0]!);
  const last = x.at(-1)! + (x.at(-1)! - x.at(-2)!);
  return { x: [first, ...x, last], y: [0, ...y, 1] };
}

/** The line's height at values that are given in ascending order: each goes on from where the last one lay. */
function walker({ x, y }: Line): (value: number) => number {
  const last = x.length - 1;
  let low = 0;
  return (value) => {
    if (value < x[0]!) return 0;
    if (value > x[last]!) return 1;
    while (low < last - 1 && x[low + 1]! <= value) low++;
    const part = (value - x[low]!) / (x[low + 1]! - x[low]!);
    return y[low]! + (y[low + 1]! - y[low]!) * part;
  };
}

/** How far apart the reference and its copy moved up by `shift` are, less what 80 % of samples keep of it. */
function keptDistance(line: Line, shift: number, rows: Rows): number {
  const [here, before, after, back] = [walker(line), walker(line), walker(line), walker(line)];
  const keptOf = (p: number, q: number): number =>
    p - q - standardNormal80 * Math.sqrt((p * (1 - p)) / rows.reference + (q * (1 - q)) / rows.current);
  let kept = 0;
  if (line.ends) {
    for (const end of line.ends) kept = Math.max(kept, keptOf(here(end), before(end - shift)));
    return kept;
  }
  for (const point of line.x) {
    const moved = point + shift;
    kept = Math.max(
      kept,
      keptOf(here(point), before(point - shift)),
      keptOf(after(moved), back(moved - shift)),
    );
  }
  return kept;
}

/**
 * The smallest shift of all values, in standard deviations of the reference, that the Kolmogorov-Smirnov test and the
 * effect's floors let pass in at least 80 % of windows like this. Analytic: the distance between the reference's own
 * distribution and its moved copy, where it is largest, is normal about its mean; a bound, so the true power is a
 * little higher.
 *
 * @param deviation of the reference, above 0.
 * @returns undefined where no shift of up to 100 standard deviations would be seen.
 */
export function detectableShift(
  { line, rows }: { readonly line: Line; readonly rows: Rows },
  deviation: number,
  bar: Bar,
): number | undefined {
  if (line.x.length < 2) return undefined;
  const critical = criticalDistance(bar.alpha, rows);
  const kept = (shift: number): number => keptDistance(line, shift * deviation, rows);
  const tested = smallest((shift) => kept(shift) >= critical, 100);
  if (tested === undefined) return undefined;
  const far = smallest((shift) => kept(shift) >= bar.floor, 100) ?? Number.POSITIVE_INFINITY;
  const moved = bar.floor + standardNormal80 * Math.sqrt(1 / rows.reference + 1 / rows.current);
  return Math.max(tested, Math.min(far, moved));
}
