import { mean, standardDeviation } from '../../algebra/descriptive-statistics.ts';
import { midranks } from '../../algebra/rank-correlation.ts';
import { byFrequency } from '../../dataset/statistics/category-counts.ts';
import { type Column, columnOf, type Table, takeColumn } from '../../dataset/table/table.ts';
import type { Random } from '../../platform/random.ts';

/** Rows a side that are looked at; more would cost time and hardly find more. */
export const mostRows = 1500;
/** Columns of encoded rows; what is beyond is left out, chosen at random. */
const mostColumns = 256;
/** Encoded columns up to which all their products are features as well. */
const fewColumns = 20;
const fourierFeatures = 128;

/** Pooled rows as numbers, one array for each feature: centred, of unit variance. Labels play no part in it. */
export interface EncodedRows {
  readonly features: readonly Float64Array[];
  /** Rows of the reference come first. */
  readonly reference: number;
  readonly current: number;
  /** Which rows of each table take part. */
  readonly rows: { readonly reference: Uint32Array; readonly current: Uint32Array };
}

/** Rows drawn without replacement, ascending (Floyd: as many draws as rows are wanted). */
function sample(rows: number, random: Random): Uint32Array {
  if (rows <= mostRows) return Uint32Array.from({ length: rows }, (_, i) => i);
  const drawn = new Set<number>();
  for (let last = rows - mostRows; last < rows; last++) {
    const row = random.integer(last + 1);
    drawn.add(drawn.has(row) ? last : row);
  }
  return Uint32Array.from(drawn).sort();
}

/** Centred and scaled to unit variance; undefined for a constant. */
function standardised(values: Float64Array): Float64Array | undefined {
  const centre = mean(values);
  const deviation = standardDeviation(values);
  return deviation < 1e-6 ? undefined : values.map((value) => (value - centre) / deviation);
}

/** Midranks over [0, 1], so that heavy tails weigh no more than other values; missing ones in the middle. */
function ranks(values: Float64Array): Float64Array {
  const count = values.reduce((present, value) => present + Number(!Number.isNaN(value)), 0);
  return midranks(values).map((rank) => (Number.isNaN(rank) ? 0.5 : (rank - 0.5) / count));
}

function joined(a: Float64Array | Int8Array, b: Float64Array | Int8Array): Float64Array {
  const out = new Float64Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

/** Texts of both sides, missing as undefined. */
function texts(column: Column): (string | undefined)[] {
  return column.type === 'category'
    ? Array.from(column.codes, (code) => (code < 0 ? undefined : column.dictionary[code]))
    : [];
}

/** One column for each of the most frequent categories of both sides together. */
function oneHot(values: readonly (string | undefined)[], most: number): Float64Array[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort(byFrequency)
    .slice(0, most)
    .map(({ value: category }) => Float64Array.from(values, (value) => Number(value === category)));
}

function encoded(reference: Column, current: Column, mostCategories: number): Float64Array[] {
  if (reference.type === 'category' || current.type === 'category') {
    const values = [...texts(reference), ...texts(current)];
    return [
      ...oneHot(values, mostCategories),
      Float64Array.from(values, (value) => Number(value === undefined)),
    ];
  }
  const values = joined(reference.values, current.values);
  const missing = reference.type === 'boolean' ? (value: number) => value < 0 : Number.isNaN;
  return [
    ranks(values.map((value) => (missing(value) ? Number.NaN : value))),
    values.map((value) => Number(missing(value))),
  ];
}

function products(columns: readonly Float64Array[]): Float64Array[] {
  return columns.flatMap((a, i) => columns.slice(i).map((b) => a.map((value, row) => value * b[row]!)));
}

/** Cosines of random directions: a kernel's features (Rahimi and Recht, "Random features for large-scale kernel machines", 2007). */
function fourier(columns: readonly Float64Array[], random: Random): Float64Array[] {
  const width = Math.sqrt(columns.length);
  return Array.from({ length: fourierFeatures }, () => {
    const weights = columns.map(() => random.normal() / width);
    const phase = random.next() * 2 * Math.PI;
    const out = new Float64Array(columns[0]!.length).fill(phase);
    addWeighted(columns, weights, out);
    for (let row = 0; row < out.length; row++) out[row] = Math.cos(out[row]!);
    return out;
  });
}

/** Adds weighted columns in their order, four at once as far as they go. */
function addWeighted(columns: readonly Float64Array[], weights: readonly number[], out: Float64Array): void {
  let next = 0;
  for (; next + 4 <= columns.length; next += 4) {
    const [a, b, c, d] = columns.slice(next, next + 4) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const [p, q, r, s] = weights.slice(next, next + 4) as [number, number, number, number];
    for (let row = 0; row < out.length; row++) {
      out[row] = out[row]! + p * a[row]! + q * b[row]! + r * c[row]! + s * d[row]!;
    }
  }
  for (; next < columns.length; next++) {
    const column = columns[next]!;
    const weight = weights[next]!;
    for (let row = 0; row < out.length; row++) out[row] = out[row]! + weight * column[row]!;
  }
}

function useful(columns: readonly Float64Array[]): Float64Array[] {
  return columns.map(standardised).filter((column) => column !== undefined);
}

/**
 * Encodes rows of both tables for a classifier: numbers and dates as ranks, categories as one column each for the most
 * frequent, missing values as a column of their own; with all products of up to 20 such columns, otherwise with random
 * Fourier features, so that changes in how columns hang together show.
 *
 * @param features columns that both tables have in the same type.
 */
export function encodeRows(
  reference: Table,
  current: Table,
  { features, random }: { features: readonly string[]; random: Random },
): EncodedRows {
  const [left, right] = [sample(reference.rows, random), sample(current.rows, random)];
  const mostCategories = Math.max(2, Math.min(10, Math.floor(mostColumns / Math.max(1, features.length))));
  const columns = useful(
    features.flatMap((name) =>
      encoded(
        takeColumn(columnOf(reference, name), left),
        takeColumn(columnOf(current, name), right),
        mostCategories,
      ),
    ),
  );
  const kept = columns.length > mostColumns ? random.shuffle([...columns]).slice(0, mostColumns) : columns;
  const more = kept.length === 0 ? [] : kept.length <= fewColumns ? products(kept) : fourier(kept, random);
  return {
    features: [...kept, ...useful(more)],
    reference: left.length,
    current: right.length,
    rows: { reference: left, current: right },
  };
}
