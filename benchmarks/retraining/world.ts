import { factorise, solveFactorised } from '../../shared/algebra/cholesky.ts';
import type { Random } from '../../shared/platform/random.ts';

export const scenarios = ['gradual', 'sudden', 'none', 'dead sensor', 'other unit'] as const;

/** How the world changes, or what goes wrong in one batch. */
export type Scenario = (typeof scenarios)[number];

/** The period at which the change begins, from 1: the first two are like the data of the first model. */
export const changeAt = 3;
/** How many periods a gradual change takes. */
const gradualOver = 8;
const noise = 1;

/** A linear relation, and where its first feature lies. */
interface World {
  /** The constant, then one coefficient a feature. */
  readonly coefficients: readonly number[];
  readonly mean: number;
}

const before: World = { coefficients: [-3, 1, 0.5, -0.5, 0], mean: 3 };
const after: World = { coefficients: [0.4, 0.2, 0.5, -0.5, 0.4], mean: 4 };
export const features = before.coefficients.length - 1;

/** What holds in a period. */
export function worldOf(scenario: Scenario, period: number): World {
  const since = period - changeAt + 1;
  const share =
    scenario === 'sudden'
      ? Number(since > 0)
      : scenario === 'gradual'
        ? Math.min(1, Math.max(0, since / gradualOver))
        : 0;
  return {
    coefficients: before.coefficients.map((own, i) => own + share * (after.coefficients[i]! - own)),
    mean: before.mean + share * (after.mean - before.mean),
  };
}

/** Whether a period's rows come broken: the first feature stuck at one value, or in another unit, ten times as large. */
export function isCorrupted(scenario: Scenario, period: number): boolean {
  return (scenario === 'dead sensor' || scenario === 'other unit') && period === changeAt;
}

/** Rows with their truth. */
export interface Rows {
  /** Row-major, {@link features} a row. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export function drawRows(
  { scenario, period, rows }: { readonly scenario: Scenario; readonly period: number; readonly rows: number },
  random: Random,
): Rows {
  const { coefficients, mean } = worldOf(scenario, period);
  const [x, y] = [new Float64Array(rows * features), new Float64Array(rows)];
  const broken = isCorrupted(scenario, period) ? scenario : undefined;
  for (let i = 0; i < rows; i++) {
    let value = coefficients[0]! + noise * random.normal();
    for (let j = 0; j < features; j++) {
      const own = random.normal() + (j === 0 ? mean : 0);
      value += coefficients[j + 1]! * own;
      x[i * features + j] = j > 0 || !broken ? own : broken === 'dead sensor' ? 0 : 10 * own;
    }
    y[i] = value;
  }
  return { x, y };
}

export function takeRowsOf({ x, y }: Rows, places: readonly number[]): Rows {
  return {
    x: Float64Array.from({ length: places.length * features }, (_, k) => {
      const row = places[Math.floor(k / features)]!;
      return x[row * features + (k % features)]!;
    }),
    y: Float64Array.from(places, (row) => y[row]!),
  };
}

export function joinRows(parts: readonly Rows[]): Rows {
  const join = (arrays: readonly Float64Array[]) => {
    const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const one of arrays) {
      all.set(one, at);
      at += one.length;
    }
    return all;
  };
  return { x: join(parts.map(({ x }) => x)), y: join(parts.map(({ y }) => y)) };
}

/** Least squares: the constant, then one coefficient a feature. */
export function fitRows({ x, y }: Rows): Float64Array {
  const width = features + 1;
  const matrix = new Float64Array(width * width);
  const right = new Float64Array(width);
  const row = new Float64Array(width).fill(1);
  for (let i = 0; i < y.length; i++) {
    row.set(x.subarray(i * features, (i + 1) * features), 1);
    for (let a = 0; a < width; a++) {
      right[a]! += row[a]! * y[i]!;
      for (let b = 0; b <= a; b++) matrix[a * width + b]! += row[a]! * row[b]!;
    }
  }
  if (!factorise(matrix, width)) throw new RangeError(`least squares of ${y.length} dependent rows`);
  solveFactorised(matrix, width, right);
  return right;
}

export function predictRows(model: Float64Array, { x, y }: Rows): Float64Array {
  return Float64Array.from(y, (_, i) => {
    let value = model[0]!;
    for (let j = 0; j < features; j++) value += model[j + 1]! * x[i * features + j]!;
    return value;
  });
}

/** The root mean squared error that a model has in a world on rows that come whole: exact, not of a sample. */
export function trueError(model: Float64Array, { coefficients, mean }: World): number {
  const off = coefficients.map((own, i) => model[i]! - own);
  const spread = off.slice(1).reduce((sum, own) => sum + own ** 2, 0);
  return Math.sqrt(noise ** 2 + spread + (off[0]! + off[1]! * mean) ** 2);
}
