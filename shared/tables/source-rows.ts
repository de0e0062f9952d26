import type { SourceTable } from '../dataset/table/origin.ts';
import type { RowPlaces } from '../dataset/table/row-place.ts';
import { noRow } from './work-table.ts';

/** A part of a source by its rows' numbers over all sources: from the first to behind the last. */
interface CountedPart {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The rows of all sources in one count, so that a row that went through steps still knows its file. */
export class SourceRows {
  /** In the order of their rows, without gaps. */
  readonly #parts: CountedPart[] = [];
  #rows = 0;
  /** Rows that follow each other are mostly of one part. */
  #latest: CountedPart | undefined;

  /** Counts a source's rows. @returns their numbers over all sources. */
  add({ table, parts }: SourceTable): Int32Array {
    const first = this.#rows;
    for (const { name, firstRow, rows } of parts) {
      this.#parts.push({ name, from: first + firstRow, to: first + firstRow + rows });
    }
    this.#rows += table.rows;
    return Int32Array.from({ length: table.rows }, (_, row) => first + row);
  }

  /** File and row number in it, from 1, of a row; undefined of none. */
  locate(row: number): ReturnType<RowPlaces['locate']> | undefined {
    if (row === noRow) return undefined;
    const latest = this.#latest;
    const part = latest && row >= latest.from && row < latest.to ? latest : this.#partOf(row);
    this.#latest = part;
    return { part: part.name, row: row - part.from + 1 };
  }

  #partOf(row: number): CountedPart {
    let [low, high] = [0, this.#parts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#parts[middle]!.to <= row) low = middle + 1;
      else high = middle;
    }
    return this.#parts[low]!;
  }

  /** Where the rows of a frame stand in their files, for messages. */
  places(frame: Int32Array | undefined, table: string): RowPlaces {
    const locate: RowPlaces['locate'] = (row) =>
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
