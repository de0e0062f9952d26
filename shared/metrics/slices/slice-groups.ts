import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { Column } from '../../dataset/table/table.ts';
import { counted } from '../../text/counts.ts';
import { dateBins, edgeText, numberBins, type SliceBins } from './slice-bins.ts';

/** A column to slice by, as long as there are judged rows. */
export interface SliceColumn {
  readonly name: string;
  readonly column: Column;
}

/** The rows of one slice. */
export interface SliceGroup {
  readonly label: string;
  readonly rows: Uint32Array;
  /** Of a bin: its least value (dates: milliseconds since 1970) and what its values are below; without an end, no bound. */
  readonly bounds?: SliceBounds;
}

/** The ends of a bin. */
export interface SliceBounds {
  readonly from?: number;
  readonly below?: number;
}

/** More categories than this are put together as `other`. */
const mostCategories = 20;
/** Up to this many different numbers each are a slice of their own. */
const mostNumbers = 10;

/**
 * Divides rows by a column, so that every row is in one slice. Categories and booleans by value, the most frequent
 * first; those beyond 20, and categories of fewer than five rows, together as `other (7 values)`; up to ten different
 * numbers by value likewise; other numbers, and dates, into up to four bins at rounded quartiles; missing
 * values apart, last. Slices are published, and name no value that fewer rows have.
 */
export function sliceGroups(column: Column): SliceGroup[] {
  switch (column.type) {
    case 'category':
      return byLabel(column.codes, column.dictionary, fewestPublishedRows);
    case 'boolean':
      return byLabel(column.values, ['false', 'true'], 1);
    case 'number':
      return byNumber(column.values);
    case 'date':
      return byBin(column.values, dateBins);
  }
}

function byLabel(codes: Int32Array | Int8Array, labels: readonly string[], fewestRows: number): SliceGroup[] {
  const counts = new Float64Array(labels.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const ranked = [...labels.keys()]
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || (labels[a]! < labels[b]! ? -1 : 1));
  const shown = ranked.slice(0, mostCategories).filter((code) => counts[code]! >= fewestRows);
  const names = shown.map((code) => labels[code]!);
  const others = ranked.length - shown.length;
  if (others > 0) names.push(unusedLabel(names, `other (${counted(others, 'value')})`));
  const groupOf = new Int32Array(labels.length).fill(shown.length);
  for (const [group, code] of shown.entries()) groupOf[code] = group;
  return gather(
    Int32Array.from(codes, (code) => (code < 0 ? -1 : groupOf[code]!)),
    names,
  );
}

function byNumber(values: Float64Array): SliceGroup[] {
  const different = new Map<number, number>();
  for (const value of values) {
    if (!Number.isNaN(value)) different.set(value, (different.get(value) ?? 0) + 1);
    if (different.size > mostNumbers) return byBin(values, numberBins);
  }
  const shown = [...different].filter(([, rows]) => rows >= fewestPublishedRows).map(([value]) => value);
  if (shown.length === 0) return byBin(values, numberBins);
  const sorted = shown.sort((a, b) => a - b);
  const groupOf = new Map(sorted.map((value, group) => [value, group]));
  const others = different.size - shown.length;
  return gather(
    Int32Array.from(values, (value) => (Number.isNaN(value) ? -1 : (groupOf.get(value) ?? shown.length))),
    [...sorted.map(edgeText(sorted)), ...(others > 0 ? [`other (${counted(others, 'value')})`] : [])],
  );
}

function byBin(values: Float64Array, binsOf: (sorted: Float64Array) => SliceBins): SliceGroup[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return gather(new Int32Array(values.length).fill(-1), []);
  const { edges, format } = binsOf(sorted);
  const groups = Int32Array.from(values, (value) =>
    Number.isNaN(value) ? -1 : edges.reduce((group, edge) => group + Number(value >= edge), 0),
  );
  const bounds = edges.length === 0 ? [] : boundsOf(edges);
  return gather(groups, binLabels(edges.map(format)), bounds);
}

/** The bins between edges: one more than there are edges. */
function boundsOf(edges: readonly number[]): SliceBounds[] {
  return [undefined, ...edges].map((from, i) => ({
    ...(from === undefined ? {} : { from }),
    ...(i < edges.length ? { below: edges[i]! } : {}),
  }));
}

/** What bins between edges, as they are written, are called. */
export function binLabels(edges: readonly string[]): string[] {
  if (edges.length === 0) return ['all'];
  return [
    `below ${edges[0]}`,
    ...edges.slice(1).map((edge, i) => `${edges[i]} to below ${edge}`),
    `${edges.at(-1)} and above`,
  ];
}

/** The rows of each group; -1 is missing. */
function gather(
  groupOfRow: Int32Array,
  names: readonly string[],
  bounds: readonly SliceBounds[] = [],
): SliceGroup[] {
  const rows: number[][] = names.map(() => []);
  const missing: number[] = [];
  for (const [row, group] of groupOfRow.entries()) (group < 0 ? missing : rows[group]!).push(row);
  const groups: SliceGroup[] = names.map((label, group) => ({
    label,
    rows: Uint32Array.from(rows[group]!),
    ...(bounds[group] ? { bounds: bounds[group] } : {}),
  }));
  groups.push({ label: unusedLabel(names, 'missing'), rows: Uint32Array.from(missing) });
  return groups.filter((group) => group.rows.length > 0);
}

/** A label that no category has: a category may itself be called `missing`. */
export function unusedLabel(names: readonly string[], label: string): string {
  return names.includes(label) ? unusedLabel(names, `(${label})`) : label;
}
