import { locateRow, type SourcePart, type SourceTable } from '../dataset/table/origin.ts';
import type { RowPlaces } from '../dataset/table/row-place.ts';
import { noRow } from './work-table.ts';

/** The rows of all sources in one count, so that a row that went through steps still knows its file. */
export class SourceRows {
  readonly #starts: { readonly first: number; readonly parts: readonly SourcePart[] }[] = [];
  #rows = 0;

  /** Counts a source's rows. @returns their numbers over all sources. */
  add({ table, parts }: SourceTable): Int32Array {
    const first = this.#rows;
    this.#starts.push({ first, parts });
    this.#rows += table.rows;
    return Int32Array.from({ length: table.rows }, (_, row) => first + row);
  }

  /** File and row number in it of a row; undefined of none. */
  locate(row: number): { part: string; row: number } | undefined {
    if (row === noRow) return undefined;
    const start = this.#starts.findLast(({ first }) => first <= row)!;
    return locateRow(start.parts, row - start.first);
  }

  /** Where the rows of a frame stand in their files, for messages. */
  places(frame: Int32Array | undefined, table: string): RowPlaces {
    const locate = (row: number): { part: string; row: number } =>
      this.locate(frame?.[row] ?? noRow) ?? { part: table, row: row + 1 };
    return {
      locate,
      describe(row) {
        const place = locate(row);
        return `${place.part} row ${place.row}`;
      },
    };
  }
}
