/** A smooth convex function: its value, and its gradient into the given array. */
export type Smooth = (at: Float64Array, gradient: Float64Array) => number;

/** Where a search for the least value ended. */
export interface Minimum {
  readonly value: number;
  /** False after the most steps. */
  readonly converged: boolean;
}

/** Steps that the next one remembers. */
const memory = 20;

/** Share of the decrease that the slope promises which a step must bring (Nocedal and Wright 2006, (3.4)). */
const sufficient = 1e-4;

/** Differences of values below this share of them are rounding. */
const rounding = 1e-14;

interface Move {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / (stepᵀchange). */
  readonly inverse: number;
}

/**
 * The least value of a strictly convex function by limited-memory BFGS (Nocedal and Wright 2006, algorithm 7.5), from a
 * preconditioner in place of a multiple of the identity; with the exact inverse curvature there its steps are Newton's.
 * How far the preconditioner as a whole is too large or too small the first step shows (ibid., (7.20)). Ends where the decrease that a
 * Newton step would bring is at most `tolerance` of the value.
 *
 * @param at where the search starts; becomes where it ended.
 */
export function minimise(
  evaluate: Smooth,
  at: Float64Array,
  precondition: (gradient: Float64Array) => void,
  { tolerance, steps }: { readonly tolerance: number; readonly steps: number },
): Minimum {
  let gradient = new Float64Array(at.length);
  let value = evaluate(at, gradient);
  const moves: Move[] = [];
  let scale = 1;
  const scaled = (vector: Float64Array): void => {
    precondition(vector);
    if (scale !== 1) for (let k = 0; k < vector.length; k++) vector[k]! *= scale;
  };
  for (let done = 0; ; done++) {
    const direction = directionOf(gradient, moves, scaled);
    const slope = dot(gradient, direction);
    if (!(slope > tolerance * Math.abs(value))) return { value, converged: true };
    if (done === steps) return { value, converged: false };
    const next = lineSearch(evaluate, { at, value, direction, slope });
    if (!next) return { value, converged: true };
    const step = next.at.map((entry, k) => entry - at[k]!);
    const change = next.gradient.map((entry, k) => entry - gradient[k]!);
    const curvature = dot(step, change);
    if (curvature > 0) {
      if (moves.length === 0) scale = curvature / dot(change, preconditioned(change, precondition));
      moves.push({ step, change, inverse: 1 / curvature });
    }
    if (moves.length > memory) moves.shift();
    at.set(next.at);
    gradient = next.gradient;
    value = next.value;
  }
}

function preconditioned(vector: Float64Array, precondition: (gradient: Float64Array) => void): Float64Array {
  const result = Float64Array.from(vector);
  precondition(result);
  return result;
}

/** The inverse curvature, as the moves correct the preconditioner's, times the gradient. */
function directionOf(
  gradient: Float64Array,
  moves: readonly Move[],
  precondition: (gradient: Float64Array) => void,
): Float64Array {
  const direction = Float64Array.from(gradient);
  const shares: number[] = [];
  for (const { step, change, inverse } of moves.toReversed()) {
    const share = inverse * dot(step, direction);
    shares.push(share);
    add(direction, change, -share);
  }
  precondition(direction);
  for (const { step, change, inverse } of moves) {
    add(direction, step, shares.pop()! - inverse * dot(change, direction));
  }
  return direction;
}

/** Halves a step until it brings enough; undefined where none does, beyond rounding. */
function lineSearch(
  evaluate: Smooth,
  from: {
    readonly at: Float64Array;
    readonly value: number;
    readonly direction: Float64Array;
    readonly slope: number;
  },
) {
  const { at, value, direction, slope } = from;
  for (let length = 1; length > 1e-10; length /= 2) {
    const next = at.map((entry, k) => entry - length * direction[k]!);
    const gradient = new Float64Array(at.length);
    const lower = evaluate(next, gradient);
    const allowed = value - sufficient * length * slope + rounding * Math.abs(value);
    if (lower <= allowed) return { at: next, gradient, value: lower };
  }
  return undefined;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let k = 0; k < to.length; k++) to[k]! += times * what[k]!;
}
