import type { Table } from './table.ts';

/** A file or a page of answers that rows came from. */
export interface SourcePart {
  /** Path relative to ciclo.yml with forward slashes, or what stands for it (`page 3`, `query`). */
  readonly name: string;
  /** SHA-256 of its bytes as they are stored (for APIs and databases: of the rows' canonical content). */
  readonly digest: string;
  readonly firstRow: number;
  readonly rows: number;
}

/**
 * What a source answers: columns are numbers, booleans or dates where the format itself says so or
 * where every value is a number; everything else is text (`category`), as it was written.
 * Missing markers are already missing. Numbers may still be infinite: cleaning counts and removes those.
 */
export interface SourceTable {
  readonly table: Table;
  /** In row order, without gaps. */
  readonly parts: readonly SourcePart[];
}

/**
 * Where a row came from: the part and the row's number inside it, counting from 1 (a CSV header is not a row).
 *
 * @throws RangeError when no part has the row.
 */
export function locateRow(parts: readonly SourcePart[], row: number): { part: string; row: number } {
  const part = parts.find((p) => row >= p.firstRow && row < p.firstRow + p.rows);
  if (!part) throw new RangeError(`row ${row} is in no part of the source`);
  return { part: part.name, row: row - part.firstRow + 1 };
}
