import { locateRow, type SourcePart } from './origin.ts';

/** Where the rows of a table stand in the files that they were read from. */
export interface RowPlaces {
  /** Part and row number in it, from 1; @param row of the table. */
  locate(row: number): { part: string; row: number };
  /** For messages: `data/a.csv row 48213`. */
  describe(row: number): string;
}

/** @param rows the source's row number of each row of the table, when it holds only some of them. */
export function createRowPlaces(parts: readonly SourcePart[], rows?: Uint32Array): RowPlaces {
  const locate = (row: number): { part: string; row: number } => locateRow(parts, rows?.[row] ?? row);
  return {
    locate,
    describe(row) {
      const place = locate(row);
      return `${place.part} row ${place.row}`;
    },
  };
}
