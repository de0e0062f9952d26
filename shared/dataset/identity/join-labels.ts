import { LargeMap, LargeSet } from '../../platform/large-map.ts';
import { Numbering } from '../../platform/numbering.ts';
import { type Column, columnOf, type Table, type Value, valueAt } from '../table/table.ts';
import { joinKeys } from './join-key.ts';

/** How many labels were joined to rows, and why the others were not. */
export interface LabelCounts {
  /** Rows that had no label of their own and have one now. */
  readonly joined: number;
  /** Rows that have none since the labels of their key contradict each other. */
  readonly contradicting: number;
  /** Labels whose key no row has. */
  readonly notFound: number;
  /** Labels that lack a value of the key. */
  readonly keyless: number;
}

/** Rows with the labels that they have by now. */
export interface JoinedLabels extends LabelCounts {
  /** The target of every row: its own, else that of its key; missing where there is neither. */
  readonly labels: Column;
}

interface JoinInput {
  readonly key: readonly string[];
  /** The column of the labels: of `labels`, and perhaps of `rows`, there of the same type. */
  readonly target: string;
}

/**
 * Gives rows the labels that came for their keys. A row's own label stays; equal labels of a key count once, and labels that
 * contradict each other leave the row without one; a missing value in a key matches nothing. Rows of equal keys all get the
 * label. The order of the labels does not matter.
 */
export function joinLabels(rows: Table, labels: Table, { key, target }: JoinInput): JoinedLabels {
  const keys = joinKeys(rows, labels, key);
  const came = columnOf(labels, target);
  const own = rows.columns.get(target);
  const byKey = labelsByKey(keys.right, came);
  const from = new Int32Array(rows.rows).fill(-1);
  let joined = 0;
  let contradicting = 0;
  for (let row = 0; row < rows.rows; row++) {
    if (own && valueAt(own, row) !== null) continue;
    const found = byKey.get(keys.left[row]!);
    if (found === undefined) continue;
    if (found === contradiction) contradicting++;
    else {
      from[row] = found;
      joined++;
    }
  }
  const known = new LargeSet(keys.left);
  const counted = countWhere(keys.right, came);
  return {
    labels: filled(own, came, from),
    joined,
    contradicting,
    notFound: counted((one) => one >= 0 && !known.has(one)),
    keyless: counted((one) => one < 0),
  };
}

const contradiction = -1;

/** By key the first row that has its label, or that the labels contradict each other. */
function labelsByKey(keys: Int32Array, labels: Column): LargeMap<number, number> {
  const byKey = new LargeMap<number, number>();
  for (let row = 0; row < keys.length; row++) {
    const value = valueAt(labels, row);
    if (keys[row]! < 0 || value === null) continue;
    const former = byKey.get(keys[row]!);
    if (former === undefined) byKey.set(keys[row]!, row);
    else if (former >= 0 && valueAt(labels, former) !== value) byKey.set(keys[row]!, contradiction);
  }
  return byKey;
}

/** Counts labels whose key is such; a row whose label has not come either is none. */
function countWhere(keys: Int32Array, labels: Column): (wanted: (key: number) => boolean) => number {
  return (wanted) =>
    keys.reduce((sum, key, row) => sum + Number(wanted(key) && valueAt(labels, row) !== null), 0);
}

/** A column with values of another one in its gaps. @param from row of `other` by row; -1 where there is none. */
function filled(own: Column | undefined, other: Column, from: Int32Array): Column {
  const valueOfRow = (_: unknown, row: number): Value =>
    (own && valueAt(own, row)) ?? (from[row]! < 0 ? null : valueAt(other, from[row]!));
  const { length } = from;
  switch (other.type) {
    case 'category':
      return categoriesOf(Array.from({ length }, valueOfRow));
    case 'boolean':
      return { ...other, values: Int8Array.from({ length }, (_, row) => Number(valueOfRow(_, row) ?? -1)) };
    default:
      return {
        ...other,
        values: Float64Array.from({ length }, (_, row) => Number(valueOfRow(_, row) ?? Number.NaN)),
      };
  }
}

function categoriesOf(values: readonly Value[]): Column {
  const known = new Numbering<string>();
  const codes = Int32Array.from(values, (value) => (value === null ? -1 : known.of(String(value))));
  return { type: 'category', codes, dictionary: known.values };
}
