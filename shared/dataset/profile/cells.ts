/** Counts over points and the gaps around them. */
export interface CellCounts {
  /** Values exactly at each point. */
  readonly at: Float64Array;
  /** Values below the first point, between each two, above the last. */
  readonly between: Float64Array;
  /** Values that are missing (NaN). */
  readonly missing: number;
}

/** Eight grid steps to a point: then a step rarely holds more than one, where points lie evenly. */
const stepsPerPoint = 8;
/** Of very many values as many as the processor's cache holds: points of a long tail are crowded at the other end. */
const mostSteps = 65_536;
/** A step more must save more than it costs. */
const valuesPerStep = 16;

/** Counts values at ascending points and in the gaps between them. @param points ascending. */
export function countCells(points: Float64Array, values: Float64Array): CellCounts {
  const counter = new CellCounter(points, values.length);
  counter.add(values);
  return counter.counts();
}

/**
 * Counts values at points and in the gaps between them, part by part. A uniform grid over the points says where to look; crowded
 * steps are searched by halves.
 */
export class CellCounter {
  readonly #points: Float64Array;
  /** In order of value: gap 0, point 0, gap 1, point 1, … gap n. */
  readonly #cells: Float64Array;
  readonly #factor: number;
  readonly #starts: Uint32Array;
  #missing = 0;

  /** @param points ascending. @param values how many are to be counted, as a guess. */
  constructor(points: Float64Array, values = 0) {
    const n = points.length;
    this.#points = points;
    this.#cells = new Float64Array(2 * n + 1);
    const first = n > 0 ? points[0]! : 0;
    const steps = Math.max(1, n * stepsPerPoint, Math.min(mostSteps, Math.floor(values / valuesPerStep)));
    const width = n > 0 ? points[n - 1]! - first : 0;
    this.#factor = width > 0 && Number.isFinite(steps / width) && Number.isFinite(width) ? steps / width : 0;
    this.#starts = gridStarts(points, first, this.#factor, steps);
  }

  /** @param values NaN where they are missing. */
  add(values: Float64Array): void {
    const [points, cells, starts, factor] = [this.#points, this.#cells, this.#starts, this.#factor];
    const n = points.length;
    const first = n > 0 ? points[0]! : 0;
    const last = n > 0 ? points[n - 1]! : 0;
    let missing = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      let cell: number;
      if (value >= first && value <= last) {
        const step = ((value - first) * factor) | 0;
        let low = starts[step]!;
        let high = starts[step + 1]!;
        // The first point that is not below the value.
        while (low < high) {
          const middle = (low + high) >>> 1;
          if (points[middle]! < value) low = middle + 1;
          else high = middle;
        }
        cell = points[low] === value ? 2 * low + 1 : 2 * low;
      } else if (value < first) cell = 0;
      else if (value > last) cell = 2 * n;
      else {
        missing++;
        continue;
      }
      cells[cell] = cells[cell]! + 1;
    }
    this.#missing += missing;
  }

  counts(): CellCounts {
    const cells = this.#cells;
    const at = new Float64Array(this.#points.length);
    const between = new Float64Array(at.length + 1);
    for (let i = 0; i < at.length; i++) at[i] = cells[2 * i + 1]!;
    for (let i = 0; i < between.length; i++) between[i] = cells[2 * i]!;
    return { at, between, missing: this.#missing };
  }
}

/** For each grid step, the first point at or after it; the step after the last has one past the end. */
function gridStarts(points: Float64Array, first: number, factor: number, steps: number): Uint32Array {
  const starts = new Uint32Array(steps + 2).fill(points.length);
  for (let p = points.length - 1; p >= 0; p--) starts[((points[p]! - first) * factor) | 0] = p;
  for (let step = steps; step >= 0; step--) {
    if (starts[step]! > starts[step + 1]!) starts[step] = starts[step + 1]!;
  }
  return starts;
}
