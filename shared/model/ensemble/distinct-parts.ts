/** Parts of a blend in an order that does not depend on the one they were given in. */
export interface DistinctParts {
  /** One column of numbers for each part that is not the same as another. */
  readonly columns: readonly Float64Array[];
  /** Gives each part its weight: equal ones share that of their column. */
  shared(weights: readonly number[]): number[];
}

/**
 * Sorts the parts' columns by a number of each, equal ones by their values, and takes those that are the same to the bit for
 * one. Sums over parts are then made in the same order whatever order the parts are declared in, and weights are the same
 * to the bit.
 *
 * @param columns of equal length.
 * @param rank of a column, the same for the same values: its loss, for instance.
 */
export function distinctParts(
  columns: readonly Float64Array[],
  rank: (column: Float64Array) => number,
): DistinctParts {
  const ranked = columns.map((column, part) => ({ column, part, rank: rank(column) }));
  ranked.sort((a, b) => a.rank - b.rank || compared(a.column, b.column));
  const distinct: Float64Array[] = [];
  const groups: number[][] = [];
  for (const { column, part } of ranked) {
    const last = distinct.at(-1);
    if (last && compared(last, column) === 0) groups.at(-1)!.push(part);
    else {
      distinct.push(column);
      groups.push([part]);
    }
  }
  return {
    columns: distinct,
    shared(weights) {
      const all = new Array<number>(columns.length).fill(0);
      for (const [at, parts] of groups.entries()) {
        for (const part of parts) all[part] = weights[at]! / parts.length;
      }
      return all;
    },
  };
}

function compared(a: Float64Array, b: Float64Array): number {
  for (let row = 0; row < a.length; row++) if (a[row] !== b[row]) return a[row]! - b[row]!;
  return 0;
}
