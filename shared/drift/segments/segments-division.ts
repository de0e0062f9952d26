import { fewestPublishedRows } from '../../config/sections/published-rows.ts';
import type { CategoryProfile, ColumnProfile, NumberProfile } from '../../dataset/profile/profile-schema.ts';
import type { Column } from '../../dataset/table/table.ts';
import type { SliceResult } from '../../metrics/evaluation/metric-result.ts';
import { dateBins, edgeText, numberBins } from '../../metrics/slices/slice-bins.ts';
import { binLabels, unusedLabel } from '../../metrics/slices/slice-groups.ts';

/** A column divided into slices: what each is called, how many reference rows it has, and where a current row belongs. */
export interface Division {
  readonly slices: readonly { readonly label: string; readonly reference: number }[];
  /** The slice of each row; -1 where the column is of another type now. */
  readonly sliceOf: (column: Column) => Int32Array;
}

/** More categories than this are put together; as many new ones have slices of their own. */
const mostCategories = 20;
/** Up to this many different numbers each are a slice of their own. */
const mostNumbers = 10;
/** Values that stand for a reference of very many when its quartiles are sought. */
const sample = 4096;

/**
 * Divides a column by its reference's profile: categories and booleans by value, the 20 most frequent of the reference
 * and of those that it never had; up to ten different numbers by value; other numbers, and dates, by the bins that the
 * evaluation has, else at the reference's rounded quartiles; missing values apart.
 *
 * @param judged the evaluation's slices by this column.
 * @param current the current rows, whose new categories get slices.
 */
export function divisionOf(
  reference: ColumnProfile,
  judged: readonly SliceResult[],
  current: Column | undefined,
): Division {
  switch (reference.type) {
    case 'boolean':
      return byValue(['false', 'true'], [reference.false, reference.true], reference.missing);
    case 'category':
      return byCategory(reference, current);
    default:
      return byNumber(reference, judged);
  }
}

function byValue(labels: readonly string[], counts: readonly number[], missing: number): Division {
  const slices = labels.map((label, i) => ({ label, reference: counts[i]! }));
  return {
    slices: [...slices, { label: 'missing', reference: missing }],
    sliceOf: (column) =>
      column.type === 'boolean'
        ? Int32Array.from(column.values, (value) => (value < 0 ? labels.length : value))
        : nowhere(column),
  };
}

function byCategory(
  { values, counts, others, missing }: CategoryProfile,
  current: Column | undefined,
): Division {
  // Ordered by their rows; what fewer have is not named.
  const named = values.slice(0, mostCategories).filter((_, i) => counts[i]! >= fewestPublishedRows);
  // Where the profile holds rare categories together, one that it does not name may be among them: it is not called new.
  const fresh = others.rows === 0 ? newCategories(values, current) : [];
  const labels = [...named, ...fresh];
  const rest = counts.slice(named.length).reduce((sum, count) => sum + count, others.rows);
  const place = new Map(labels.map((label, i) => [label, i]));
  const other = labels.length;
  return {
    slices: [
      ...labels.map((label, i) => ({ label, reference: i < named.length ? counts[i]! : 0 })),
      { label: unusedLabel(labels, 'other values'), reference: rest },
      { label: unusedLabel(labels, 'missing'), reference: missing },
    ],
    sliceOf(column) {
      if (column.type !== 'category') return nowhere(column);
      const places = column.dictionary.map((label) => place.get(label) ?? other);
      return Int32Array.from(column.codes, (code) => (code < 0 ? other + 1 : places[code]!));
    },
  };
}

/** The most frequent categories of the current rows that are not among the reference's. */
function newCategories(values: readonly string[], current: Column | undefined): string[] {
  if (current?.type !== 'category') return [];
  const known = new Set(values);
  const counts = new Map<string, number>();
  for (const code of current.codes) {
    const label = code < 0 ? undefined : current.dictionary[code]!;
    if (label !== undefined && !known.has(label)) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, rows]) => rows >= fewestPublishedRows)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, mostCategories)
    .map(([label]) => label);
}

function byNumber(profile: NumberProfile, judged: readonly SliceResult[]): Division {
  const { points, at, support, missing, between, type } = profile;
  const scattered = between.some((count) => count > 0);
  const frequent = at.every((count) => count >= fewestPublishedRows);
  if (type === 'number' && support === 'values' && points.length <= mostNumbers && !scattered && frequent) {
    const other = points.length;
    const place = new Map(points.map((value, i) => [value, i]));
    return numbers(
      [...points.map(edgeText(points)), 'other values', 'missing'],
      [...at, 0, missing],
      (value) => place.get(value) ?? other,
    );
  }
  const { edges, format } = edgesOf(profile, judged);
  const binOf = (value: number): number => edges.reduce((bin, edge) => bin + Number(value >= edge), 0);
  const counts = new Array<number>(edges.length + 2).fill(0);
  counts[edges.length + 1] = missing;
  for (const [i, count] of at.entries()) counts[binOf(points[i]!)]! += count;
  const gaps = between.map((_, i) => binOf(middleOf(points, i)));
  for (const [i, count] of between.entries()) counts[gaps[i]!]! += count;
  const labels = edges.length === 0 ? ['all'] : binLabels(edges.map(format));
  return numbers([...labels, 'missing'], counts, (value) => {
    const gap = gapOf(points, value);
    // A gap that holds reference rows, nobody knows where, is on one side of an edge, for the current rows too.
    return gap !== undefined && between[gap]! > 0 ? gaps[gap]! : binOf(value);
  });
}

function numbers(
  labels: readonly string[],
  counts: readonly number[],
  place: (value: number) => number,
): Division {
  const missing = labels.length - 1;
  return {
    slices: labels.map((label, i) => ({ label, reference: counts[i]! })),
    sliceOf: (column) =>
      column.type === 'number' || column.type === 'date'
        ? Int32Array.from(column.values, (value) => (Number.isNaN(value) ? missing : place(value)))
        : nowhere(column),
  };
}

/** The bins of the evaluation, so that its figures can be compared with; else at the reference's quartiles. */
function edgesOf(profile: NumberProfile, judged: readonly SliceResult[]) {
  const edges = [...new Set(judged.flatMap(({ from }) => from ?? []))].sort((a, b) => a - b);
  const own = sampleOf(profile);
  if (own.length === 0) return { edges: [], format: edgeText([]) };
  const bins = profile.type === 'date' ? dateBins(own) : numberBins(own);
  return edges.length === 0 ? bins : { edges, format: bins.format };
}

/** Ascending values with the reference's quartiles. */
function sampleOf({ points, at, between }: NumberProfile): Float64Array {
  const cells = points.flatMap((point, i) => [
    { value: middleOf(points, i), count: between[i]! },
    { value: point, count: at[i]! },
  ]);
  cells.push({ value: points.at(-1) ?? 0, count: between.at(-1) ?? 0 });
  const rows = cells.reduce((sum, { count }) => sum + count, 0);
  const size = Math.min(rows, sample);
  const values = new Float64Array(size);
  let [cell, until] = [0, cells[0]?.count ?? 0];
  for (let i = 0; i < size; i++) {
    const rank = size < 2 ? 0 : (i * (rows - 1)) / (size - 1);
    while (rank >= until && cell + 1 < cells.length) until += cells[++cell]!.count;
    values[i] = cells[cell]!.value;
  }
  return values;
}

/** A value in the i-th gap: below the first point, between two, above the last. */
function middleOf(points: readonly number[], i: number): number {
  if (i === 0) return points[0] ?? 0;
  return i === points.length ? points[i - 1]! : (points[i - 1]! + points[i]!) / 2;
}

/** The gap that a value lies in; undefined at a point. */
function gapOf(points: readonly number[], value: number): number | undefined {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (points[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return points[low] === value ? undefined : low;
}

function nowhere(column: Column): Int32Array {
  return new Int32Array(column.type === 'category' ? column.codes.length : column.values.length).fill(-1);
}
