import type { DependenceOfSides, RowDependence } from '../dependence/row-dependence.ts';

/** A block is so many autocorrelation times long: what lies in two blocks is then hardly alike. */
const blockTimes = 2;

/** What is dealt to the sides as a whole: the unit of each row, the reference's first. */
export interface DealtUnits {
  readonly units: Int32Array;
  readonly reference: number;
  readonly current: number;
}

interface Unit {
  readonly of: Int32Array;
  readonly count: number;
}

/** Consecutive rows of a series as blocks; rows without a time of their own are each a unit. */
function blocksOf(order: Int32Array, rows: number, length: number): Unit {
  const of = new Int32Array(rows).fill(-1);
  order.forEach((row, i) => {
    of[row] = Math.floor(i / length);
  });
  let count = Math.ceil(order.length / length);
  for (let row = 0; row < rows; row++) if (of[row]! < 0) of[row] = count++;
  return { of, count };
}

function unitsOf(dependence: RowDependence, rows: number, rowsPerRow: number): Unit {
  if (dependence.of === 'group') return { of: dependence.groups, count: dependence.count };
  const order = dependence.of === 'time' ? dependence.order : Int32Array.from({ length: rows }, (_, i) => i);
  return blocksOf(order, rows, Math.ceil(blockTimes * rowsPerRow));
}

/** Units of the rows that take part. */
function chosen({ of }: Unit, rows: Uint32Array): Unit {
  const known = new Map<number, number>();
  const own = Int32Array.from(rows, (row) => {
    const unit = known.get(of[row]!) ?? known.size;
    known.set(of[row]!, unit);
    return unit;
  });
  return { of: own, count: known.size };
}

/**
 * Groups, or blocks of rows that follow each other, for a test that deals rows to the sides at random.
 *
 * @param rowsPerRow how many rows say as much as one independent row, on either side, of the column where they are most.
 * @returns undefined where rows may be dealt one by one.
 */
export function dealtUnits(
  dependence: DependenceOfSides | undefined,
  rowsPerRow: { readonly reference: number; readonly current: number },
  rows: {
    readonly reference: Uint32Array;
    readonly current: Uint32Array;
    readonly all: { readonly reference: number; readonly current: number };
  },
): DealtUnits | undefined {
  if (!dependence) return undefined;
  const sides = ['reference', 'current'] as const;
  const grouped = sides.some((side) => dependence[side].of === 'group');
  if (!grouped && rowsPerRow.reference === 1 && rowsPerRow.current === 1) return undefined;
  const [before, now] = sides.map((side) =>
    chosen(unitsOf(dependence[side], rows.all[side], rowsPerRow[side]), rows[side]),
  ) as [Unit, Unit];
  const units = new Int32Array(before.of.length + now.of.length);
  units.set(before.of);
  units.set(
    now.of.map((unit) => unit + before.count),
    before.of.length,
  );
  return { units, reference: before.count, current: now.count };
}
