// SQL that counts what a table holds, for engines that keep the rows to themselves, and profiles from the answers.
import type { Moments } from '../dataset/statistics/moments.ts';

/** What a driver gives for a value; numbers may come as text. */
export type SqlValue = string | number | boolean | null;

/** A statement and what its answer means. */
export interface Statement<Answer> {
  readonly sql: string;
  read(rows: readonly (readonly SqlValue[])[]): Answer;
}

/** What the values of an engine's column are. */
export type SqlKind = 'number' | 'text' | 'boolean' | 'date';

/** A column of an engine's table. */
export interface SqlColumn {
  readonly name: string;
  readonly kind: SqlKind;
  /** The engine's own name of the type, as the dialect knows it: `DECIMAL(9,2)`, `int8`. */
  readonly type: string;
}

/** A column's values over the rows. */
export interface CountedValue {
  /** A double (numbers; dates in milliseconds; truths as 1 and 0), null where the value is missing; or a text as it is stored. */
  readonly sql: string;
  /** What a stored text is when it is cleaned, null where it is missing. Rows are grouped first, so that each text is cleaned once. */
  cleaned?(text: string): string;
}

/** A number to be counted: an expression over the rows, and where it is counted. */
export interface CountedNumber {
  /** Double, or null where the value is missing. */
  readonly sql: string;
  /** Deviations are taken from it, where an engine sums them. */
  readonly centre: number;
  /** Ascending; how many values lie at each and between them is counted. */
  readonly points: readonly number[];
}

/** Numbers that were counted. */
export interface CountedNumbers {
  readonly rows: number;
  readonly columns: readonly NumberCounts[];
}

/** A part of the rows of an answer that has nothing but doubles. */
export interface ScannedRows {
  readonly rows: number;
  /** Writes a column's values; NaN where they are missing. @param into has room for them. */
  copy(column: number, into: Float64Array): void;
}

/** Looks at the rows of an answer, part by part, in any order. */
export type Scan = (sql: string) => AsyncIterable<ScannedRows>;

/** How often values occur that are a number's. */
export interface NumberCounts {
  readonly missing: number;
  readonly moments: Moments;
  readonly at: readonly number[];
  readonly between: readonly number[];
}

/** A text to be counted: the most frequent ones, those that are asked for in any case. */
export interface CountedText extends CountedValue {
  readonly wanted: readonly string[];
  /** How many others are answered at most. */
  readonly others: number;
}

/** Texts with how often each occurs: all that are wanted and occur, and the most frequent others. */
export interface TextCounts {
  readonly missing: number;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

/** Rows that are counted: a query, and which of its rows. */
export interface CountedRows {
  /** One SELECT of the user's own. */
  readonly query: string;
  /** Conditions on its columns, all of which hold. */
  readonly where: readonly string[];
}

/** How an engine tells the content of rows. */
export interface EngineContent {
  /** An expression: the engine, with as much of its version as its hashes depend on. */
  readonly engine: string;
  /** Aggregates over the rows, which are called `rows_of_source` (quoting.ts), which do not depend on the order of rows. */
  readonly aggregates: readonly string[];
}

/** What goes into one statement where the engine has no limit of its own. */
export const usualBatch: Dialect['batch'] = { columns: 32, points: 16_384 };

/** One engine's SQL. Whatever is put in is quoted here and nowhere else. */
export interface Dialect {
  readonly name: 'duckdb' | 'postgres' | 'trino';
  /** So many columns, and points of theirs, go into one statement: beyond, engines take long to read it, or refuse it. */
  readonly batch: { readonly columns: number; readonly points: number };
  /** A name of a column. */
  identifier(name: string): string;
  /** A literal. */
  text(value: string): string;
  /** A literal of type double; not NaN. */
  number(value: number): string;
  /** A column as double; null where it is no finite number. */
  asNumber(column: SqlColumn): string;
  /** A date or a time as milliseconds since 1970 in UTC, floored, of type double; null where it is at infinity. */
  asTime(column: SqlColumn): string;
  /** A column as text, as its rows are read. */
  asText(column: SqlColumn): string;
  /** Without the spaces around it that JavaScript's `trim` takes away. */
  trimmed(text: string): string;
  /** The first digits of a text's MD5, in lower case: the same in every version of an engine, which its own hashes are not. */
  hash(text: string): string;
  /** An order of the rows of a query that has nothing to do with what they hold, and is the same for the same rows. */
  evenOrder(columns: readonly SqlColumn[]): string;
  /** Tells the content of the rows of a query from any other, in whatever order they come; undefined where that is not built. */
  readonly content?: EngineContent;
  /** Counts numbers, all in one scan. Absent for an engine that runs in this process, whose rows are scanned here. */
  countNumbers?(rows: CountedRows, columns: readonly CountedNumber[]): Statement<CountedNumbers>;
  /** Counts texts, in one statement. */
  countTexts(rows: CountedRows, columns: readonly CountedText[]): Statement<readonly TextCounts[]>;
}
