import type { Column } from '../dataset/table/table.ts';
import { LargeSet } from '../platform/large-map.ts';
import { byCount, counted } from '../text/counts.ts';
import { keyCodes, noKey } from './key-codes.ts';
import type { StepSite } from './step-site.ts';
import { type StepTypes, typedColumn } from './step-types.ts';
import { takeWorkRows, type WorkTable } from './work-table.ts';

/**
 * A source's rows in the order of its key, whatever the order in which it gave them; rows of one key, which are told, in that
 * of their other columns by name. Missing values come last.
 *
 * @param key columns of `data.sources.<name>.key`.
 */
export function inKeyOrder(
  site: StepSite,
  table: WorkTable,
  key: readonly string[],
  { types, remark }: { readonly types: StepTypes; readonly remark: (words: string) => void },
): WorkTable {
  const columns = key.map((name) => typedColumn(site, table, name, types).column);
  tellRepeated(table, key, columns, remark);
  const rest = [...table.columns.keys()].filter((name) => !key.includes(name)).sort();
  const compare = [...columns, ...rest.map((name) => table.columns.get(name)!.column)].map(comparison);
  const rows = new Int32Array(table.rows).map((_, row) => row);
  rows.sort((a, b) => {
    for (const by of compare) {
      const order = by(a, b);
      if (order !== 0) return order;
    }
    return a - b;
  });
  return takeWorkRows(table, rows);
}

function tellRepeated(
  { name }: WorkTable,
  key: readonly string[],
  columns: readonly Column[],
  remark: (words: string) => void,
): void {
  const [codes] = keyCodes([columns]) as [Int32Array];
  const known = codes.filter((code) => code !== noKey);
  const repeated = known.length - new LargeSet(known).size;
  const without = codes.length - known.length;
  const column = `data.sources.${name}.key (${key.join(', ')})`;
  if (repeated > 0) {
    remark(
      `${column}: ${counted(repeated, 'row')} ${byCount(repeated, 'has', 'have')} a key that another row has`,
    );
  }
  if (without > 0) {
    remark(
      `${column}: ${counted(without, 'row')} ${byCount(without, 'has', 'have')} no key, so that nothing is joined to ${byCount(without, 'it', 'them')}`,
    );
  }
}

/** Compares rows by a column: numbers and dates by size, texts by their code units, missing values last. */
function comparison(column: Column): (a: number, b: number) => number {
  const ranks = ranksOf(column);
  return (a, b) => {
    const [x, y] = [ranks[a]!, ranks[b]!];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return x < y ? -1 : x > y ? 1 : 0;
  };
}

function ranksOf(column: Column): Float64Array {
  if (column.type === 'boolean')
    return Float64Array.from(column.values, (value) => (value < 0 ? Number.NaN : value));
  if (column.type !== 'category') return column.values;
  const { codes, dictionary } = column;
  const rank = new Float64Array(dictionary.length);
  const sorted = Int32Array.from(dictionary.keys()).sort((a, b) =>
    dictionary[a]! < dictionary[b]! ? -1 : 1,
  );
  sorted.forEach((code, place) => {
    rank[code] = place;
  });
  return Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : rank[code]!));
}
