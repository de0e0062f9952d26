import type { Table } from '../table/table.ts';

/** One side of the split: cleaned, untransformed rows, in the source's order. */
export interface SplitTable {
  readonly table: Table;
  /**
   * Row ids: 64-bit hashes of (key, occurrence among equal keys). They do not depend on the split's seed or on
   * other rows' values, so two datasets' common rows are found by them.
   */
  readonly ids: BigUint64Array;
}

/** The same rows without a column: of rows whose target is not to be seen. */
export function withoutColumn({ table, ids }: SplitTable, name: string): SplitTable {
  const columns = new Map(table.columns);
  columns.delete(name);
  return { table: { rows: table.rows, columns }, ids };
}

export type SplitName = 'train' | 'validation' | 'test';
export type Splits = Readonly<Record<SplitName, SplitTable>>;
