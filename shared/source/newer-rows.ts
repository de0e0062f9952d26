import { hashRows } from '../dataset/identity/row-hash.ts';
import type { SourcePart, SourceTable } from '../dataset/table/origin.ts';
import { type Column, type Table, takeRows } from '../dataset/table/table.ts';
import { asCategories } from '../dataset/types/column-type.ts';
import { concatTables, type FileTable, isEmpty } from './files/concat-tables.ts';

/** Some rows of a source, each still of its part. @param rows in the source's order. */
export function rowsOfSource({ table, parts }: SourceTable, rows: Uint32Array): SourceTable {
  const left: SourcePart[] = [];
  let at = 0;
  for (const part of parts) {
    const firstRow = at;
    while (at < rows.length && rows[at]! < part.firstRow + part.rows) at++;
    if (at > firstRow) left.push({ name: part.name, digest: part.digest, firstRow, rows: at - firstRow });
  }
  return { table: takeRows(table, rows), parts: left };
}

/**
 * Rows that are known, and below them what was asked for again: of that, only rows that are not known. Of equal rows there
 * are as many as one side or the other has at the most.
 *
 * @param since in the names of the parts that are new.
 */
export function withNewerRows(known: SourceTable, asked: SourceTable, since: string): SourceTable {
  const both = alike([
    { file: 'snapshot', table: known.table },
    { file: 'source', table: asked.table },
  ]);
  const table = concatTables(both, true);
  const fresh = unknownRows(table, known.table.rows);
  const newer = rowsOfSource(asked, fresh);
  const before = known.table.rows;
  const kept = Uint32Array.from({ length: before + fresh.length }, (_, row) =>
    row < before ? row : before + fresh[row - before]!,
  );
  return {
    table: takeRows(table, kept),
    parts: [
      ...known.parts,
      ...newer.parts.map(({ name, digest, firstRow, rows }) => ({
        name: `${name} since ${since}`,
        digest,
        firstRow: firstRow + before,
        rows,
      })),
    ],
  };
}

/** Which of the rows behind the first ones are not among them, counted from 0. */
function unknownRows(table: Table, before: number): Uint32Array {
  const { high, low } = hashRows(table, [...table.columns.keys()].sort());
  const keyOf = (row: number): bigint => (BigInt(high[row]!) << 32n) | BigInt(low[row]!);
  const counts = new Map<bigint, number>();
  for (let row = 0; row < before; row++) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  const fresh: number[] = [];
  for (let row = before; row < table.rows; row++) {
    const left = counts.get(keyOf(row)) ?? 0;
    if (left === 0) fresh.push(row - before);
    else counts.set(keyOf(row), left - 1);
  }
  return Uint32Array.from(fresh);
}

/** Columns that are not of one type become texts, as they would in one reading. */
function alike(tables: readonly FileTable[]): readonly FileTable[] {
  const mixed = new Set<string>();
  const types = new Map<string, Column['type']>();
  for (const { table } of tables) {
    for (const [name, column] of table.columns) {
      if (isEmpty(column)) continue;
      if ((types.get(name) ?? column.type) !== column.type) mixed.add(name);
      types.set(name, column.type);
    }
  }
  return tables.map(({ file, table }) => ({
    file,
    table: {
      rows: table.rows,
      columns: new Map(
        [...table.columns].map(([name, column]) => [name, mixed.has(name) ? asCategories(column) : column]),
      ),
    },
  }));
}
