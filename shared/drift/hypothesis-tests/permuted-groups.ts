import { LargeMap } from '../../platform/large-map.ts';
import { type PermutationOptions, sequentialP } from './permutation.ts';

/** Rows of both sides, each in a cell and in a group that goes to one side as a whole. */
export interface GroupedCells {
  /** Cell of each row, in their order; -1 where the row has no value. */
  readonly cells: Int32Array;
  /** Groups of the reference come first. */
  readonly groups: Int32Array;
  readonly referenceGroups: number;
  readonly currentGroups: number;
}

/** Rows of a group that are in a cell. */
interface Entry {
  readonly cell: number;
  readonly group: number;
  readonly rows: number;
}

/** Counts by group and cell, in the order of the cells. */
function entriesOf({ cells, groups }: GroupedCells): Entry[] {
  const count = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const rows = new LargeMap<number, number>();
  for (let i = 0; i < cells.length; i++) {
    if (cells[i]! < 0) continue;
    const key = cells[i]! * count + groups[i]!;
    rows.set(key, (rows.get(key) ?? 0) + 1);
  }
  return [...rows]
    .sort((a, b) => a[0] - b[0])
    .map(([key, own]) => ({ cell: Math.floor(key / count), group: key % count, rows: own }));
}

/** How far apart the sides are, given which groups are the reference's. */
type Distance = (entries: readonly Entry[], isReference: Uint8Array, n: number, m: number) => number;

/** Goes through the cells with the rows of each side in them. */
function overCells(
  entries: readonly Entry[],
  isReference: Uint8Array,
  visit: (reference: number, current: number) => void,
): void {
  for (let i = 0; i < entries.length; ) {
    const { cell } = entries[i]!;
    let a = 0;
    let b = 0;
    for (; i < entries.length && entries[i]!.cell === cell; i++) {
      const { group, rows } = entries[i]!;
      if (isReference[group] === 1) a += rows;
      else b += rows;
    }
    visit(a, b);
  }
}

const distances: Readonly<Record<'ks' | 'chi-squared', Distance>> = {
  ks: (entries, isReference, n, m) => {
    let a = 0;
    let b = 0;
    let most = 0;
    overCells(entries, isReference, (reference, current) => {
      a += reference;
      b += current;
      most = Math.max(most, Math.abs(a / n - b / m));
    });
    return most;
  },
  'chi-squared': (entries, isReference, n, m) => {
    let sum = 0;
    overCells(entries, isReference, (reference, current) => {
      sum += (reference / n - current / m) ** 2 / (reference + current);
    });
    return sum * n * m;
  },
};

/**
 * The p-value of a distance of two samples whose rows belong to groups, by dealing whole groups to the sides: exact when groups
 * are independent of each other, whatever their rows are among themselves.
 */
export function groupPermutationP(
  grouped: GroupedCells,
  test: keyof typeof distances,
  { random, ...options }: PermutationOptions,
): number {
  const { referenceGroups, currentGroups } = grouped;
  const entries = entriesOf(grouped);
  const labels = Uint8Array.from({ length: referenceGroups + currentGroups }, (_, i) =>
    Number(i < referenceGroups),
  );
  const sizes = new Float64Array(labels.length);
  for (const { group, rows } of entries) sizes[group]! += rows;
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const distanceOf = (isReference: Uint8Array): number => {
    let n = 0;
    for (let group = 0; group < sizes.length; group++) n += isReference[group]! * sizes[group]!;
    return n === 0 || n === all ? 0 : distances[test](entries, isReference, n, all - n);
  };
  const observed = distanceOf(labels) * (1 - 1e-12);
  const dealt = labels.slice();
  return sequentialP(() => {
    random.shuffle(dealt);
    return distanceOf(dealt) >= observed;
  }, options);
}
