import type { SampleRecord } from '../../config/lock/lock.ts';
import type { ColumnType, Table } from './table.ts';

/** A file or a page of answers that rows came from. */
export interface SourcePart {
  /** Path relative to ciclo.yml with forward slashes, or what stands for it (`page 3`, `query`). */
  readonly name: string;
  /** SHA-256 of its bytes as they are stored (for APIs and databases: of the rows' canonical content). */
  readonly digest: string;
  readonly firstRow: number;
  readonly rows: number;
  /** Where steps left rows out or doubled them: the number of each row in the part, from 1. */
  readonly numbers?: Uint32Array;
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
  /** What the engine that holds the rows says of them, where it was asked. */
  readonly engine?: EnginePin;
  /** Where an engine drew a new sample: the rows are those of it. */
  readonly drawn?: DrawnSample;
  /** Where declared steps made the table of several sources. */
  readonly steps?: StepsRecord;
}

/** A sample that an engine drew of its rows. */
export interface DrawnSample {
  readonly record: SampleRecord;
  /** The newest event time of all rows, as a window's end is written; absent without one. */
  readonly newest?: string;
}

/** The content of rows, as the engine that holds them tells it from any other. */
export interface EnginePin {
  /** `PostgreSQL 15`; another one's digest says nothing. */
  readonly engine: string;
  readonly rows: number;
  /** Whatever the order of the rows. */
  readonly digest: string;
}

/** How declared steps made a table. */
export interface StepsRecord {
  /** What each source answered, by its name in `data.sources`. */
  readonly sources: ReadonlyMap<string, SourceTable>;
  /** What there is to say of the steps: rows that a join doubled, keys without a partner. */
  readonly remarks: readonly string[];
  /** Columns that a step made or brought in, each with what did: `joined from airports (step 2)`. */
  readonly made: ReadonlyMap<string, string>;
  /** Types of the columns that steps went by, and how their texts were read, by source. */
  readonly typed: ReadonlyMap<string, TypedColumns>;
}

/** Columns by name: their types, and how their texts were read where programs would write them otherwise. */
export interface TypedColumns {
  readonly types: Readonly<Record<string, ColumnType>>;
  readonly formats: Readonly<Record<string, string>>;
}

/**
 * Where a row came from: the part and the row's number inside it, counting from 1 (a CSV header is not a row).
 *
 * @throws RangeError when no part has the row.
 */
export function locateRow(parts: readonly SourcePart[], row: number): { part: string; row: number } {
  const part = parts.find((p) => row >= p.firstRow && row < p.firstRow + p.rows);
  if (!part) throw new RangeError(`row ${row} is in no part of the source`);
  const place = row - part.firstRow;
  return { part: part.name, row: part.numbers?.[place] ?? place + 1 };
}
