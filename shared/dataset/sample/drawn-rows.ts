// Which rows of a table a sample has: those of the smallest hashes of their keys, stratum by stratum.
import type { SampleRecord } from '../../config/lock/lock.ts';
import { finishHash, mixWord } from '../../platform/hash.ts';
import { Numbering } from '../../platform/numbering.ts';
import type { RowHashes } from '../identity/row-hash.ts';
import { orderStatistics } from '../statistics/order-statistics.ts';
import type { Column } from '../table/table.ts';
import {
  byStratumValue,
  isNamed,
  lastHash,
  mostStrata,
  otherValues,
  type Stratum,
  stratumName,
  stratumValue,
  tooManyStrata,
} from './sample-strata.ts';
import { stratumQuotas } from './stratum-quotas.ts';

/** Begins the hash of a place in the order of drawing, apart from the split's. */
const start = 0x3c6ef372;
/** Digits of a hash, four bits each: a double holds them all. */
const digits = 13;

/**
 * Places in the order of drawing, whole numbers below 2^52: equal keys have one place, wherever a row stands.
 *
 * @param hashes of keys, of groups, or of rows.
 */
export function drawingOrder({ high, low }: RowHashes): Float64Array {
  const places = new Float64Array(high.length);
  for (let row = 0; row < places.length; row++) {
    const upper = finishHash(mixWord(start, high[row]!));
    places[row] = upper * 2 ** 20 + (finishHash(mixWord(start, low[row]!)) >>> 12);
  }
  return places;
}

/** Rows that a sample may have. */
export interface DrawableRows {
  /** See {@link drawingOrder}. */
  readonly places: Float64Array;
  /** The column whose values are the strata. */
  readonly by?: {
    readonly name: string;
    readonly column: Column;
    /** Values that ciclo.yml names, see {@link isNamed}. */
    readonly declared?: readonly string[] | undefined;
  };
}

/** Rows that are drawn, ascending, and how. */
export interface DrawnRows {
  readonly rows: Uint32Array;
  readonly record: SampleRecord;
}

/**
 * Draws about so many rows: of each stratum, in proportion to its rows, those whose places are the first. Rows of one place are drawn together.
 *
 * @throws ConfigurationError for a column of too many values.
 */
export function drawRows({ places, by }: DrawableRows, budget: number): DrawnRows {
  const { codes, strata, counts } = namedStrata(strataOf(places.length, by), by?.declared);
  const quotas = stratumQuotas(counts, budget);
  const own = placesByStratum(places, codes, counts);
  const found = strata.map((value, code): Stratum => {
    const of = counts[code]!;
    const quota = quotas[code]!;
    const upTo = quota === of ? lastHash : hexOf(orderStatistics(own[code]!, [quota - 1])[0]!);
    return { ...(by ? stratumName(value) : {}), of, upTo };
  });
  const record: SampleRecord = {
    ...{ rows: budget, of: places.length },
    ...(by ? { by: by.name } : {}),
    strata: found.sort(byStratumValue),
  };
  return { rows: rowsUpTo({ codes, strata }, places, record), record };
}

/** Draws rows as a lock has it: no row that came since moves another. */
export function drawAgain({ places, by }: DrawableRows, record: SampleRecord): Uint32Array {
  return rowsUpTo(strataOf(places.length, by), places, record);
}

interface RowStrata {
  readonly codes: Uint16Array;
  readonly strata: readonly (string | null)[];
}

/** Strata with how many rows each has, those that have no name as one. */
function namedStrata(
  { codes, strata }: RowStrata,
  declared: readonly string[] | undefined,
): RowStrata & { readonly counts: readonly number[] } {
  const counts = countsOf(codes, strata.length);
  const names = strata.map((value, code) => (isNamed(value, counts[code]!, declared) ? value : otherValues));
  const named = new Numbering<string | null>(names);
  if (named.values.length === strata.length && !named.values.includes(otherValues)) {
    return { codes, strata, counts };
  }
  const pooled = codes.map((code) => named.of(names[code]!));
  return { codes: pooled, strata: named.values, counts: countsOf(pooled, named.values.length) };
}

function countsOf(codes: Uint16Array, length: number): number[] {
  const counts = new Array<number>(length).fill(0);
  for (const code of codes) counts[code]!++;
  return counts;
}

function rowsUpTo({ codes, strata }: RowStrata, places: Float64Array, record: SampleRecord): Uint32Array {
  const upTo = new Map(
    record.strata.map((stratum) => [stratumValue(stratum), Number.parseInt(stratum.upTo, 16)]),
  );
  // A value that the lock does not know is one of those without a name, or came later.
  const others = upTo.get(otherValues) ?? -1;
  const last = Float64Array.from(strata, (value) => upTo.get(value) ?? (value === null ? -1 : others));
  const rows = new Uint32Array(places.length);
  let count = 0;
  for (let row = 0; row < places.length; row++) if (places[row]! <= last[codes[row]!]!) rows[count++] = row;
  return rows.slice(0, count);
}

function hexOf(place: number): string {
  return place.toString(16).padStart(digits, '0');
}

function placesByStratum(
  places: Float64Array,
  codes: Uint16Array,
  counts: readonly number[],
): readonly Float64Array[] {
  const own = counts.map((count) => new Float64Array(count));
  const next = counts.map(() => 0);
  for (let row = 0; row < places.length; row++) own[codes[row]!]![next[codes[row]!]!++] = places[row]!;
  return own;
}

/** The stratum of each row: its value as text, null where it is missing. Without a column there is one. */
function strataOf(rows: number, by: DrawableRows['by']): RowStrata {
  const codes = new Uint16Array(rows);
  if (!by) return { codes, strata: [null] };
  const { column, name } = by;
  const known = new Map<string | number, number>();
  const strata: (string | null)[] = [];
  const texts = column.type === 'category' ? column.dictionary : undefined;
  const values = column.type === 'category' ? column.codes : column.values;
  for (let row = 0; row < rows; row++) {
    // One word for all that are missing.
    const value = values[row]!;
    const missing = column.type === 'category' || column.type === 'boolean' ? value < 0 : Number.isNaN(value);
    const key = missing ? '' : value + 0;
    let code = known.get(key);
    if (code === undefined) {
      code = strata.length;
      if (code === mostStrata) throw tooManyStrata(name);
      known.set(key, code);
      strata.push(missing ? null : textOf(value, column, texts));
    }
    codes[row] = code;
  }
  return { codes, strata };
}

function textOf(value: number, column: Column, texts: readonly string[] | undefined): string {
  if (texts) return texts[value]!;
  return column.type === 'boolean' ? String(value === 1) : String(value + 0);
}
