import { type Column, columnLength } from '../dataset/table.ts';

/** A column to slice by, as long as there are judged rows. */
export interface SliceColumn {
  readonly name: string;
  readonly column: Column;
}

/** The rows of one slice. */
export interface SliceGroup {
  readonly label: string;
  readonly rows: Uint32Array;
}

/** More categories than this are put together as "other". */
const mostCategories = 20;
const bins = 4;

/**
 * Divides rows by a column: categories and booleans by value (the 20 most frequent, the rest as `other`), numbers and
 * dates into up to four bins at the quartiles, rounded to two significant digits; missing values apart.
 */
export function sliceGroups(column: Column): SliceGroup[] {
  switch (column.type) {
    case 'category':
      return byCode(column.codes, column.dictionary);
    case 'boolean':
      return byCode(Int32Array.from(column.values), ['false', 'true']);
    default:
      return byBin(column.values, column.type === 'date' ? dayOf : formatEdge, column.type === 'date');
  }
}

function byCode(codes: Int32Array, labels: readonly string[]): SliceGroup[] {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const missing = counts.get(-1) ?? 0;
  counts.delete(-1);
  const ranked = [...counts]
    .sort(([a, m], [b, n]) => n - m || (labels[a]! < labels[b]! ? -1 : 1))
    .map(([code]) => code);
  const shown = ranked.slice(0, mostCategories);
  const groups = shown.map((code) => ({ label: labels[code]!, rows: rowsWhere(codes, (c) => c === code) }));
  if (ranked.length > shown.length) {
    const named = new Set([...shown, -1]);
    groups.push({ label: 'other', rows: rowsWhere(codes, (c) => !named.has(c)) });
  }
  if (missing > 0) groups.push({ label: 'missing', rows: rowsWhere(codes, (c) => c === -1) });
  return groups;
}

function byBin(values: Float64Array, format: (edge: number) => string, exact: boolean): SliceGroup[] {
  const present = values.filter((value) => !Number.isNaN(value)).sort();
  const quartiles = Array.from(
    { length: bins - 1 },
    (_, i) => present[Math.floor((present.length * (i + 1)) / bins)]!,
  );
  const first = present[0];
  const rounded = quartiles.map((edge) =>
    exact ? Math.floor(edge / 86_400_000) * 86_400_000 : Number(edge.toPrecision(2)),
  );
  const inner = [...new Set(rounded)].filter(
    (edge) => first !== undefined && edge > first && edge <= present.at(-1)!,
  );
  const edges = [Number.NEGATIVE_INFINITY, ...inner, Number.POSITIVE_INFINITY];
  const groups: SliceGroup[] = [];
  for (let i = 0; i + 1 < edges.length && present.length > 0; i++) {
    const [low, high] = [edges[i]!, edges[i + 1]!];
    const label =
      inner.length === 0
        ? 'all'
        : i === 0
          ? `below ${format(high)}`
          : high === Number.POSITIVE_INFINITY
            ? `${format(low)} and above`
            : `${format(low)} to below ${format(high)}`;
    groups.push({ label, rows: rowsWhere(values, (value) => value >= low && value < high) });
  }
  const missing = rowsWhere(values, Number.isNaN);
  if (missing.length > 0) groups.push({ label: 'missing', rows: missing });
  return groups.filter((group) => group.rows.length > 0);
}

function formatEdge(edge: number): string {
  return edge.toLocaleString('en-US', { maximumSignificantDigits: 6, useGrouping: Math.abs(edge) >= 10_000 });
}

function dayOf(edge: number): string {
  return new Date(edge).toISOString().slice(0, 10);
}

function rowsWhere(values: Int32Array | Float64Array, wanted: (value: number) => boolean): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) if (wanted(values[row]!)) rows.push(row);
  return Uint32Array.from(rows);
}

/** Refuses columns of another length than the judged rows. */
export function checkSliceLength({ name, column }: SliceColumn, rows: number): void {
  if (columnLength(column) !== rows)
    throw new RangeError(`slice column ${name} has ${columnLength(column)} rows for ${rows} predictions`);
}
