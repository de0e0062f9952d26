import { orderingOf } from '../../algebra/rank-correlation.ts';
import type { Column } from '../../dataset/table/table.ts';
import { LargeMap } from '../../platform/large-map.ts';
import type { Random } from '../../platform/random.ts';
import { cyclesOf, rowsPerRow } from '../dependence/dependent-columns.ts';
import { type EffectiveRows, effectiveRows, independentRows } from '../dependence/effective-rows.ts';
import type { DependenceOfSides, RowDependence } from '../dependence/row-dependence.ts';
import { type GroupedCells, groupPermutationP } from '../hypothesis-tests/permuted-groups.ts';
import type { DealtGroups } from './evidence.ts';

/** Rows of both sides up to which groups are dealt; of more the design effect stands for it. */
const mostDealt = 20_000;

/** The rows of a column as far as they are at hand. */
export interface RowsOfColumn {
  readonly reference: Column | undefined;
  readonly current: Column | undefined;
}

export interface ColumnDependence {
  readonly effective: EffectiveRows;
  readonly dealt: DealtGroups | undefined;
  /** Whether one side's rows were measured at least. */
  readonly measured: boolean;
}

const none: ColumnDependence = { effective: independentRows, dealt: undefined, measured: false };

/** How many rows of a column count, by the order or the groups of its rows on each side. */
export function columnDependence(
  columns: RowsOfColumn,
  sides: DependenceOfSides | undefined,
  { random, permutations }: { readonly random: Random; readonly permutations: number },
): ColumnDependence {
  if (!sides) return none;
  const cycles = cyclesOf(columns, sides);
  const measure = (side: keyof RowsOfColumn) =>
    columns[side] && rowsPerRow(columns[side], sides[side], cycles);
  const [reference, current] = [measure('reference'), measure('current')];
  if (!reference && !current) return none;
  const by = sides.reference.of === 'group' || sides.current.of === 'group' ? 'group' : 'time';
  const grouped = groupedRows(columns, sides);
  return {
    effective: effectiveRows({ by, reference, current }),
    measured: true,
    dealt:
      grouped &&
      ((of, test) =>
        groupPermutationP({ ...grouped, cells: of === 'values' ? grouped.values : grouped.missing }, test, {
          random: random.fork(`groups/${of}`),
          permutations,
        })),
  };
}

interface GroupedRows extends Omit<GroupedCells, 'cells'> {
  readonly values: Int32Array;
  readonly missing: Int32Array;
}

function groupedRows(
  { reference, current }: RowsOfColumn,
  sides: DependenceOfSides,
): GroupedRows | undefined {
  const [before, now] = [sides.reference, sides.current];
  if (!(reference && current) || before.of !== 'group' || now.of !== 'group') return undefined;
  if (before.groups.length + now.groups.length > mostDealt) return undefined;
  const values = cellsOf(reference, current);
  return {
    values,
    missing: values.map((cell) => Number(cell < 0)),
    groups: joinedGroups(before, now),
    referenceGroups: before.count,
    currentGroups: now.count,
  };
}

/** Groups of both sides; one that has rows on both counts twice, which only makes the sides more alike. */
function joinedGroups(
  before: Extract<RowDependence, { of: 'group' }>,
  now: Extract<RowDependence, { of: 'group' }>,
): Int32Array {
  const groups = new Int32Array(before.groups.length + now.groups.length);
  groups.set(before.groups);
  groups.set(
    now.groups.map((group) => group + before.count),
    before.groups.length,
  );
  return groups;
}

/** Each row's place among the values of both sides; -1 where it has none. */
function cellsOf(a: Column, b: Column): Int32Array {
  if (a.type === 'category' && b.type === 'category') {
    const known = new LargeMap(a.dictionary.map((value, code) => [value, code]));
    const codes = b.dictionary.map((value) => {
      const code = known.get(value) ?? known.size;
      known.set(value, code);
      return code;
    });
    return joined(
      a.codes,
      b.codes.map((code) => (code < 0 ? -1 : codes[code]!)),
    );
  }
  const values = (column: Column): Float64Array =>
    column.type === 'category'
      ? Float64Array.from(column.codes)
      : Float64Array.from(column.values, (value) =>
          column.type === 'boolean' && value < 0 ? Number.NaN : value,
        );
  const [left, right] = [values(a), values(b)];
  const all = new Float64Array(left.length + right.length);
  all.set(left);
  all.set(right, left.length);
  return orderingOf(all).places;
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const all = new Int32Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
